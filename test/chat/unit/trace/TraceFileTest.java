package peerchat.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import support.TraceFormat;

/** An hour of the loop in a moment: the times are made up, the turns are as they come. */
class TraceFileTest {

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final int MEGABYTE = 1_000_000;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<String> complaints = new ArrayList<>();
    private long now = TimeUnit.DAYS.toNanos(1000) + 123_456_789; // the machine has been running for long
    private final TraceFile file = new TraceFile(written, Long.MAX_VALUE, "alice", complaints::add, now);
    private final Turns turn = new Turns(List.of(file));
    private long turns;

    private void turn(int waitMillis, String... messages) {
        turns++;
        turn.begin(now);
        for (Trace.Phase phase : Trace.Phase.values()) {
            if (phase == Trace.Phase.LEAVE) {
                break;
            }
            turn.phase(phase, now);
            now += 2 * MICRO;
            if (phase == Trace.Phase.READ) {
                if (waitMillis > 0) {
                    turn.waits("bob", waitMillis, now);
                    now += waitMillis * MILLI;
                    turn.waited(now);
                }
                for (String message : messages) {
                    turn.somethingHappened();
                    file.event(new TraceEvent(now, TraceEvent.Kind.RECEIVED, message,
                            Map.of(TraceEvent.MESSAGE, "a>b#" + turns)));
                }
            }
        }
        turn.end(now);
    }

    @Test
    void aProgramMayLeaveBeforeItsFirstTurn() {
        turn.phase(Trace.Phase.LEAVE, now);
        turn.end(now);
        file.close(now);
        assertEquals(0, trace().events("X", "turn").count());
    }

    /** Messages so many seconds apart, with the turns of the pace between them. */
    private void chat(long seconds, long gapSeconds) {
        for (long at = 0; at < seconds; at += gapSeconds) {
            long start = now;
            turn(0, "a message of some words, as people write them");
            while (now - start < gapSeconds * 1000 * MILLI) {
                long silence = now - start;
                turn(silence < 300 * MICRO ? 0 : (int) Math.max(1, Math.min(50, silence / MILLI / 20)));
            }
        }
        file.close(now);
    }

    private TraceFormat trace() {
        return TraceFormat.of(written.toString(StandardCharsets.UTF_8));
    }

    @Test
    void anHourOfTalkStaysUnder20Megabytes() {
        chat(TimeUnit.HOURS.toSeconds(1), 2);
        assertTrue(written.size() < 20 * MEGABYTE, () -> written.size() + " bytes");
        assertTrue(turns > 100_000, "too few turns to count");
        assertEquals(1800, trace().events("i", "received").count());
        assertEquals(List.of(), complaints);
    }

    @Test
    void anHourOfSilenceIsSmall() {
        chat(TimeUnit.HOURS.toSeconds(1), 3600);
        assertTrue(written.size() < MEGABYTE, () -> written.size() + " bytes");
        TraceFormat trace = trace().check();
        assertTrue(trace.events("X", "empty turns").count() > 300, "no sign of life for more than ten seconds");
        assertEquals(turns, trace.events("X", "turn").count() + trace.events("X", "empty turns")
                .mapToLong(slice -> slice.getAsJsonObject("args").get("turns").getAsLong()).sum());
    }

    @Test
    void theTurnsAroundWhatHappensAreKeptAndTheOthersCounted() {
        for (int i = 0; i < 200; i++) {
            turn(0);
        }
        turn(0, "hello");
        for (int i = 0; i < 200; i++) {
            turn(0);
        }
        turn(0, "bye");
        file.close(now);
        TraceFormat trace = trace().check();
        assertEquals(48 + 1 + 48 + 48 + 1, trace.events("X", "turn").count());
        assertEquals(List.of(152L, 104L), trace.events("X", "empty turns")
                .map(slice -> slice.getAsJsonObject("args").get("turns").getAsLong()).toList());
    }

    @Test
    void whenTheRoomForEmptyTurnsIsUsedUpTheOthersAreStillThere() {
        for (int i = 0; i < 300; i++) {
            turn(0, "message " + i);
            for (int j = 0; j < 200; j++) {
                turn(0);
            }
        }
        file.close(now);
        TraceFormat trace = trace().check();
        assertEquals(300, trace.events("i", "received").count());
        assertTrue(trace.events("X", "turn").count() < 300 * 96, "empty turns are not limited");
        assertTrue(written.size() < 6 * MEGABYTE, () -> written.size() + " bytes");
        List<JsonObject> skips = trace.events("X", "empty turns").toList();
        NavigableSet<Long> begins = trace.events("X", "turn").map(TraceFormat::time)
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(skips.stream().allMatch(skip -> begins.subSet(TraceFormat.time(skip), TraceFormat.end(skip))
                .isEmpty()),
                "a turn lies among those that were counted");
        assertEquals(turns, trace.events("X", "turn").count() + trace.events("X", "empty turns")
                .mapToLong(slice -> slice.getAsJsonObject("args").get("turns").getAsLong()).sum());
    }

    @Test
    void aFileThatIsTooLargeEndsAndSaysSo() {
        AtomicLong size = new AtomicLong();
        AtomicReference<byte[]> last = new AtomicReference<>();
        TraceFile large = new TraceFile(new OutputStream() {

            @Override
            public void write(int b) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes, int from, int count) {
                size.addAndGet(count);
                last.set(Arrays.copyOfRange(bytes, from, from + count));
            }
        }, 2 * MEGABYTE, "alice", complaints::add, now);
        TraceEvent event = new TraceEvent(now, TraceEvent.Kind.RECEIVED, "x".repeat(MEGABYTE / 10), Map.of());
        for (int i = 0; i < 30; i++) {
            large.event(event);
        }
        large.close(now);
        assertEquals(List.of("the trace file is 2 MB large: it ends here, the chat goes on"), complaints);
        assertTrue(size.get() < 2.2 * MEGABYTE, () -> size + " bytes");
        assertEquals("\n]\n", new String(last.get(), StandardCharsets.UTF_8));
    }
}
