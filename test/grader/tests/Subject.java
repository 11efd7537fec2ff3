package grader.tests;

import static java.util.Map.entry;

import grader.trial.Network;
import grader.verdict.Case;
import grader.verdict.Result.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A submission of which is known what is wrong with it.
 *
 * @param build how it is built; {@code {built}} stands for the folder of what is compiled
 * @param failed the cases that it must fail; what needs one of these is not graded, all else must be passed
 */
record Subject(String name, String build, String command, Set<Case> failed) {

    /**
     * Seconds: short because each run waits for it several times, long enough for a machine that is busy with other
     * tests.
     */
    static final String TIMEOUT = "5";

    private static final String TWIN = "./a.out {port} {users} " + TIMEOUT;
    private static final String IN_C = "./student {port} " + TIMEOUT;
    private static final String PYTHON = "{python} ";

    /** What student.c does wrong, or not as others do. */
    private static final Map<String, Set<Case>> DEFECTS_IN_C = Map.ofEntries(
            entry("timeval-counted-down", Set.of(Case.IDLE_CPU)),
            entry("busy-after-friend-left", Set.of(Case.IDLE_CPU)),
            entry("busy-after-idle-close", Set.of(Case.IDLE_CPU)),
            entry("deaf-after-no-slash", Set.of(Case.NO_SLASH)),
            entry("deaf-after-offline", Set.of(Case.OFFLINE_FRIEND)),
            entry("deaf-after-unknown", Set.of(Case.UNKNOWN_FRIEND)),
            entry("timeout-of-whole-program", Set.of(Case.CLOSES_IDLE)),
            entry("closes-only-when-woken", Set.of(Case.CLOSES_IDLE)),
            entry("ends-when-idle", Set.of(Case.CLOSES_IDLE)),
            entry("buffer-not-cleared", Set.of(Case.SHORT_AFTER_LONG)),
            entry("cuts-at-32", Set.of(Case.BYTES_200, Case.BYTES_1000, Case.BYTES_4000)),
            entry("unknown-goes-to-first", Set.of(Case.UNKNOWN_FRIEND)),
            entry("wrong-name", Set.of(Case.NAMES_SENDER)),
            entry("no-reuseaddr", Set.of(Case.PORT_AGAIN)),
            entry("only-own-direction-reconnects", Set.of(Case.RESTARTED_FRIEND)),
            entry("deaf-to-restarted", Set.of(Case.RESTARTED_FRIEND)),
            entry("localhost-only", Set.of(Case.LISTENS)),
            entry("ignores-address", Set.of(Case.READS_TABLE)),
            entry("crashes-on-1000", Set.of(Case.BYTES_1000, Case.BYTES_4000)),
            entry("connects-at-start", Set.of(Case.NO_EARLY_CONNECTION)),
            entry("format-string", Set.of(Case.PERCENT_SIGNS)),
            entry("idle-since-connected", Set.of(Case.NOT_BEFORE)),
            entry("places-never-free", Set.of(Case.SIXTH_CONNECTION)),
            entry("name-by-beginning", Set.of(Case.UNKNOWN_FRIEND)),
            entry("name-anywhere", Set.of(Case.NO_SLASH, Case.UNKNOWN_FRIEND, Case.SLASHES)),
            entry("second-over-new", Set.of(Case.REUSES)),
            entry("second-over-reset", Set.of(Case.REUSES)),
            entry("never-reuses", Set.of(Case.REUSES)),
            entry("wants-five-lines", Set.of()),
            entry("one-connection", Set.of()));

    /** The dialects of classmate.py, and what they break by their nature. */
    private static final Map<String, Set<Case>> DIALECTS = Map.ofEntries(
            entry("line", Set.of()),
            entry("no-end", Set.of(Case.TWO_QUICK)),
            entry("one-read", Set.of(Case.TWO_QUICK)),
            entry("nul", Set.of()),
            entry("by-address", Set.of()),
            entry("by-address-no-end", Set.of(Case.TWO_QUICK)),
            entry("by-source-port", Set.of()),
            entry("replies", Set.of()),
            entry("as-typed", Set.of()),
            entry("connection-per-message", Set.of(Case.REUSES)),
            entry("connection-per-message-closed-at-once", Set.of(Case.REUSES)),
            entry("connection-per-message-no-end", Set.of(Case.REUSES)),
            entry("two-at-once", Set.of()),
            entry("byte-by-byte", Set.of()),
            entry("nul-byte-by-byte", Set.of()),
            entry("records", Set.of()),
            entry("clean-records", Set.of()),
            entry("told-records", Set.of()),
            entry("colon", Set.of()),
            entry("greeting", Set.of()),
            entry("wants-line-feed", Set.of(Case.TWO_QUICK)),
            entry("decodes-each-read", Set.of(Case.UTF_8)),
            entry("unterminated", Set.of(Case.TWO_QUICK)),
            entry("never-closed", Set.of(Case.REUSES)));

    /** What the twin does not do wrong, and programs without a fault that are unlike the twin. */
    private static final Set<String> UNLIKE_THE_TWIN = Set.of("only-own-direction-reconnects in C",
            "localhost-only in C", "wants-five-lines in C", "one-connection in C", "dialect by-address",
            "idle-since-connected in C", "places-never-free in C", "name-anywhere in C", "dialect decodes-each-read");

    /** They do not close the client socket while others talk, but if nobody does: so P4.3 can be told. */
    private static final Set<String> CLOSE_ALONE = Set.of("one-timeout-for-all", "timeout-of-whole-program in C");

    /** They keep their connections, and have another for each message: what a sixth does cannot be told. */
    private static final Set<String> HAVE_A_SIXTH = Set.of("never-reuses in C", "never-reuses");

    /** What the report must say of a failure, by the names of defects. */
    private static final Map<String, String> WORDS = Map.of(
            "sends-unknown-to-first", "has got it",
            "unknown-goes-to-first in C", "has got it",
            "crashes-on-1000 in C", "bob: it was ended by the signal SIGSEGV",
            "ends-when-idle", "alice: it has ended with exit status 0 at ",
            "ends-when-idle in C", "alice: it has ended with exit status 0 at ",
            "ignores-address", "no connection there",
            "localhost-only in C", "127.0.0.1");

    static List<Subject> all() {
        return Stream.of(references().stream(),
                DIALECTS.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(dialect ->
                        of("dialect " + dialect.getKey(), PYTHON + "classmate.py --dialect " + dialect.getKey()
                                + " --idle " + TIMEOUT + " {port}", dialect.getValue())),
                Stream.of(new Subject("does-not-build", "g++ not_there.cpp", TWIN, Set.of(Case.BUILDS))),
                Arrays.stream(Defect.values()).map(defect ->
                        defect(defect.toString(), "", TWIN, defect.failed())),
                DEFECTS_IN_C.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(defect ->
                        defect(defect.getKey(), " in C", IN_C, defect.getValue())))
                .flatMap(one -> one).toList();
    }

    /** What the subject of this name must fail. */
    static Set<Case> failed(String name) {
        return all().stream().filter(one -> one.name.equals(name)).findFirst().orElseThrow().failed;
    }

    /** Enough for a short look: a defect for each case, and what is without a fault, but not each language of it. */
    static List<Subject> some() {
        Set<String> ofTheTwin = Arrays.stream(Defect.values()).map(Defect::toString).collect(Collectors.toSet());
        Set<Case> covered = EnumSet.noneOf(Case.class);
        List<Subject> some = new ArrayList<>();
        for (Subject one : all()) {
            boolean isNeeded = references().contains(one) && !one.needsPython() || UNLIKE_THE_TWIN.contains(one.name)
                    || one.failed.contains(Case.BUILDS);
            if (isNeeded || ofTheTwin.contains(one.name) && !covered.containsAll(one.failed)) {
                some.add(one);
                covered.addAll(ofTheTwin.contains(one.name) ? one.failed : Set.of());
            }
        }
        return some;
    }

    /** Those without a fault. */
    static List<Subject> references() {
        return List.of(of("in C++", TWIN, Set.of()), of("in C", IN_C, Set.of()),
                of("in Python", PYTHON + "chat.py --idle " + TIMEOUT + " {port}", Set.of()));
    }

    private static Subject of(String name, String command, Set<Case> failed) {
        return new Subject(name, "cp -p {built}/* .", command, failed);
    }

    private static Subject defect(String defect, String language, String command, Set<Case> failed) {
        return of(defect + language, "env DEFECT=" + defect + " " + command, failed);
    }

    /** For a short look: the one that costs least, where all has the same verdicts. The twin is tried in each. */
    List<Network.Kind> networks(List<Network.Kind> all) {
        boolean isAlike = expected(Network.Kind.HOSTS).equals(expected(Network.Kind.LOOPBACK));
        return equals(references().get(0)) ? all : isAlike && !UNLIKE_THE_TWIN.contains(name)
                ? List.of(Network.Kind.LOOPBACK) : all.subList(0, 1);
    }

    boolean neverSleeps() {
        return failed.contains(Case.IDLE_CPU);
    }

    /** What must be said of what was seen in the cases that it fails; empty if any words will do. */
    String words() {
        return WORDS.getOrDefault(name, "");
    }

    boolean needsPython() {
        return command.startsWith(PYTHON);
    }

    /** The cases that are worth a short look, separated by commas. */
    String ownClauses() {
        return !failed.isEmpty() ? failed.stream().map(Case::number).collect(Collectors.joining(","))
                : needsPython() ? "U,D3,D4,P2.3,P3,P4,R3" : references().contains(this) ? "" : "D3,P1.1,P2.3,P3.2.2";
    }

    Map<Case, Verdict> expected(Network.Kind network) {
        Map<Case, Verdict> expected = new EnumMap<>(Case.class);
        Set<Case> missing = EnumSet.noneOf(Case.class);
        missing.addAll(failed);
        for (Case one : Case.values()) { // those that a case needs come before it
            boolean isBlocked = one.needs().stream().anyMatch(missing::contains);
            if (isBlocked) {
                missing.add(one);
            }
            expected.put(one, isBlocked ? Verdict.NOT_GRADED : failed.contains(one) ? Verdict.FAILED : Verdict.PASSED);
        }
        if (CLOSE_ALONE.contains(name)) {
            expected.put(Case.RECONNECTS, Verdict.PASSED);
        }
        if (HAVE_A_SIXTH.contains(name)) {
            expected.put(Case.SIXTH_CONNECTION, Verdict.NOT_GRADED);
        }
        if (network == Network.Kind.LOOPBACK && failed.contains(Case.NAMES_SENDER)) {
            expected.put(Case.NAMES_SENDER, Verdict.NOT_GRADED);
        }
        return expected;
    }
}
