package grader.trial;

import grader.verdict.Case;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How submissions are to be built, started and left, and what is wanted of them. Read from the environment, where the
 * Makefile puts its variables.
 *
 * @param command the shell command that starts a submission; {port}, {name} and such stand for what differs, and the
 *        timeout is filled in
 * @param build the shell command that builds it; empty: make, where there is a Makefile
 * @param timeout the idle timeout that the submission has to have, where that is to be graded
 * @param tableForm how the table is written that lies beside the program
 * @param compiledTable the table that is compiled into the submission
 * @param login what is typed first
 * @param messageForm how a message is typed
 * @param quit what is typed to leave; empty: it is killed
 * @param clauses the wishes: only these cases
 * @param weights points by case
 * @param limit for one submission, without the idle timeouts that have to be waited for
 * @param jobs trials at once, if that was said
 * @param isStrict whether a failed case is an error
 * @param isShown whether the consoles are shown while the trials run
 * @param isAgain whether also those are to be graded that have not changed since
 * @param network how the machines of users must be made, if that was said
 * @param hidden cases that students see after the due date
 */
public record Settings(String command, Optional<String> build, Optional<Duration> timeout, TableForm tableForm,
        Optional<TrialTable> compiledTable, String login, MessageForm messageForm, String quit, Set<Case> clauses,
        Weights weights, Duration limit, Optional<Integer> jobs, boolean isStrict, boolean isShown, boolean isAgain,
        Optional<Network.Kind> network, Set<Case> hidden) {

    /** The variables of the Makefile, each in the environment behind this prefix. */
    public static final String PREFIX = "GRADE_";
    /** Those that say how the table is written. */
    public static final List<String> OF_THE_TABLE = List.of("USERS_FILE", "USERS_HEADER", "TABLE_FILE", "TABLE_LINE",
            "TABLE_HEAD");
    /** Those that name a file, whose content counts. */
    public static final Set<String> FILES = Set.of("TABLE", "WEIGHTS");
    /** Stands for the idle timeout in a command, in seconds. */
    public static final String TIMEOUT = "{timeout}";
    /** Stands for a command that is not known yet. */
    private static final String ANY_COMMAND = "{port}";

    private static final Pattern BACKSLASH = Pattern.compile("\\\\.");

    /**
     * Seconds: a program that counts whole seconds, and closes up to one early, must be told from one that closes at
     * once.
     */
    private static final int SHORTEST_TIMEOUT = 2;

    /**
     * As far as they are the same for all submissions; how they are started may still have to be found out.
     *
     * @throws WrongUse if something is wrong
     */
    public static Settings common(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(PREFIX + "CMD", ANY_COMMAND);
        return from(all);
    }

    /**
     * Looks at what was given for one submission, of which something may still have to be found out.
     *
     * @return what is known of it so far
     * @throws WrongUse if something is wrong
     */
    public static Settings mustBeRight(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.merge(PREFIX + "CMD", ANY_COMMAND, (given, any) -> given.isBlank() ? any : given);
        return from(all);
    }

    /** @throws WrongUse if something is missing or wrong */
    public static Settings from(Map<String, String> environment) {
        Variables given = new Variables(environment);
        String command = given.text("CMD").orElseThrow(() -> new WrongUse(
                "CMD is missing: the command that starts a submission, such as CMD='./a.out {port}'"));
        Optional<Duration> timeout = given.seconds("TIMEOUT", SHORTEST_TIMEOUT);
        if (command.contains(TIMEOUT) && timeout.isEmpty()) {
            throw new WrongUse("CMD='" + command + "': {timeout} stands for TIMEOUT, the idle timeout in seconds: "
                    + "give TIMEOUT, too");
        }
        String inTime = timeout.map(time -> command.replace(TIMEOUT, "" + time.toSeconds())).orElse(command);
        String login = given.typed("LOGIN");
        Optional<TrialTable> compiledTable = given.text("TABLE").map(file -> TrialTable.read(Path.of(file)));
        TableForm tableForm = given.tableForm();
        MessageForm messageForm = given.messageForm();
        compiledTable.ifPresent(messageForm::mustTellApart);
        String differs = command.replace("{users}", tableForm.file()) + login
                + (compiledTable.isPresent() ? "" : tableForm.head());
        if (!Placeholders.hasAny(differs, Placeholders.OF_A_USER)) {
            throw new WrongUse("CMD='" + command + "' starts every user alike: say where the port goes, with {port}, "
                    + "there or in LOGIN");
        }
        Weights weights = given.text("WEIGHTS").map(file -> Weights.read(Path.of(file))).orElse(Weights.OF_THE_TABLE);
        return new Settings(inTime, given.text("BUILD"), timeout, tableForm, compiledTable, login, messageForm,
                given.typed("QUIT"), meantBy("CLAUSE", given.words("CLAUSE"), weights), weights,
                given.seconds("LIMIT", 1).orElse(Duration.ofMinutes(5)), given.jobs(), given.oneOf("STRICT", "1"),
                given.isShown(), given.oneOf("AGAIN", "1"), given.network(), hiddenBy(given.words("HIDDEN"), weights));
    }

    /** The same, but this is typed first. */
    public Settings withLogin(String other) {
        return new Settings(command, build, timeout, tableForm, compiledTable, other, messageForm, quit, clauses,
                weights, limit, jobs, isStrict, isShown, isAgain, network, hidden);
    }

    /** Why a case cannot be told of any submission with these settings; empty if it can. */
    public Optional<String> whyUntold(Case one) {
        int users = compiledTable.map(table -> table.users().size()).orElse(Network.MOST_USERS);
        return switch (one) {
            case READS_TABLE -> compiledTable.map(table -> "the table is compiled into it (TABLE)")
                    .or(() -> messageForm.tellsPlace() ? Optional.of("the address and the port are typed (MESSAGE)")
                    : Optional.empty());
            case NO_SLASH, SLASHES -> messageForm.mark().isPresent() ? Optional.empty()
                    : Optional.of("MESSAGE does not begin with the friend and a mark like a slash");
            case CLOSES_IDLE, NOT_BEFORE, RECONNECTS -> timeout.isPresent() ? Optional.empty()
                    : Optional.of("TIMEOUT was not given: the idle timeout that the assignment has set, in seconds");
            case ALL_PAIRS -> tooFew(users, Network.MOST_USERS);
            case ONE_PROCESS, NO_THREADS, OFFLINE_FRIEND, NAMES_SENDER -> tooFew(users, 3);
            default -> Optional.empty();
        };
    }

    private static Optional<String> tooFew(int users, int needed) {
        return users >= needed ? Optional.empty()
                : Optional.of("it takes " + needed + " users, and the table has " + users);
    }

    private static Set<Case> hiddenBy(List<String> wishes, Weights weights) {
        return wishes.isEmpty() ? Set.of() : meantBy("HIDDEN", wishes, weights);
    }

    /** What all the cases asked for are worth. */
    public int points() {
        return clauses.stream().mapToInt(weights::of).sum();
    }

    /** The cases of these wishes; without a wish, all those that can have points. */
    private static Set<Case> meantBy(String variable, List<String> wishes, Weights weights) {
        for (String wish : wishes) {
            if (Arrays.stream(Case.values()).noneMatch(one -> one.isMeantBy(wish))) {
                throw new WrongUse(variable + "=" + wish + ": there is no such case; there are " + Case.numbers());
            }
        }
        return Arrays.stream(Case.values()).filter(one -> wishes.contains(one.number())
                || (one.points() > 0 || weights.of(one) > 0)
                && (wishes.isEmpty() || wishes.stream().anyMatch(one::isMeantBy)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Typed values, each error naming the variable. */
    private record Variables(Map<String, String> environment) {

        Optional<String> text(String name) {
            return Optional.ofNullable(environment.get(PREFIX + name)).map(String::strip)
                    .filter(value -> !value.isEmpty());
        }

        List<String> words(String name) {
            return text(name).map(value -> List.of(value.split("[\\s,]+"))).orElse(List.of());
        }

        Optional<Duration> seconds(String name, int least) {
            return number(name, least).map(Duration::ofSeconds);
        }

        Optional<Integer> number(String name, int least) {
            return text(name).map(value -> {
                if (!value.matches("[0-9]{1,6}") || Integer.parseInt(value) < least) {
                    throw new WrongUse(name + " must be a whole number from " + least + " on, but is \"" + value
                            + "\"");
                }
                return Integer.valueOf(value);
            });
        }

        boolean oneOf(String name, String only) {
            Optional<String> value = text(name);
            if (value.isPresent() && !value.get().equals(only)) {
                throw new WrongUse(name + " can only be \"" + only + "\", or left out, but is \"" + value.get() + "\"");
            }
            return value.isPresent();
        }

        boolean isShown() {
            return oneOf("SHOW", "1");
        }

        /** Several trials at once could not be read side by side. */
        Optional<Integer> jobs() {
            Optional<Integer> wish = number("JOBS", 1);
            if (isShown() && wish.orElse(1) > 1) {
                throw new WrongUse("SHOW=1 shows one trial at a time: leave JOBS=" + wish.get() + " out, or SHOW");
            }
            return isShown() ? Optional.of(1) : wish;
        }

        Optional<Network.Kind> network() {
            return text("NETWORK").map(value -> switch (value) {
                case "hosts" -> Network.Kind.HOSTS;
                case "loopback" -> Network.Kind.LOOPBACK;
                default -> throw new WrongUse("NETWORK can be \"hosts\" or \"loopback\", or left out, but is \""
                        + value + "\"");
            });
        }

        TableForm tableForm() {
            String head = oneOf("USERS_HEADER", "count") ? "{count}" : "";
            return new TableForm(
                    pattern("TABLE_FILE", Placeholders.OF_A_USER, List.of())
                    .or(() -> text("USERS_FILE")).orElse("users.txt"),
                    pattern("TABLE_HEAD", TableForm.KNOWN_ABOVE, List.of()).orElse(head),
                    pattern("TABLE_LINE", Placeholders.OF_A_USER, List.of(List.of("port")))
                    .orElse("{name} {ip} {port}"));
        }

        MessageForm messageForm() {
            return new MessageForm(pattern("MESSAGE", MessageForm.KNOWN,
                    List.of(List.of("text"), MessageForm.OF_THE_FRIEND)).orElse("{friend}/{text}"));
        }

        /**
         * A value with placeholders.
         *
         * @param known all that have a meaning in it
         * @param needed of each of these lists there must be one in it
         */
        private Optional<String> pattern(String name, List<String> known, List<List<String>> needed) {
            Optional<String> pattern = Optional.of(typed(name)).filter(value -> !value.isBlank());
            String start = name + "='" + environment.get(PREFIX + name) + "': ";
            pattern.flatMap(value -> Placeholders.otherThan(known, value)).ifPresent(other -> {
                throw new WrongUse(start + other + " is not known; there are " + Placeholders.inBraces(known));
            });
            needed.stream().filter(one -> pattern.filter(value -> !Placeholders.hasAny(value, one)).isPresent())
                    .findFirst().ifPresent(missing -> {
                        throw new WrongUse(start + "it needs " + Placeholders.inBraces(missing)
                                .replace("} {", "} or {"));
                    });
            return pattern;
        }

        /**
         * As it is, blanks included; {@code \n} and such stand for what they stand for in C. A backslash before a brace
         * is a backslash.
         */
        String typed(String name) {
            String value = environment.getOrDefault(PREFIX + name, "");
            try {
                return BACKSLASH.matcher(value).replaceAll(one -> Matcher.quoteReplacement(
                        one.group().equals("\\{") ? "\\\\{" : one.group())).translateEscapes();
            } catch (IllegalArgumentException e) {
                throw new WrongUse(name + "='" + value + "': " + e.getMessage()
                        + "; a backslash itself is written \\\\");
            }
        }
    }
}
