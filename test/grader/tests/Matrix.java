package grader.tests;

import grader.Grading;
import grader.Turns;
import grader.pile.Handed;
import grader.trial.Lab;
import grader.trial.Network;
import grader.trial.Settings;
import grader.verdict.Case;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import support.Session;

/**
 * Grades the grader: submissions without a fault must have full marks, and each defect must fail its own cases and no
 * others: with machines of their own for the users, if that is possible here, and on loopback. A line for each run, and
 * one for each submission in the end. Arguments: the folder of the tests, how many runs, and perhaps {@code short}, or
 * the names of some submissions. If it is short, each defect has one run in one network, with its own cases and those
 * that they need.
 */
public final class Matrix {

    private static final String WEIGHTS = "weights";
    static final String ALL_RIGHT = "everything as expected";
    /** Most of them wait most of the time. */
    private static final int AT_ONCE = 10;
    /** With few trials each. */
    private static final int SHORT_AT_ONCE = 8;
    /** Each is several programs that take all the time they can get. If time does not matter, they come last. */
    private static final int NEVER_SLEEPING_AT_ONCE = 2;

    private final Path folder;
    private final Path built;
    private final Lab lab;
    private final Optional<String> python;
    private final boolean isShort;
    private final List<Subject> subjects;

    /** A submission, to be graded in a network. */
    private record Run(Subject subject, Network.Kind network) {

        @Override
        public String toString() {
            return subject.name() + (network == Network.Kind.HOSTS ? " on hosts" : " on loopback");
        }
    }

    private Matrix(Path folder, Path built, Lab lab, boolean isShort, List<Subject> subjects)
            throws InterruptedException {
        this.python = python();
        this.folder = folder;
        this.built = built;
        this.lab = lab;
        this.isShort = isShort;
        this.subjects = subjects;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> rest = List.of(arguments).subList(2, arguments.length);
        boolean isShort = rest.equals(List.of("short"));
        List<Subject> subjects = isShort ? Subject.some() : Subject.all().stream()
                .filter(one -> rest.isEmpty() || rest.contains(one.name())).toList();
        if (subjects.isEmpty()) {
            System.err.println("there are only " + Subject.all().stream().map(Subject::name).toList());
            System.exit(2);
        }
        boolean isRight;
        try (Lab lab = Lab.open()) {
            Path folder = lab.newFolder("defects");
            Path built = lab.newFolder("compiled");
            Path tests = Path.of(arguments[0]);
            Path source = built.resolve("chat_server.cpp");
            Files.writeString(source, Defect.sourceWithAllDefects(
                    Files.readString(tests.resolve("cpp/chat_server.cpp"))), StandardCharsets.UTF_8);
            compile(built, "g++", "-std=c++17", "-O0", source.toString());
            Path submissions = tests.resolve("grader/submissions").toAbsolutePath();
            compile(built, "gcc", "-std=gnu11", "-O0", "-Wall", "-Wextra", "-Werror", "-o", "student",
                    submissions.resolve("student.c").toString());
            for (String program : List.of("chat.py", "classmate.py")) {
                Files.copy(submissions.resolve(program), folder.resolve(program));
            }
            Files.writeString(folder.resolve(WEIGHTS), Case.NAMES_SENDER.number() + " 1\n");
            isRight = new Matrix(folder, built, lab, isShort, subjects).run(Integer.parseInt(arguments[1]));
        }
        System.out.println(isRight ? ALL_RIGHT : "not " + ALL_RIGHT);
        System.exit(isRight ? 0 : 1);
    }

    private static void compile(Path folder, String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("it does not compile: " + String.join(" ", command));
        }
    }

    private boolean run(int runs) throws InterruptedException {
        Map<Run, List<Future<Boolean>>> all = new LinkedHashMap<>();
        List<Network.Kind> networks = Network.whyNoHosts(lab).isPresent() ? List.of(Network.Kind.LOOPBACK)
                : List.of(Network.Kind.HOSTS, Network.Kind.LOOPBACK);
        List<Run> order = new ArrayList<>();
        for (Subject subject : subjects) {
            if (python.isPresent() || !subject.needsPython()) {
                (isShort ? subject.networks(networks) : networks)
                        .forEach(network -> order.add(new Run(subject, network)));
            }
        }
        for (int i = 0; i < runs; i++) {
            ExecutorService sleeping = start(order.stream().filter(run -> !run.subject().neverSleeps()).toList(),
                    isShort ? SHORT_AT_ONCE : AT_ONCE, all);
            sleeping.awaitTermination(isShort ? 0 : 1, TimeUnit.DAYS);
            start(order.stream().filter(run -> run.subject().neverSleeps()).toList(), NEVER_SLEEPING_AT_ONCE, all)
                    .awaitTermination(1, TimeUnit.DAYS);
            sleeping.awaitTermination(1, TimeUnit.DAYS);
        }
        boolean areAllRight = true;
        for (Map.Entry<Run, List<Future<Boolean>>> one : all.entrySet()) {
            int right = 0;
            for (Future<Boolean> run : one.getValue()) {
                try {
                    right += run.get() ? 1 : 0;
                } catch (ExecutionException e) {
                    System.out.println(one.getKey() + ": the grader itself failed: " + e.getCause());
                }
            }
            System.out.println(one.getKey() + ": " + right + " of " + runs + " runs as expected");
            areAllRight &= right == runs;
        }
        return areAllRight;
    }

    private ExecutorService start(List<Run> some, int atOnce, Map<Run, List<Future<Boolean>>> all) {
        ExecutorService workers = Executors.newFixedThreadPool(atOnce);
        some.forEach(run -> all.computeIfAbsent(run, none -> new ArrayList<>())
                .add(workers.submit(() -> isRight(run))));
        workers.shutdown();
        return workers;
    }

    /** The program itself, and without packages (-S): python3 may be a script that looks for it each time. */
    private static Optional<String> python() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
            String program = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(program + " -S") : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean isRight(Run run) throws IOException {
        String wrong = wrongIn(run.subject(), run.network());
        System.out.println(run + (wrong.isEmpty() ? ": as expected" : ": " + wrong));
        return wrong.isEmpty();
    }

    /** Not in the form in which texts are compared, with one number for all. */
    private static boolean isSaidWell(Result result, Subject subject) {
        return result.seen().contains(subject.words())
                && !(result.expected() + result.seen()).contains("the-kettle-0-");
    }

    /** What is not as it should be, in words; empty if all is. */
    private String wrongIn(Subject subject, Network.Kind network) throws IOException {
        Map<String, String> variables = new HashMap<>(Map.of(
                "CMD", subject.command().replace("{python}", python.orElse("")), "TIMEOUT", Subject.TIMEOUT,
                "BUILD", subject.build().replace("{built}", Session.quoted(List.of(built.toString()))),
                "WEIGHTS", folder.resolve(WEIGHTS).toString()));
        if (isShort) {
            variables.put("CLAUSE", subject.ownClauses());
        }
        Map<String, String> environment = new HashMap<>();
        variables.forEach((name, value) -> environment.put(Settings.PREFIX + name, value));
        Optional<String> whyNoHosts = network == Network.Kind.HOSTS ? Optional.empty() : Optional.of("loopback");
        Report report = Grading.grade(new Handed("defects", folder), Settings.from(environment), whyNoHosts,
                lab, Turns.of(Optional.empty(), 1, 1));
        Map<Case, Verdict> expected = subject.expected(network);
        return report.results().stream().filter(result -> !result.is(expected.get(result.what()))
                || result.is(Verdict.FAILED) && !isSaidWell(result, subject))
                .map(result -> String.join(" ", result.what().number(), "is", result.verdict().toString(), "instead of",
                        expected.get(result.what()).toString(), "expected:", result.expected(), "seen:", result.seen(),
                        result.why(), result.consoles().toString()))
                .collect(Collectors.joining("; "));
    }
}
