package grader;

import grader.report.ReportFiles;
import grader.report.Summary;
import grader.report.TerminalReport;
import grader.report.Ungraded;
import grader.trial.Lab;
import grader.trial.Settings;
import grader.trial.WrongUse;
import grader.verdict.Case;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.regex.PatternSyntaxException;
import support.Libc;

/**
 * Grades submissions of the assignment, clause by clause. What to grade, and how, is in the environment
 * ({@link Settings}). Argument: the folder for the reports.
 */
public final class Grade {

    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    private Grade() {
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try {
            System.exit(run(Path.of(arguments[0]), out));
        } catch (InvalidPathException e) {
            System.err.println("grade: DIR: " + e.getMessage() + "; set LC_ALL to a UTF-8 locale");
            System.exit(WRONG_USE);
        } catch (WrongUse e) {
            System.err.println("grade: " + e.getMessage());
            System.exit(WRONG_USE);
        } catch (IOException e) {
            System.err.println("grade: " + Ungraded.inWords(e));
            System.exit(FAILED);
        }
    }

    private static int run(Path reports, PrintStream out) throws IOException {
        if (!Files.isReadable(Path.of("/proc/net/tcp"))) {
            throw new WrongUse("this system has no /proc/net/tcp, in which connections are seen: use Linux");
        }
        Settings settings = Settings.from(System.getenv());
        List<Path> folders = folders(Optional.ofNullable(System.getenv(Settings.PREFIX + "DIR")).orElse(""));
        List<Report> all = new ArrayList<>();
        List<Ungraded> ungraded = new ArrayList<>();
        Optional<String> whyNoHosts = whyNoHosts(settings);
        boolean isTerminal = Libc.CALL.isatty(1) == 1 && Libc.CALL.isatty(2) == 1;
        for (Path folder : folders) {
            try {
                Report report = grade(folder, settings, whyNoHosts, progress(folder, isTerminal));
                ReportFiles.write(report, reports.resolve(report.name()));
                TerminalReport.lines(report, isTerminal && System.getenv("NO_COLOR") == null).forEach(out::println);
                out.println("the same for the student, with the consoles: "
                        + reports.resolve(report.name()).resolve(ReportFiles.PAGE));
                all.add(report);
            } catch (IOException | IllegalStateException | UncheckedIOException e) {
                // the others still can be
                Ungraded one = Ungraded.because(folder, e);
                ungraded.add(one);
                System.err.println("grade: " + folder + " was not graded: " + one.reason());
            }
        }
        if (folders.size() > 1) {
            Path csv = Files.createDirectories(reports).resolve("summary.csv");
            Files.writeString(csv, Summary.csv(all, ungraded), StandardCharsets.UTF_8);
            Summary.table(all, ungraded).forEach(out::println);
            out.println("case by case: " + csv);
        }
        boolean hasFailed = all.stream().anyMatch(report -> report.count(Verdict.FAILED) > 0);
        return !ungraded.isEmpty() || hasFailed && settings.isStrict() ? FAILED : 0;
    }

    /** Asked once: all submissions of a class are graded by the same standard. */
    private static Optional<String> whyNoHosts(Settings settings) throws IOException {
        try (Lab lab = Lab.open()) {
            return Grading.whyNoHosts(settings, lab);
        }
    }

    /** Each has a lab of its own: what one leaves behind is no burden for the next. */
    private static Report grade(Path folder, Settings settings, Optional<String> whyNoHosts, IntConsumer progress)
            throws IOException {
        try (Lab lab = Lab.open()) {
            try {
                return Grading.grade(folder, settings, whyNoHosts, lab, progress);
            } finally {
                if (lab.isClosed()) { // interrupted: no report on programs that the grader itself has ended
                    System.exit(FAILED); // waits for the exit that has begun, and does not return
                }
            }
        }
    }

    /** A row on the terminal, which is gone again when the report comes. */
    private static IntConsumer progress(Path folder, boolean isTerminal) {
        int all = Case.values().length;
        return count -> {
            if (isTerminal) {
                System.err.print("\r\u001b[K" + (count < all ? folder + ": " + count + " of " + all + " cases" : ""));
            }
        };
    }

    /** The folders that are meant: one, or those that match a pattern such as subs/*. */
    private static List<Path> folders(String wish) throws IOException {
        if (wish.isBlank()) {
            throw new WrongUse("DIR is missing: the folder of the submission, or several, as DIR='submissions/*'");
        }
        Path path = Path.of(wish.strip());
        if (Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> folders = new ArrayList<>();
        Path parent = Optional.ofNullable(path.getParent()).orElse(Path.of("."));
        if (Files.isDirectory(parent)) {
            String pattern = path.getFileName().toString();
            try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, pattern)) {
                for (Path one : all) { // hidden ones are no more meant than by the shell
                    if (Files.isDirectory(one) && (pattern.startsWith(".")
                    || !one.getFileName().toString().startsWith("."))) {
                        folders.add(one);
                    }
                }
            } catch (PatternSyntaxException e) {
                throw new WrongUse("DIR=" + wish + ": " + e.getDescription() + "; a pattern is such as submissions/*");
            }
        }
        if (folders.isEmpty()) {
            throw new WrongUse("DIR=" + wish + ": there is no such folder");
        }
        Collections.sort(folders);
        return folders;
    }
}
