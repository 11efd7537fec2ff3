package grader.verdict;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is graded: the one table of cases, with the clause that each is about and its points. The clauses D, P and U
 * carry 80 of 100 points, robustness (R) 20. A case is only judged where those that it needs have not failed.
 */
public enum Case {

    BUILDS("U3.1", 3, "it builds"),
    LISTENS("U4.1", 4, "on start it listens on the port that it was given", BUILDS),
    READS_TABLE("U1.1", 5, "it finds a friend by the table beside it", LISTENS),
    SHOWS_MESSAGE("P2.1", 5, "a message is shown on the friend's console, whole", READS_TABLE),
    SECOND("P3.3.2", 2, "a second message is shown", SHOWS_MESSAGE),
    REPLY("P3.3.1", 3, "a reply is shown", SHOWS_MESSAGE),

    ONE_PROCESS("D1.1", 5, "one process serves all connections", SHOWS_MESSAGE),
    NO_THREADS("D1.2", 4, "no thread is added for a connection", SHOWS_MESSAGE),
    NO_SLASH("D3.1", 2, "a line that is no message is reported, and the chat goes on", SECOND),
    UNKNOWN_FRIEND("D3.2", 2, "a line to an unknown friend is reported, and the chat goes on", SECOND),
    SHOWN_WHILE_TYPING("D4.1", 4, "a message is shown while a line is half typed", SECOND),
    HALF_LINE_KEPT("D4.2", 4, "the half-typed line still goes out whole", SECOND),

    ALL_PAIRS("P1.1", 5, "five peers, every one to every other", REPLY),
    SIXTH_CONNECTION("P1.2", 3, "a sixth connection, or many that come and go, do no harm", SECOND, REPLY),
    SHOWN_ONCE("P2.2", 2, "a message is shown only once", SECOND),
    TWO_QUICK("P2.3", 4, "two quick messages are shown separately", SECOND),
    BYTES_200("P2.4", 1, "a message of 200 bytes", SHOWS_MESSAGE),
    BYTES_1000("P2.5", 1, "a message of 1,000 bytes", SHOWS_MESSAGE),
    BYTES_4000("P2.6", 2, "a message of 4,000 bytes", SHOWS_MESSAGE),
    SHORT_AFTER_LONG("P2.7", 2, "a short message after a long one is shown alone", SECOND),
    NAMES_SENDER("P2.8", 0, "the sender is shown by the right name", SECOND),
    SPACES("P3.1.1", 1, "a text with spaces", SHOWS_MESSAGE),
    SLASHES("P3.1.2", 1, "a text with further slashes, or the like", SHOWS_MESSAGE),
    UTF_8("P3.1.3", 1, "a text in UTF-8", SECOND),
    PERCENT_SIGNS("P3.1.4", 1, "a text with per cent signs and quotes", SHOWS_MESSAGE),
    NO_EARLY_CONNECTION("P3.2.1", 2, "no connection before the first message", SHOWS_MESSAGE),
    REUSES("P3.2.2", 4, "the second message uses the client socket of the first", SECOND),
    CLOSES_IDLE("P4.1", 4, "the client socket is closed after the timeout", REUSES),
    NOT_BEFORE("P4.2", 2, "the client socket is not closed before the timeout", REUSES),
    RECONNECTS("P4.3", 1, "the next message after the timeout opens a new socket", CLOSES_IDLE),

    PORT_AGAIN("R1", 2, "started again at once, it gets its port", LISTENS),
    OFFLINE_FRIEND("R2", 3, "a friend who is offline is reported, and the chat goes on", SECOND),
    RESTARTED_FRIEND("R3", 3, "a friend who is killed and comes back is reached and heard", SECOND, REPLY),
    SILENT_STRANGER("R4", 3, "a stranger who connects and says nothing does no harm", SECOND),
    GARBAGE("R5", 2, "garbage from a stranger does no harm", SECOND),
    HALF_A_LINE("R6", 2, "half a line from a stranger who vanishes does no harm", SECOND),
    IDLE_CPU("R7", 3, "with nothing to do it uses less than 5 % of a core", SHOWS_MESSAGE),
    INTERRUPT("R8", 2, "Ctrl-C leaves no process behind", LISTENS);

    /** As a report lists them: how it is built and started, then the design, the protocol, and what goes beyond. */
    public static final Comparator<Case> IN_REPORTS =
            Comparator.<Case>comparingInt(one -> "UDPR".indexOf(one.number.charAt(0))).thenComparing(one -> one.number);

    private final String number;
    private final int points;
    private final String title;
    private final List<Case> needs;

    Case(String number, int points, String title, Case... needs) {
        this.number = number;
        this.points = points;
        this.title = title;
        this.needs = List.of(needs);
    }

    /** By which reports cite it: the clause, and a count where the clause has several. */
    public String number() {
        return number;
    }

    /** The points of the table, which {@code WEIGHTS} can replace. */
    public int points() {
        return points;
    }

    public String title() {
        return title;
    }

    /** Where one of these has failed, this one cannot be judged. */
    public List<Case> needs() {
        return needs;
    }

    public boolean isRobustness() {
        return number.startsWith("R");
    }

    /** Whether a wish such as P3.2 or P means this case: its number, or the beginning of it up to a point. */
    public boolean isMeantBy(String wish) {
        return number.equals(wish) || number.startsWith(wish + ".") || wish.length() == 1 && number.startsWith(wish);
    }

    /** All numbers, for a message that one was wrong. */
    public static String numbers() {
        return Arrays.stream(values()).map(Case::number).sorted().collect(Collectors.joining(" "));
    }
}
