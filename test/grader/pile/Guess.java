package grader.pile;

import grader.pile.Rehearsal.Outcome;
import grader.pile.Rehearsal.Progress;
import grader.pile.StartGuess.Start;
import grader.trial.Failure;
import grader.trial.Lab;
import grader.trial.Network;
import grader.trial.Settings;
import grader.trial.Submission;
import grader.trial.SubmissionConsole;
import grader.trial.Undecided;
import grader.trial.WrongUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out how a submission is built and started, and how its table and its messages are written, where that is not
 * given: by trying what its files tell, and then what is usual.
 */
public final class Guess {

    private static final String BUILD = "BUILD";
    private static final String CMD = "CMD";
    private static final String LOGIN = "LOGIN";
    private static final String MESSAGE = "MESSAGE";
    private static final String TABLE = "TABLE";
    private static final String TIMEOUT = "TIMEOUT";
    /** Variables that say the same as another, which would win if it was guessed. */
    private static final Map<String, String> SAYS_THE_SAME = Map.of("TABLE_FILE", "USERS_FILE", "TABLE_HEAD",
            "USERS_HEADER");
    private static final String PROGRAM = "a.out";
    /** A folder may have all exercises of a course, each with a main of its own. */
    private static final int MOST_BUILDS = 24;
    /** No build begins after so long a time of building. */
    private static final Duration MOST_TO_BUILD = Duration.ofMinutes(2);
    /** For trying, besides what a build takes. */
    private static final Duration MOST = Duration.ofSeconds(90);
    /** The same, when something listens. */
    private static final Duration MOST_FOR_FORMS = Duration.ofSeconds(40);
    /** A program may insist on an idle timeout, also if none is graded. */
    private static final String SOME_TIMEOUT = "30";
    /** With a table that may be wrong, so many forms of a message are tried. */
    private static final int FEW = 2;
    /** So many starts are tried with a table that is not the likeliest. */
    private static final int LIKELY_STARTS = 2;
    private static final int EXAMPLES = 3;
    private static final int MOST_TOLD = 5;
    private static final int MOST_SHOWN = 160;

    /** What brought the users so far, and how far. */
    private record Found(Map<String, String> settings, Start start, Outcome outcome) {

        boolean isAsFarAs(Progress progress) {
            return outcome.progress().compareTo(progress) >= 0;
        }
    }

    /** How the table is written, and the messages that are tried with it. */
    private record Form(TableGuess.Form table, List<String> messages) {
    }

    private final Map<String, String> given;
    private final Lab lab;
    private final Network.Kind network;
    private final Handed one;
    private final Texts texts;
    private final List<TableGuess.Form> tables;
    private final List<String> messages;
    private final List<String> tried = new ArrayList<>();
    /** Whether something was built, so that it could be started. */
    private boolean isStarted;
    private int builds;
    private Duration building = Duration.ZERO;
    private final Set<String> notBuilt = new LinkedHashSet<>();
    private long deadline;
    private String firstShown = "";

    private Guess(Handed one, Map<String, String> given, Network.Kind network, Lab lab) throws IOException {
        this.one = one;
        this.given = given;
        this.network = network;
        this.lab = lab;
        this.texts = Texts.of(one.folder().toRealPath());
        List<TableGuess.Form> forms = TableGuess.of(texts);
        boolean isTold = Settings.OF_THE_TABLE.stream().anyMatch(this::isGiven);
        this.tables = isGiven(TABLE) ? List.of(TableGuess.OF_THE_ASSIGNMENT) // none is written
                : isTold ? forms.subList(0, 1) : forms;
        this.messages = isGiven(MESSAGE) ? List.of(given.get(Settings.PREFIX + MESSAGE)) : MessageGuess.of(texts);
    }

    /**
     * Completes the settings of a submission. What is given stays as it is. If CMD is given, only the build is looked
     * for, and not if it is given or a Makefile does it.
     *
     * @param given the variables that are set, as {@link Settings#from} wants them
     * @param hasHosts whether the users have machines of their own
     * @return the same and those that were found
     * @throws Unclear if nothing that was tried listens on its port
     */
    public static Map<String, String> complete(Handed one, Map<String, String> given, boolean hasHosts, Lab lab)
            throws Unclear {
        boolean isBuilt = isGiven(given, BUILD) || Submission.hasMakefile(one.folder());
        if (isGiven(given, CMD) && isBuilt) {
            return given;
        }
        try {
            // On this machine, programs may take only the addresses of the table.
            Guess guess = new Guess(one, given, hasHosts ? Network.Kind.HOSTS : Network.Kind.ONE_ADDRESS, lab);
            return isGiven(given, CMD) ? guess.withBuild() : guess.complete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isGiven(String name) {
        return isGiven(given, name);
    }

    private static boolean isGiven(Map<String, String> given, String name) {
        return !given.getOrDefault(Settings.PREFIX + name, "").isBlank();
    }

    private String givenOr(String name, String other) {
        return isGiven(name) ? given.get(Settings.PREFIX + name) : other;
    }

    /** The first build that succeeds; the first, if none does: then its failure is what the report tells. */
    private Map<String, String> withBuild() throws IOException, Unclear {
        String program = givenOr(CMD, "").strip().split("\\s+")[0].replaceFirst("^\\./", "");
        boolean isCompiled = givenOr(CMD, "").startsWith("./") && !texts.files().containsKey(program);
        List<String> all = BuildGuess.of(texts, isCompiled ? program : PROGRAM);
        List<String> builds = isCompiled && all.size() > 1
                ? all.stream().filter(build -> !build.equals(BuildGuess.NOTHING)).toList() : all;
        if (builds.size() > 1) {
            for (String build : builds) {
                if (build.equals(BuildGuess.NOTHING)) {
                    mustHaveBuiltAll();
                }
                if (mayBuild(build)) {
                    try (Submission submission = Submission.copy(one.folder(), settings(build), lab)) {
                        if (build(submission, build)) {
                            return with(given, Map.of(BUILD, build));
                        }
                    }
                }
            }
            mustHaveBuiltAll();
        }
        return with(given, Map.of(BUILD, builds.get(0)));
    }

    private Map<String, String> complete() throws IOException, Unclear {
        List<String> builds = isGiven(BUILD) ? List.of(givenOr(BUILD, "")) : BuildGuess.of(texts, PROGRAM);
        Optional<Found> best = Optional.empty();
        boolean isBuilt = false;
        Set<String> done = new HashSet<>();
        for (String build : builds) {
            if (done.contains(BuildGuess.kind(build)) || !mayBuild(build)) {
                continue;
            }
            try (Submission submission = Submission.copy(one.folder(), settings(build), lab)) {
                Set<String> before = Programs.files(submission.folder());
                if (!build(submission, build)) {
                    continue;
                }
                done.add(BuildGuess.kind(build));
                isBuilt |= !build.equals(BuildGuess.NOTHING);
                deadline = deadline == 0 ? System.nanoTime() + MOST.toNanos() : deadline;
                for (String program : Programs.in(submission.folder(), texts, before)) {
                    Optional<Found> found = tryOut(submission, build, program);
                    best = further(best, found);
                    if (best.filter(one -> one.isAsFarAs(Progress.CONNECTS)).isPresent()) {
                        return best.get().settings();
                    }
                }
            }
        }
        if (best.isPresent()) {
            return best.get().settings();
        }
        mustHaveBuiltAll();
        if (!isBuilt && !builds.get(0).equals(BuildGuess.NOTHING)) { // the report tells what the compiler says
            return with(given, Map.of(BUILD, builds.get(0), CMD, "./" + PROGRAM + " {port}"));
        }
        throw new Unclear(whatWasTried());
    }

    /** Whether there is time for one more build, and for trying what comes of it. */
    private boolean mayBuild(String build) {
        boolean isInTime = deadline == 0 || System.nanoTime() < deadline;
        boolean may = build.equals(BuildGuess.NOTHING) || isInTime && builds < MOST_BUILDS
                && building.compareTo(MOST_TO_BUILD) < 0;
        if (!may) {
            notBuilt.add(build);
        }
        return may;
    }

    /** Of a build that was not tried, nobody knows whether it succeeds. */
    private void mustHaveBuiltAll() throws Unclear {
        if (!notBuilt.isEmpty()) {
            throw new Unclear(whatWasTried());
        }
    }

    private String whatWasTried() {
        String last = firstShown.lines().map(String::strip).filter(line -> !line.isEmpty())
                .reduce((line, next) -> next).orElse("");
        String rest = notBuilt.isEmpty() ? "" : "; ways to build it that were left untried: " + notBuilt.size() + " of "
                + (builds + notBuilt.size()) + " (at most " + MOST_BUILDS + " builds, " + MOST_TO_BUILD.toSeconds()
                + " s of building and " + MOST.toSeconds() + " s of trying)";
        return (tried.isEmpty() ? "found nothing to build or to start: no Makefile, no main in C, C++ or Java, no "
                + "Python, no file with #! at its beginning" : "tried " + allTried())
                + (isStarted ? ": nothing listens on the user's port" : "")
                + (last.isEmpty() ? "" : "; a start shows \"" + SubmissionConsole.visible(shortened(last)) + "\"")
                + rest + "; give " + (tried.isEmpty() || isStarted && isGiven(TABLE) ? "BUILD and CMD" : isStarted
                ? "TABLE if the table is in its source, else BUILD and CMD" : "BUILD")
                + " (for a class: in settings.csv)";
    }

    private static String shortened(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }

    private String allTried() {
        return tried.size() <= MOST_TOLD ? String.join(", ", tried)
                : String.join(", ", tried.subList(0, EXAMPLES)) + " and " + (tried.size() - EXAMPLES) + " more";
    }

    private static Optional<Found> further(Optional<Found> one, Optional<Found> other) {
        return other.isPresent() && (one.isEmpty() || !one.get().isAsFarAs(other.get().outcome().progress())) ? other
                : one;
    }

    private Settings settings(String build) {
        return Settings.from(with(given, Map.of(BUILD, build, CMD, "./" + PROGRAM + " {port}")));
    }

    private boolean build(Submission submission, String build) {
        if (build.equals(BuildGuess.NOTHING)) {
            return true;
        }
        long start = System.nanoTime();
        builds++;
        try {
            submission.build(lab);
            return true;
        } catch (Failure e) {
            tried.add("`" + shortened(build) + "` (fails)");
            return false;
        } catch (Undecided e) {
            return false;
        } finally {
            building = building.plusNanos(System.nanoTime() - start);
        }
    }

    /** The first start that listens, with the table that suits it; if nothing arrives then, other forms. */
    private Optional<Found> tryOut(Submission submission, String build, String program) {
        List<Start> starts = StartGuess.of(texts, isGiven(TIMEOUT)).stream()
                .filter(start -> !isGiven(LOGIN) || start.login().isEmpty()).toList();
        isStarted = true;
        tried.add("`" + program + "` with " + starts.stream().map(Start::arguments).filter(some -> !some.isEmpty())
                .limit(EXAMPLES).collect(Collectors.joining(", ")) + " and such");
        Optional<Found> best = Optional.empty();
        Deque<Form> forms = new ArrayDeque<>(List.of(new Form(tables.get(0), messages)));
        tables.stream().skip(1).map(table -> new Form(table, few())).forEach(forms::add);
        while (!forms.isEmpty() && !isSettled(best) && System.nanoTime() < deadline) {
            Form form = forms.poll();
            Optional<Found> found = firstThatListens(submission, build, program,
                    best.isPresent() ? List.of(best.get().start()) : form.table().equals(tables.get(0)) ? starts
                    : starts.subList(0, LIKELY_STARTS), form);
            if (best.isEmpty() && found.isPresent()) {
                deadline = Math.min(deadline, System.nanoTime() + MOST_FOR_FORMS.toNanos());
            }
            best = further(best, found);
            if (form.messages().size() > FEW && found.filter(one -> one.outcome().isBroken()).isPresent()) {
                // A wrong line may have broken it, so that it has not even seen the others.
                List<String> rest = form.messages().subList(1, form.messages().size());
                for (int i = rest.size() - 1; i >= 0; i--) {
                    forms.addFirst(new Form(form.table(), rest.subList(i, i + 1)));
                }
            }
        }
        return best;
    }

    private List<String> few() {
        return messages.subList(0, Math.min(FEW, messages.size()));
    }

    private Optional<Found> firstThatListens(Submission submission, String build, String program, List<Start> starts,
            Form form) {
        List<Start> left = new ArrayList<>(starts);
        Set<Start> done = new HashSet<>();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            Start start = left.remove(0);
            if (done.add(start)) {
                Found found = rehearse(submission, build, program, start, form);
                if (found.isAsFarAs(Progress.LISTENS)) {
                    return Optional.of(found);
                }
                left.addAll(0, told(found));
            }
        }
        return Optional.empty();
    }

    private static boolean isSettled(Optional<Found> best) {
        return best.filter(found -> found.isAsFarAs(Progress.CONNECTS)).isPresent();
    }

    /** What the program says about its arguments, or that it wants to be told something. */
    private List<Start> told(Found found) {
        List<Start> told = new ArrayList<>();
        Usage.arguments(found.outcome().shown(), isGiven(TIMEOUT)).forEach(usage -> told.add(new Start(usage, "")));
        if (found.outcome().progress() == Progress.ASKS && !isGiven(LOGIN)) {
            List.of("{name}\\n", "{port}\\n", "{name}\\n{port}\\n", "{port}\\n{name}\\n")
                    .forEach(login -> told.add(new Start(found.start().arguments(), login)));
        }
        return told;
    }

    /** A guess may be no setting at all, such as a line of a table with braces in it. */
    private Found rehearse(Submission submission, String build, String program, Start start, Form form) {
        try {
            return rehearsed(submission, build, program, start, form);
        } catch (WrongUse e) {
            return new Found(with(given, Map.of(BUILD, build)), start,
                    new Outcome(Progress.REFUSED, "", Optional.empty(), "", false));
        }
    }

    private Found rehearsed(Submission submission, String build, String program, Start start, Form form) {
        String command = (program + " " + start.arguments()).strip();
        Map<String, String> found = new HashMap<>(Map.of(BUILD, build, LOGIN, start.login(),
                CMD, isGiven(TIMEOUT) ? command : command.replace(Settings.TIMEOUT, SOME_TIMEOUT)));
        found.putAll(variables(form.table()));
        boolean mayAsk = !isGiven(LOGIN) && start.login().isEmpty();
        // If it asks, what is typed comes later.
        Settings settings = mayAsk ? Settings.from(with(with(given, found), Map.of(LOGIN, "{port}"))).withLogin("")
                : Settings.from(with(given, found));
        Outcome outcome = Rehearsal.of(submission, settings, lab, network,
                new Rehearsal.Wish(form.messages(), isGiven(MESSAGE), mayAsk));
        firstShown = firstShown.isEmpty() ? outcome.shown() : firstShown;
        found.put(LOGIN, start.login() + outcome.login());
        outcome.message().filter(message -> !message.equals(MessageGuess.OF_THE_ASSIGNMENT))
                .ifPresent(message -> found.put(MESSAGE, message.replace("\\", "\\\\")));
        Map<String, String> all = with(given, found);
        return new Found(all, start, outcome.progress() == Progress.ASKS || isForEveryUser(all) ? outcome
                : new Outcome(Progress.REFUSED, "", Optional.empty(), outcome.shown(), false));
    }

    /** Whether each user is told apart: a program may listen on the first port of the table, whoever it is. */
    private static boolean isForEveryUser(Map<String, String> variables) {
        try {
            Settings.from(variables);
            return true;
        } catch (WrongUse e) {
            return false;
        }
    }

    private static Map<String, String> variables(TableGuess.Form table) {
        Map<String, String> variables = new HashMap<>();
        if (!table.file().equals(TableGuess.FILE)) {
            variables.put("TABLE_FILE", table.file());
        }
        if (!table.line().equals(TableGuess.LINE)) {
            variables.put("TABLE_LINE", table.line());
        }
        variables.put("TABLE_HEAD", table.head());
        return variables;
    }

    /** The first wins, in whichever variable it says something. What is empty is left out. */
    private static Map<String, String> with(Map<String, String> given, Map<String, String> found) {
        Map<String, String> all = new HashMap<>(given);
        found.forEach((name, value) -> {
            if (!isGiven(given, name) && !isGiven(given, SAYS_THE_SAME.getOrDefault(name, name))) {
                all.put(Settings.PREFIX + name, value);
            }
        });
        all.values().removeIf(String::isEmpty);
        return all;
    }
}
