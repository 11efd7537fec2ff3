package grading;

import grade.Grading;
import grade.Lab;
import grade.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import verdict.Case;
import verdict.Report;
import verdict.Result.Verdict;

/**
 * Grades the grader: the twin must have full marks, and with each defect must fail the cases of that defect and no others.
 * A line for each run, and one for each defect in the end. Arguments: the twin's source, how many runs, and perhaps
 * {@code short}: each defect with its own cases only.
 */
public final class Matrix {

    /** Seconds: long enough that counting whole seconds shows nothing, short because each run waits for it three times. */
    private static final String TIMEOUT = "3";
    private static final String CORRECT = "no defect";
    private static final int AT_ONCE = 4;

    private final Path folder;
    private final Lab lab;
    private final boolean isShort;

    private Matrix(Path folder, Lab lab, boolean isShort) {
        this.folder = folder;
        this.lab = lab;
        this.isShort = isShort;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean isShort = arguments.length == 3 && arguments[2].equals("short");
        try (Lab lab = Lab.open()) {
            Runtime.getRuntime().addShutdownHook(new Thread(lab::close, "leaves nothing behind"));
            Path folder = lab.newFolder("defects");
            compile(Path.of(arguments[0]), folder);
            boolean isRight = new Matrix(folder, lab, isShort).run(Integer.parseInt(arguments[1]));
            System.exit(isRight ? 0 : 1);
        }
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
        Map<String, List<Future<String>>> all = new TreeMap<>();
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        for (int run = 1; run <= runs; run++) {
            int number = run;
            for (Optional<Defect> defect : subjects()) {
                String name = defect.map(Defect::toString).orElse(CORRECT);
                all.computeIfAbsent(name, none -> new ArrayList<>()).add(workers.submit(() -> {
                    String wrong = wrongIn(defect);
                    System.out.println(name + ", run " + number + ": " + (wrong.isEmpty() ? "as expected" : wrong));
                    return wrong;
                }));
            }
        }
        workers.shutdown();
        boolean isRight = true;
        for (Map.Entry<String, List<Future<String>>> one : all.entrySet()) {
            int right = 0;
            for (Future<String> wrong : one.getValue()) {
                try {
                    right += wrong.get().isEmpty() ? 1 : 0;
                } catch (ExecutionException e) {
                    System.out.println(one.getKey() + ": " + e.getCause());
                    e.getCause().printStackTrace(System.out);
                }
            }
            System.out.println(one.getKey() + ": " + right + " of " + runs + " runs as expected");
            isRight &= right == runs;
        }
        return isRight;
    }

    private static List<Optional<Defect>> subjects() {
        List<Optional<Defect>> subjects = new ArrayList<>(List.of(Optional.empty()));
        Arrays.stream(Defect.values()).map(Optional::of).forEach(subjects::add);
        return subjects;
    }

    /** What is not as it should be, in words; empty if all is. */
    private String wrongIn(Optional<Defect> defect) throws IOException {
        Map<String, String> variables = new HashMap<>(Map.of("CMD", defect.map(one -> "env DEFECT=" + one + " ").orElse("")
                + "./a.out {port} {users} " + TIMEOUT, "TIMEOUT", TIMEOUT, "BUILD", "true"));
        if (isShort && defect.isPresent()) {
            variables.put("CLAUSE", defect.get().failed().stream().map(Case::number).collect(Collectors.joining(",")));
        }
        Map<String, String> environment = new HashMap<>();
        variables.forEach((name, value) -> environment.put(Settings.PREFIX + name, value));
        Report report = Grading.grade(folder, Settings.from(environment), lab, count -> { });
        Map<Case, Verdict> expected = expected(defect);
        return report.results().stream().filter(result -> !result.is(expected.get(result.what())))
                .map(result -> result.what().number() + " is " + result.verdict() + " instead of " + expected.get(result.what())
                        + " " + result.expected() + " / " + result.seen() + result.why())
                .collect(Collectors.joining("; "));
    }

    private static Map<Case, Verdict> expected(Optional<Defect> defect) {
        Map<Case, Verdict> expected = new EnumMap<>(Case.class);
        Set<Case> failed = defect.map(Defect::failed).orElse(Set.of());
        Set<Case> missing = EnumSet.noneOf(Case.class);
        missing.addAll(failed);
        for (Case one : Case.values()) { // those that a case needs come before it
            boolean isBlocked = one.needs().stream().anyMatch(missing::contains);
            if (isBlocked) {
                missing.add(one);
            }
            expected.put(one, isBlocked ? Verdict.NOT_GRADED : failed.contains(one) ? Verdict.FAILED : Verdict.PASSED);
        }
        return expected;
    }
}
