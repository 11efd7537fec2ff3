package grader;

import com.sun.jna.NativeLong;
import grader.pile.Handed;
import grader.pile.Pile;
import grader.report.CommandLine;
import grader.report.Gradescope;
import grader.report.LiveReport;
import grader.report.ReportFiles;
import grader.report.Summary;
import grader.report.TerminalReport;
import grader.report.Ungraded;
import grader.trial.Lab;
import grader.trial.Settings;
import grader.trial.Spectator;
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
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import support.Libc;

/**
 * Grades submissions of the assignment, clause by clause. What to grade, and how, is in the environment
 * ({@link Settings}). Argument: the folder for the reports.
 */
public final class Grade {

    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;
    /** Columns; some terminals do not tell. */
    private static final int USUAL_WIDTH = 80;

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
        Pile pile = Pile.of(Optional.ofNullable(System.getenv(Settings.PREFIX + "DIR")).orElse(""), reports);
        for (Handed one : pile.handed()) {
            if (Files.isSameFile(one.folder(), Path.of(""))) {
                throw new WrongUse("DIR=" + one.folder() + " is the grader's own folder, where make -C goes first: "
                        + "name yours as a whole, DIR=\"$PWD\"");
            }
        }
        Gradescope gradescope = new Gradescope(settings.hidden(), CommandLine.of(System.getenv()));
        List<Report> all = new ArrayList<>();
        List<Ungraded> ungraded = new ArrayList<>(pile.refused());
        ungraded.forEach(one -> System.err.println("grade: " + one.name() + " was not graded: " + one.reason()));
        Optional<String> whyNoHosts = whyNoHosts(settings);
        boolean hasColours = hasColours();
        for (Handed one : pile.handed()) {
            try {
                Report report = gradeOrRefuse(one, settings, whyNoHosts, gradescope, reports, out);
                ReportFiles.write(report, gradescope, reports.resolve(report.name()));
                (settings.isShown() ? TerminalReport.end(report, hasColours) : TerminalReport.lines(report, hasColours))
                        .forEach(out::println);
                out.println("the same for the student, with the consoles: "
                        + reports.resolve(report.name()).resolve(ReportFiles.PAGE).toAbsolutePath());
                all.add(report);
            } catch (WrongUse | IOException | IllegalStateException | UncheckedIOException e) {
                // the others still can be
                Ungraded reason = Ungraded.because(one, e);
                ungraded.add(reason);
                System.err.println("grade: " + one.folder() + " was not graded: " + reason.reason());
            }
        }
        if (pile.size() > 1) {
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

    /** A submission that cannot be graded as it was handed in has that as its report. */
    private static Report gradeOrRefuse(Handed one, Settings settings, Optional<String> whyNoHosts,
            Gradescope gradescope, Path reports, PrintStream out) throws IOException {
        try {
            return settings.isShown() ? show(one, settings, whyNoHosts, out)
                    : grade(one, settings, whyNoHosts, progress(one));
        } catch (WrongUse e) {
            ReportFiles.writeRefusal(e.getMessage(), gradescope, reports.resolve(one.name()));
            throw e;
        }
    }

    /** Each has a lab of its own: what one leaves behind is no burden for the next. */
    private static Report grade(Handed one, Settings settings, Optional<String> whyNoHosts, Spectator spectator)
            throws IOException {
        try (Lab lab = Lab.open(spectator)) {
            try {
                return Grading.grade(one, settings, whyNoHosts, lab);
            } finally {
                if (lab.isClosed()) { // interrupted: no report on programs that the grader itself has ended
                    System.exit(FAILED); // waits for the exit that has begun, and does not return
                }
            }
        }
    }

    /** A row on the terminal, which is gone again when the report comes. */
    private static Spectator progress(Handed one) {
        int all = Case.values().length;
        boolean isTerminal = isTerminal();
        return (result, count) -> {
            if (isTerminal) {
                System.err.print("\r\u001b[K"
                        + (count < all ? one.folder() + ": " + count + " of " + all + " cases" : ""));
            }
        };
    }

    private static Report show(Handed one, Settings settings, Optional<String> whyNoHosts, PrintStream out)
            throws IOException {
        boolean hasColours = hasColours();
        out.println(TerminalReport.title(one.name(), settings.command(), hasColours));
        try (LiveReport live = new LiveReport(settings.clauses(), out::println, Grade::width, hasColours)) {
            return grade(one, settings, whyNoHosts, live);
        }
    }

    private static boolean isTerminal() {
        return Libc.CALL.isatty(1) == 1 && Libc.CALL.isatty(2) == 1;
    }

    private static boolean hasColours() {
        return isTerminal() && System.getenv("NO_COLOR") == null;
    }

    /** Of the terminal, in columns; empty if standard output is none. */
    private static OptionalInt width() {
        if (Libc.CALL.isatty(1) != 1) {
            return OptionalInt.empty();
        }
        short[] rowsAndColumns = new short[4];
        Libc.CALL.ioctl(1, new NativeLong(Libc.TIOCGWINSZ), rowsAndColumns);
        return OptionalInt.of(rowsAndColumns[1] > 0 ? rowsAndColumns[1] : USUAL_WIDTH);
    }
}
