package grader.report;

import grader.trial.Spectator;
import grader.trial.SubmissionConsole;
import grader.verdict.Case;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import grader.verdict.Transcript.Kind;
import grader.verdict.Transcript.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Shows the consoles while a trial runs, and then its verdict. Rows are only added, so they can be scrolled, copied and
 * piped. A trial that only others need is not shown unless it fails. One thread prints: who reads the rows slowly, or
 * not at all, does not slow the trials down.
 */
public final class LiveReport implements Spectator, AutoCloseable {

    /** Of one console in one trial; a program that prints for ever is only shown up to this. */
    private static final int MOST_ROWS = 400;
    /** So long a row without its end waits for the rest. */
    private static final long PATIENCE_MILLIS = 200;
    private static final String GOES_ON = "…";

    private final Set<Case> wished;
    private final Consumer<String> out;
    private final Supplier<OptionalInt> width;
    private final boolean colours;
    /** Programs that end late may still show something when it is closed: that is of no interest. */
    private final ScheduledExecutorService printer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "shows the consoles");
        thread.setDaemon(true);
        return thread;
    }, new ThreadPoolExecutor.DiscardPolicy());
    private Stage current;

    /**
     * @param wished the cases that were asked for
     * @param out takes a row
     * @param width of the terminal, in columns, when a trial begins; empty if there is none
     */
    public LiveReport(Set<Case> wished, Consumer<String> out, Supplier<OptionalInt> width, boolean colours) {
        this.wished = Set.copyOf(wished);
        this.out = out;
        this.width = width;
        this.colours = colours;
        this.current = empty();
        printer.scheduleWithFixedDelay(() -> current.endOldRows(), PATIENCE_MILLIS, PATIENCE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public Seat takeSeat(List<Case> cases, List<String> users) {
        Stage stage = new Stage(cases, users);
        printer.execute(() -> {
            current.endRows("");
            current = stage;
            stage.begin();
        });
        return (user, seconds, kind, text) -> printer.execute(() -> {
            if (current == stage) { // else it comes from a trial that is over
                stage.add(user, seconds, kind, text);
            }
        });
    }

    @Override
    public void judged(Result result) {
        printer.execute(() -> {
            current.endRows("");
            if (wished.contains(result.what())) {
                TerminalReport.verdict(result, colours).forEach(out);
            } else if (result.is(Verdict.PASSED)) {
                out.accept("needed first: " + result.what().number() + " " + result.what().title() + ": passed");
            } else if (result.is(Verdict.FAILED) || current.cases.contains(result.what())) {
                current.show();
                TerminalReport.verdict(result, colours).forEach(out);
            }
        });
    }

    /** Between the last trial of a submission and the first of the next. */
    private Stage empty() {
        return new Stage(List.of(), List.of(""));
    }

    @Override
    public void flush() {
        try {
            printer.submit(() -> {
                current.endRows("");
                current = empty();
            }).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until everything is printed. */
    @Override
    public void close() {
        try {
            flush();
        } finally {
            printer.shutdown();
        }
    }

    /**
     * A row that has no end yet.
     *
     * @param seconds when the last of its text came, since the trial began
     * @param since nanoTime of its beginning
     */
    private record OpenRow(double seconds, StringBuilder text, long since) {

        OpenRow with(String part, double when) {
            return new OpenRow(text.isEmpty() || !part.isBlank() ? when : seconds, text.append(part), since);
        }
    }

    /** One trial. Only the printing thread uses it. */
    private final class Stage {

        private final List<Case> cases;
        private final ConsoleRows consoles;
        /** What is not shown yet, if it is a trial for others. */
        private final List<String> kept = new ArrayList<>();
        private boolean isShown;
        private final Map<String, OpenRow> open = new LinkedHashMap<>();
        /** Whose last row has been printed before it had ended. */
        private final Set<String> unfinished = new HashSet<>();
        private final Map<String, Integer> counts = new LinkedHashMap<>();

        Stage(List<Case> cases, List<String> users) {
            this.cases = cases;
            this.consoles = new ConsoleRows(users, width.get());
            this.isShown = cases.stream().anyMatch(wished::contains);
        }

        void begin() {
            print("");
            cases.stream().filter(one -> !isShown || wished.contains(one)).forEach(one -> {
                print(one.number() + " " + one.title());
                PlainText.wrap(Tried.words(one), TerminalReport.WIDTH).forEach(row -> print("  " + row));
            });
            consoles.head().forEach(this::print);
        }

        void add(String user, double seconds, Kind kind, String text) {
            endRows(user); // so that rows stand in the order of time
            if (kind != Kind.SHOWN) {
                end(user);
                unfinished.remove(user);
                text.lines().forEach(line -> print(user, new Line(seconds, kind, line), ConsoleText.sign(kind)));
                return;
            }
            for (String part : text.isEmpty() ? new String[0] : text.split("(?<=\n)")) {
                open.put(user, open.getOrDefault(user, new OpenRow(seconds, new StringBuilder(), System.nanoTime()))
                        .with(part, seconds));
                if (part.endsWith("\n")) {
                    end(user);
                    unfinished.remove(user);
                }
            }
        }

        /** Prints the rows that all others have begun. */
        void endRows(String except) {
            List.copyOf(open.keySet()).stream().filter(user -> !user.equals(except)).forEach(this::end);
        }

        void endOldRows() {
            long now = System.nanoTime();
            List.copyOf(open.keySet()).stream().filter(user -> now - open.get(user).since()
                    > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)).forEach(this::end);
        }

        private void end(String user) {
            OpenRow row = open.remove(user);
            boolean isOnlyItsEnd = row != null && row.text().toString().equals("\n") && unfinished.contains(user);
            if (row != null && !isOnlyItsEnd) {
                String sign = unfinished.add(user) ? ConsoleText.sign(Kind.SHOWN) : GOES_ON;
                print(user, new Line(row.seconds(), Kind.SHOWN, row.text().toString().replace("\n", "")), sign);
            }
        }

        private void print(String user, Line line, String sign) {
            int count = counts.merge(user, 1, Integer::sum);
            if (line.kind() != Kind.SHOWN || count <= MOST_ROWS) {
                consoles.rows(user, new Line(line.seconds(), line.kind(), SubmissionConsole.visible(line.text())), sign)
                        .forEach(this::print);
            }
            if (count == MOST_ROWS) {
                consoles.rows(user, new Line(line.seconds(), Kind.HAPPENED, "the rest is not shown: too many lines"),
                        ConsoleText.sign(Kind.HAPPENED)).forEach(this::print);
            }
        }

        private void print(String row) {
            if (isShown) {
                out.accept(row);
            } else {
                kept.add(row);
            }
        }

        /** What was kept back so far. */
        void show() {
            isShown = true;
            kept.forEach(out);
            kept.clear();
        }
    }
}
