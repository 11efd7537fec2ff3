package bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** The first message after a silence. Many programs are silent at the same time, to save time. */
final class Silences {

    /** Seconds: up to here the silence is a pause, in the words of the policy. */
    private static final double PAUSE = 10;
    private static final double PAUSED = 2;
    private static final double SILENT = 12;
    private static final double LONGEST_SILENCE = 90;
    /** Seconds in which the programs that were started come to rest. */
    private static final double SETTLING = 5;
    /** The friend who has no connection yet. */
    private static final int NEWCOMER = 4;

    private final Latency latency;
    private final Size size;
    private final Random random = new Random(2);
    private final Schedule schedule = new Schedule();
    private final List<Duel> duels = new ArrayList<>();
    /** The results of each row, by its name. */
    private final Map<String, Map<Program, Histogram>> results = new LinkedHashMap<>();
    private final Map<String, Double> targets = new LinkedHashMap<>();

    Silences(Latency latency, Size size) {
        this.latency = latency;
        this.size = size;
    }

    /** The worst of each kind. */
    List<Row> rows() throws IOException {
        try {
            addFriends();
            addNewConnections(0, 2, 2);
            addNewConnections(5, 60, 110);
            addNewConnections(8, 60, 110);
            LockSupport.parkNanos((long) (TimeUnit.SECONDS.toNanos(1) * seconds(SETTLING)));
            warmUp();
            schedule.run();
        } finally {
            for (Duel duel : duels) {
                duel.close();
            }
        }
        List<Row> rows = new ArrayList<>();
        results.forEach((what, histograms) -> rows.add(Latency.row(what + ": worst of " + size.silences(),
                histograms, 100, targets.get(what))));
        return rows;
    }

    /** Everybody speaks: the first messages after a start have a row of their own. */
    private void warmUp() throws IOException {
        Map<Program, Histogram> dropped = Latency.histograms();
        for (int i = 0; i < size.warmUpMessages() / duels.size(); i++) {
            for (Duel duel : duels) {
                for (int friend : duel.programs().get(Program.JAVA).connected()) {
                    latency.message(duel, friend, dropped);
                }
                if (!duel.programs().get(Program.JAVA).connected().contains(NEWCOMER)) {
                    fromNewcomer(duel, dropped);
                }
            }
        }
    }

    private Map<Program, Histogram> row(String what, double targetMillis) {
        targets.put(what, targetMillis);
        return results.computeIfAbsent(what, key -> Latency.histograms());
    }

    /** Five connections; the friend who spoke last speaks again, or another one does. */
    private void addFriends() throws IOException {
        String first = "first message after " + Row.number(seconds(PAUSED)) + " s of silence, from ";
        String late = "first message after " + Row.number(seconds(SILENT)) + " s of silence, from ";
        Map<Program, Histogram> sameSoon = row(first + "the friend who spoke last", 2);
        Map<Program, Histogram> sameLate = row(late + "the friend who spoke last", 2);
        Map<Program, Histogram> otherSoon = row(first + "another friend", 12);
        Map<Program, Histogram> otherLate = row(late + "another friend", 55);
        int perDuel = Math.min(4, size.silences());
        for (int i = 0; i < size.silences(); i += perDuel) {
            Duel duel = Duel.startAtRest();
            duels.add(duel);
            duel.connectFriends(Duel.MOST_FRIENDS);
            schedule.add(IntStream.range(0, perDuel).boxed().flatMap(round -> Stream.of(
                    step(PAUSED, () -> latency.message(duel, last(round, 0), sameSoon)),
                    step(SILENT, () -> latency.message(duel, last(round, 0), sameLate)),
                    step(PAUSED, () -> latency.message(duel, last(round, 1), otherSoon)),
                    step(SILENT, () -> latency.message(duel, last(round, 2), otherLate)))).iterator());
        }
    }

    /** Who speaks: the last one who connected, then others. */
    private static int last(int round, int others) {
        return (Duel.MOST_FRIENDS - 1 + 2 * round + others) % Duel.MOST_FRIENDS;
    }

    /** Some connections are open, up to four of them accepted. A friend who has none comes after a silence. */
    private void addNewConnections(int open, double targetPaused, double targetSilent) throws IOException {
        String what = "first message over a new connection, " + open + " open, after a silence of ";
        Map<Program, Histogram> paused = row(what + "2 to 10 s", targetPaused);
        Map<Program, Histogram> silent = row(what + "10 to 90 s", targetSilent);
        int duelsOfThis = (size.silences() + 2) / 3;
        for (int i = 0; i < duelsOfThis; i++) {
            Duel duel = Duel.startAtRest();
            duels.add(duel);
            duel.connectFriends(Duel.MOST_FRIENDS); // the first connection after a start has a row of its own
            for (int friend = NEWCOMER; friend >= Math.min(open, NEWCOMER); friend--) {
                duel.disconnect(friend);
            }
            for (Running program : duel.programs().values()) {
                program.takeClientSockets(Math.max(0, open - NEWCOMER));
            }
            // Short silences and long ones in each, so that all are done at about the same time.
            List<Double> parts = Stream.of(i, i + duelsOfThis, size.silences() - 1 - i).distinct()
                    .filter(j -> j < size.silences()).map(j -> (j + random.nextDouble()) / size.silences()).toList();
            schedule.add(Stream.concat(
                    parts.stream().map(part -> step(PAUSED + (PAUSE - PAUSED) * part,
                            () -> fromNewcomer(duel, paused))),
                    parts.stream().map(part -> step(PAUSE + (LONGEST_SILENCE - PAUSE) * Math.pow(part, 4),
                            () -> fromNewcomer(duel, silent)))).iterator());
        }
    }

    private void fromNewcomer(Duel duel, Map<Program, Histogram> result) throws IOException {
        latency.messageOverNewConnection(duel, NEWCOMER, result);
        duel.disconnect(NEWCOMER);
    }

    private Schedule.Step step(double seconds, Schedule.Action action) {
        return new Schedule.Step(seconds(seconds), action);
    }

    private double seconds(double wanted) {
        return wanted * size.silenceScale();
    }
}
