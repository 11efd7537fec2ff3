package bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Messages with the gaps of a conversation, from 5 ms to 5 s, short gaps as likely as long ones. Beside them somebody
 * types on a terminal, a few keys after each silence.
 */
final class HumanPace {

    private static final double SHORTEST_GAP_SECONDS = 0.005;
    private static final double LONGEST_TO_SHORTEST = 1000;

    private static final double SILENCE_SECONDS = 2;
    private static final int KEYS = 8;

    private final Latency latency;
    private final Size size;
    private final Random random = new Random(1);

    HumanPace(Latency latency, Size size) {
        this.latency = latency;
        this.size = size;
    }

    /** A talk of two, with one connection each way, and beside it five friends who speak at random. */
    List<Row> talks() throws IOException {
        try (Duel two = Duel.startAtRest(); Duel five = Duel.startAtRest();
                Running terminal = Running.startOnTerminal()) {
            two.connectFriends(1);
            for (Running program : two.programs().values()) {
                program.takeClientSockets(1);
            }
            five.connectFriends(Duel.MOST_FRIENDS);
            Map<Program, Histogram> ofTwo = latency.distribution("a talk of two (gaps of 5 ms to 5 s)");
            Map<Program, Histogram> ofFive = latency.distribution("five friends at random (gaps of 5 ms to 5 s)");
            Echo echo = new Echo(size, terminal);
            Map<Program, Histogram> dropped = Latency.histograms();
            for (int i = 0; i < size.warmUpMessages(); i++) { // the first messages after a start have rows of their own
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                latency.message(two, 0, dropped);
                latency.message(five, i % Duel.MOST_FRIENDS, dropped);
                echo.key();
            }
            CpuTime cpu = CpuTime.of(two);
            Schedule schedule = new Schedule();
            schedule.add(Stream.of(Stream.of(new Schedule.Step(0, cpu::begin)), talk(two, ofTwo),
                    Stream.of(new Schedule.Step(0, cpu::end))).flatMap(steps -> steps).iterator());
            schedule.add(talk(five, ofFive).iterator());
            Histogram firstKeys = new Histogram(3);
            Histogram laterKeys = new Histogram(3);
            schedule.add(keys(echo, firstKeys, laterKeys).iterator());
            schedule.run();
            List<Row> rows = new ArrayList<>(Latency.rows("human pace, a talk of two", ofTwo, 0.4, 2, 4));
            rows.addAll(Latency.rows("human pace, five friends at random", ofFive, 3, 12));
            rows.add(cpu.figures("CPU during the talk of two").atMost(2));
            rows.add(Latency.row("first key after 2 s of silence: worst of " + size.silences(),
                    Map.of(Program.JAVA, firstKeys), 100, 12));
            rows.add(Latency.row("the keys after it: p99", Map.of(Program.JAVA, laterKeys), 99, 2));
            return rows;
        }
    }

    private Stream<Schedule.Step> keys(Echo echo, Histogram first, Histogram later) {
        return IntStream.range(0, size.silences()).boxed().flatMap(i -> Stream.concat(
                Stream.of(new Schedule.Step(SILENCE_SECONDS * size.silenceScale(),
                        () -> first.recordValue(echo.key()))),
                IntStream.range(0, KEYS).mapToObj(key -> new Schedule.Step(0.05 + 0.25 * random.nextDouble(),
                        () -> later.recordValue(echo.key())))));
    }

    private Stream<Schedule.Step> talk(Duel duel, Map<Program, Histogram> results) {
        return IntStream.range(0, size.humanMessages()).mapToObj(i -> {
            int friends = duel.programs().get(Program.JAVA).friends();
            int friend = random.nextInt(friends);
            return new Schedule.Step(SHORTEST_GAP_SECONDS * Math.pow(LONGEST_TO_SHORTEST, random.nextDouble()),
                    () -> latency.message(duel, friend, results));
        });
    }
}
