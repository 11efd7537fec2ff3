package grader;

import com.sun.jna.NativeLong;
import grader.pile.Handed;
import grader.pile.Pile;
import grader.pile.SettingsFile;
import grader.report.LiveReport;
import grader.report.Ungraded;
import grader.trial.Lab;
import grader.trial.Settings;
import grader.trial.Spectator;
import grader.trial.WrongUse;
import grader.verdict.Case;
import grader.verdict.Result.Verdict;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import support.Libc;

/**
 * Grades submissions of the assignment, clause by clause. What to grade, and how, is in the environment
 * ({@link Settings}). Arguments: the folder for the reports; and if DIR is known to be one student's, whatever is in
 * it, the name under which it is graded.
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
            System.exit(run(Path.of(arguments[0]), Stream.of(arguments).skip(1).findFirst(), out));
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

    private static int run(Path reports, Optional<String> student, PrintStream out) throws IOException {
        if (!Files.isReadable(Path.of("/proc/net/tcp"))) {
            throw new WrongUse("this system has no /proc/net/tcp, in which connections are seen: use Linux");
        }
        Map<String, String> forAll = new TreeMap<>(System.getenv());
        forAll.keySet().removeIf(name -> !name.startsWith(Settings.PREFIX));
        Settings common = Settings.common(forAll);
        String dir = forAll.getOrDefault(Settings.PREFIX + "DIR", "");
        Pile pile = student.isEmpty() ? Pile.of(dir, reports) : Pile.ofStudent(Path.of(dir), student.get(), reports);
        for (Handed one : pile.handed()) {
            if (Files.isSameFile(one.folder(), Path.of(""))) {
                throw new WrongUse("DIR=" + one.folder() + " is the grader's own folder, where make -C goes first: "
                        + "give yours in full, DIR=\"$PWD\"");
            }
        }
        String file = forAll.getOrDefault(Settings.PREFIX + "SETTINGS", "").strip();
        SettingsFile given = file.isEmpty() ? SettingsFile.NONE : SettingsFile.read(Path.of(file), pile.names());
        given.mustBeRight(pile.handed(), forAll);
        boolean isTerminal = Libc.CALL.isatty(1) == 1 && Libc.CALL.isatty(2) == 1;
        boolean hasColours = isTerminal && System.getenv("NO_COLOR") == null;
        Screen screen = new Screen(out, System.err, isTerminal && !common.isShown(), hasColours);
        if (!common.isShown()) {
            return grade(pile, common, forAll, given, reports, screen, row(pile, common.clauses(), screen));
        }
        try (LiveReport live = new LiveReport(common.clauses(), out::println, Grade::width, hasColours)) {
            return grade(pile, common, forAll, given, reports, screen, live);
        }
    }

    private static int grade(Pile pile, Settings common, Map<String, String> forAll, SettingsFile given, Path reports,
            Screen screen, Spectator spectator) throws IOException {
        try (Lab lab = Lab.open(spectator)) {
            Optional<String> whyNoHosts = Grading.whyNoHosts(common, lab);
            // Compiled-in ports are the same for all.
            boolean isOneByOne = common.compiledTable().isPresent() && whyNoHosts.isPresent();
            Turns turns = Turns.of(common.jobs(), isOneByOne ? 1 : Math.max(1, pile.handed().size()),
                    Runtime.getRuntime().availableProcessors());
            PileGrading grading = new PileGrading(pile, forAll, given, reports, lab, whyNoHosts, turns, screen);
            grading.run(common.isAgain());
            boolean hasFailed = grading.reports().stream().anyMatch(report -> report.count(Verdict.FAILED) > 0);
            return !grading.notGraded().isEmpty() || hasFailed && common.isStrict() ? FAILED : 0;
        }
    }

    /** Of a single submission, a row on the terminal says how far it is. */
    private static Spectator row(Pile pile, Set<Case> wanted, Screen screen) {
        Set<Case> left = ConcurrentHashMap.newKeySet();
        left.addAll(wanted);
        return result -> {
            if (pile.names().size() == 1 && left.remove(result.what())) {
                int judged = wanted.size() - left.size();
                screen.row(left.isEmpty() ? "" : pile.handed().get(0).folder() + ": " + judged + " of " + wanted.size()
                        + " cases");
            }
        };
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
