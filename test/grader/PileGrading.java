package grader;

import grader.pile.Fingerprint;
import grader.pile.Guess;
import grader.pile.Handed;
import grader.pile.Pile;
import grader.pile.SettingsFile.Used;
import grader.pile.SettingsFile;
import grader.pile.Sources;
import grader.pile.Unclear;
import grader.report.CommandLine;
import grader.report.Gradescope;
import grader.report.Kept;
import grader.report.ReportFiles;
import grader.report.Summary;
import grader.report.Tables;
import grader.report.TerminalReport;
import grader.report.Ungraded;
import grader.trial.Lab;
import grader.trial.Settings;
import grader.trial.WrongUse;
import grader.verdict.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Grades a pile, several submissions at a time. After each, the tables of all are written anew: whatever ends the
 * grader, they tell what was graded until then, and the next run goes on from there.
 */
final class PileGrading {

    private static final int INTERRUPTED = 1;
    private static final String SETTINGS = "settings.csv";
    private static final String OLD_SETTINGS = "settings.old.csv";

    private final List<Handed> pile;
    private final List<Ungraded> refused;
    private final List<String> names;
    private final Map<String, String> forAll;
    private final SettingsFile given;
    private final Path reports;
    private final Lab lab;
    private final Optional<String> whyNoHosts;
    private final Turns turns;
    private final Screen screen;
    private final String grader;
    private final long start = System.nanoTime();

    /** Held while a submission is graded whose ports are compiled in: others may have the same. */
    private final Object compiledInPorts = new Object();
    private final Map<String, Report> done = new HashMap<>();
    private final Map<String, Ungraded> ungraded = new HashMap<>();
    private final Map<String, Used> used = new HashMap<>();
    private int fromBefore;
    private volatile boolean isOver;

    /**
     * @param forAll variables by their names in the environment
     * @param given for single submissions
     * @param reports where the reports go
     * @param whyNoHosts the same for all: a class is graded by one standard, as far as compiled-in tables allow
     */
    PileGrading(Pile pile, Map<String, String> forAll, SettingsFile given, Path reports, Lab lab,
            Optional<String> whyNoHosts, Turns turns, Screen screen) throws IOException {
        this.pile = pile.handed();
        this.refused = pile.refused();
        this.names = pile.names();
        this.forAll = forAll;
        this.given = given;
        this.reports = reports;
        this.lab = lab;
        this.whyNoHosts = whyNoHosts;
        this.turns = turns;
        this.screen = screen;
        this.grader = Fingerprint.ofGrader(PileGrading.class, whyNoHosts.toString());
    }

    /**
     * Returns when all are graded.
     *
     * @param isAgain whether those that have not changed since they were graded are graded once more
     * @throws WrongUse if there is only one, and it is not clear how it is started
     */
    void run(boolean isAgain) throws IOException {
        for (Ungraded one : refused) {
            screen.complain("grade: " + one.name() + " was not graded: " + one.reason());
            refuse(one.name(), one.reason(), forAll);
            used.put(one.name(), new Used(given.settings(one.name(), forAll), one.reason()));
        }
        if (!isPile()) {
            gradeAll(pile);
            return;
        }
        List<Handed> toGrade = new ArrayList<>(pile);
        if (!isAgain) {
            toGrade.removeIf(this::isKnown);
            fromBefore = done.size();
        }
        if (fromBefore > 0) {
            screen.show(List.of("unchanged since graded: " + fromBefore + " of " + pile.size()
                    + " submissions; AGAIN=1 grades all again"));
        }
        keepOldSettings();
        writeTables();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> tellIfInterrupted(isAgain), "tells what is done"));
        screen.row(progress());
        try {
            gradeAll(toGrade);
            mustNotBeInterrupted();
        } finally {
            isOver = true;
        }
        screen.show(Summary.table(reports(), notGraded()));
        screen.show(Tables.places(reports));
    }

    /** Somebody may have corrected the table of the run before, and not have named it with SETTINGS. */
    private void keepOldSettings() throws IOException {
        Path file = reports.resolve(SETTINGS);
        byte[] now = given.text(names, used).getBytes(StandardCharsets.UTF_8);
        if (Files.exists(file) && !given.isFrom(file) && !Arrays.equals(now, Files.readAllBytes(file))) {
            Files.move(file, reports.resolve(OLD_SETTINGS), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private boolean isPile() {
        return names.size() > 1;
    }

    /** What has come of all so far, in the order of the pile. */
    synchronized List<Report> reports() {
        return pile.stream().map(Handed::name).filter(done::containsKey).map(done::get).toList();
    }

    /** Those that could not be graded. */
    synchronized List<Ungraded> notGraded() {
        return Stream.concat(refused.stream(),
                pile.stream().map(Handed::name).filter(ungraded::containsKey).map(ungraded::get)).toList();
    }

    /** Whether it was graded before, as it is now and with the same settings. */
    private boolean isKnown(Handed one) {
        try {
            Optional<Kept> kept = Kept.read(folder(one), fingerprint(one, settings(one)));
            kept.ifPresent(before -> {
                done.put(one.name(), before.report());
                used.put(one.name(), new Used(before.settings(), ""));
            });
            return kept.isPresent();
        } catch (IOException | UncheckedIOException e) {
            return false; // what is wrong with it is told when it is graded
        }
    }

    private Path folder(Handed one) {
        return reports.resolve(one.name());
    }

    private Map<String, String> settings(Handed one) {
        return given.settings(one.name(), forAll);
    }

    private String fingerprint(Handed one, Map<String, String> settings) throws IOException {
        return Fingerprint.of(one, settings, grader);
    }

    private void gradeAll(List<Handed> some) throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(turns.submissions());
        try {
            List<Future<?>> all = new ArrayList<>();
            for (Handed one : some) {
                all.add(workers.submit(() -> {
                    grade(one);
                    return true;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WrongUse wrong) {
                throw wrong;
            }
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("the grader itself failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            workers.shutdownNow();
        }
    }

    private void grade(Handed one) throws IOException {
        try {
            Map<String, String> settings = settings(one);
            String before = fingerprint(one, settings);
            boolean isSaid = isPile() ? given.hasCommand(one)
                    : !settings.getOrDefault(Settings.PREFIX + "CMD", "").isBlank();
            if (!isSaid) { // a command for all cannot know where this one has its sources
                Sources.mustBeInOnePlace(one.folder());
            }
            Settings common = Settings.common(settings);
            boolean hasTable = common.compiledTable().isPresent();
            Optional<String> whyNoHostsHere = hasTable ? Grading.whyNoHosts(common, lab) : whyNoHosts;
            if (hasTable && whyNoHostsHere.isPresent()) {
                synchronized (compiledInPorts) {
                    grade(one, settings, before, whyNoHostsHere);
                }
            } else {
                grade(one, settings, before, whyNoHostsHere);
            }
        } catch (Unclear | WrongUse e) {
            mustNotBeInterrupted();
            refuse(one.name(), e.getMessage(), settings(one));
            if (!isPile()) {
                throw new WrongUse(e.getMessage());
            }
            fail(one, e);
        } catch (IOException | RuntimeException e) {
            mustNotBeInterrupted();
            fail(one, e); // the others still can be graded
        }
        if (isPile()) {
            tellProgress();
        }
    }

    private void grade(Handed one, Map<String, String> settings, String fingerprint, Optional<String> whyNoHostsHere)
            throws IOException, Unclear {
        Map<String, String> complete = complete(one, settings, whyNoHostsHere.isEmpty());
        List<String> fingerprints = List.of(fingerprint, fingerprint(one, complete));
        Settings of = Settings.from(complete);
        Report report = report(one, of, whyNoHostsHere);
        ReportFiles.write(report, gradescope(of, complete), folder(one));
        new Kept(fingerprints, complete, report).write(folder(one));
        finish(one, report, complete, of.isShown());
    }

    /** To find out is a trial, too. */
    private Map<String, String> complete(Handed one, Map<String, String> settings, boolean hasHosts) throws Unclear {
        int room;
        try {
            room = turns.take(false);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        try {
            return Guess.complete(one, settings, hasHosts, lab);
        } finally {
            turns.giveBack(room);
        }
    }

    private Report report(Handed one, Settings settings, Optional<String> whyNoHostsHere) throws IOException {
        try {
            if (settings.isShown()) {
                screen.show(List.of(TerminalReport.title(one.name(), settings.command(), screen.hasColours())));
            }
            return Grading.grade(one, settings, whyNoHostsHere, lab, turns);
        } finally {
            lab.spectator().flush();
            mustNotBeInterrupted();
        }
    }

    /** There is no report on programs that the grader itself has ended. */
    private void mustNotBeInterrupted() {
        if (lab.isClosed()) {
            System.exit(INTERRUPTED); // waits for the exit that has begun, and does not return
        }
    }

    private Gradescope gradescope(Settings settings, Map<String, String> variables) {
        return new Gradescope(settings.hidden(), CommandLine.of(variables));
    }

    /** A submission that cannot be graded as it was handed in has that as its report. */
    private void refuse(String name, String why, Map<String, String> variables) throws IOException {
        ReportFiles.writeRefusal(why, gradescope(Settings.common(variables), variables), reports.resolve(name));
    }

    private synchronized void finish(Handed one, Report report, Map<String, String> settings, boolean isShown) {
        done.put(one.name(), report);
        used.put(one.name(), new Used(settings, ""));
        List<String> lines = new ArrayList<>(isShown ? TerminalReport.end(report, screen.hasColours())
                : isPile() ? TerminalReport.failures(report, screen.hasColours())
                : TerminalReport.lines(report, screen.hasColours()));
        lines.add("the page for the student, with all consoles: "
                + folder(one).resolve(ReportFiles.PAGE).toAbsolutePath());
        screen.show(lines);
    }

    private synchronized void fail(Handed one, Exception cause) {
        Ungraded reason = Ungraded.because(one, cause);
        ungraded.put(one.name(), reason);
        used.put(one.name(), new Used(settings(one), reason.reason()));
        screen.complain("grade: " + one.folder() + " was not graded: " + reason.reason());
    }

    private synchronized void tellProgress() throws IOException {
        writeTables();
        if (screen.isTerminal()) {
            screen.row(progress());
        } else {
            screen.show(List.of(progress()));
        }
    }

    private synchronized String progress() {
        int all = done.size() + ungraded.size();
        return Screen.progress(all, pile.size(), all - fromBefore, Duration.ofNanos(System.nanoTime() - start));
    }

    private void writeTables() throws IOException {
        Files.createDirectories(reports);
        ReportFiles.replace(reports.resolve(SETTINGS), given.text(names, used));
        Tables.write(reports, pile, reports(), notGraded(),
                forAll.getOrDefault(Settings.PREFIX + "CLAUSE", "").strip());
    }

    private synchronized void tellIfInterrupted(boolean isAgain) {
        if (!isOver) {
            int count = done.size() + ungraded.size();
            screen.show(count == 0 ? List.of() : Summary.table(reports(), notGraded()));
            screen.show(List.of("interrupted after " + count + " of " + pile.size() + " submissions: see "
                    + reports.resolve(Tables.PAGE) + (isAgain ? "" : "; the same command goes on with the others")));
        }
    }
}
