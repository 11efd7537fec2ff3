package grader.tests;

import grader.Grading;
import grader.trial.Lab;
import grader.trial.Settings;
import grader.verdict.Case;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Grades the grader: submissions without a fault must have full marks, and each defect must fail its own cases and no
 * others. A line for each run, and one for each submission in the end. Arguments: the folder of the tests, how many
 * runs, and perhaps {@code short} (each defect with its own cases only, and those that they need), or the names of some
 * submissions.
 */
public final class Matrix {

    static final String ALL_RIGHT = "everything as expected";
    /** Few enough that a program which never sleeps does not keep the others from being on time. */
    private static final int AT_ONCE = 4;

    private final Path folder;
    private final Lab lab;
    private final boolean isShort;
    private final List<Subject> subjects;

    private Matrix(Path folder, Lab lab, boolean isShort, List<Subject> subjects) {
        this.folder = folder;
        this.lab = lab;
        this.isShort = isShort;
        this.subjects = subjects;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> rest = List.of(arguments).subList(2, arguments.length);
        boolean isShort = rest.equals(List.of("short"));
        List<Subject> subjects = Subject.all().stream()
                .filter(one -> isShort || rest.isEmpty() || rest.contains(one.name())).toList();
        if (subjects.isEmpty()) {
            System.err.println("there are only " + Subject.all().stream().map(Subject::name).toList());
            System.exit(2);
        }
        boolean isRight;
        try (Lab lab = Lab.open()) {
            Path folder = lab.newFolder("defects");
            Path tests = Path.of(arguments[0]);
            compile(tests.resolve("cpp/chat_server.cpp"), folder);
            Files.copy(tests.resolve("grader/submissions/chat.py"), folder.resolve("chat.py"));
            isRight = new Matrix(folder, lab, isShort, subjects).run(Integer.parseInt(arguments[1]));
        }
        System.out.println(isRight ? ALL_RIGHT : "not " + ALL_RIGHT);
        System.exit(isRight ? 0 : 1);
    }

    private static void compile(Path twin, Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("chat_server.cpp");
        Files.writeString(source, Defect.sourceWithAllDefects(Files.readString(twin)), StandardCharsets.UTF_8);
        Process compiler = new ProcessBuilder("g++", "-std=c++17", "-O0", "chat_server.cpp").directory(folder.toFile())
                .inheritIO().start();
        if (compiler.waitFor() != 0) {
            throw new IllegalStateException("the defects do not compile");
        }
        Files.delete(source);
    }

    private boolean run(int runs) throws InterruptedException {
        Map<Subject, List<Future<Boolean>>> all = new LinkedHashMap<>();
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        for (int i = 0; i < runs; i++) {
            for (Subject subject : subjects) {
                if (!subject.name().equals(Subject.IN_PYTHON) || hasPython()) {
                    all.computeIfAbsent(subject, none -> new ArrayList<>()).add(workers.submit(() -> isRight(subject)));
                }
            }
        }
        workers.shutdown();
        boolean areAllRight = true;
        for (Map.Entry<Subject, List<Future<Boolean>>> one : all.entrySet()) {
            int right = 0;
            for (Future<Boolean> run : one.getValue()) {
                try {
                    right += run.get() ? 1 : 0;
                } catch (ExecutionException e) {
                    System.out.println(one.getKey().name() + ": the grader itself failed: " + e.getCause());
                }
            }
            System.out.println(one.getKey().name() + ": " + right + " of " + runs + " runs as expected");
            areAllRight &= right == runs;
        }
        return areAllRight;
    }

    private static boolean hasPython() {
        try {
            return new ProcessBuilder("python3", "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isRight(Subject subject) throws IOException {
        String wrong = wrongIn(subject);
        System.out.println(subject.name() + (wrong.isEmpty() ? ": as expected" : ": " + wrong));
        return wrong.isEmpty();
    }

    /** What is not as it should be, in words; empty if all is. */
    private String wrongIn(Subject subject) throws IOException {
        Map<String, String> variables = new HashMap<>(Map.of("CMD", subject.command(), "BUILD", subject.build(),
                "TIMEOUT", Subject.TIMEOUT));
        if (isShort) {
            variables.put("CLAUSE", subject.ownClauses());
        }
        Map<String, String> environment = new HashMap<>();
        variables.forEach((name, value) -> environment.put(Settings.PREFIX + name, value));
        Report report = Grading.grade(folder, Settings.from(environment), lab, count -> { });
        Map<Case, Verdict> expected = subject.expected();
        return report.results().stream().filter(result -> !result.is(expected.get(result.what())))
                .map(result -> String.join(" ", result.what().number(), "is", result.verdict().toString(), "instead of",
                        expected.get(result.what()).toString(), "expected:", result.expected(), "seen:", result.seen(),
                        result.why(), result.consoles().toString()))
                .collect(Collectors.joining("; "));
    }
}
