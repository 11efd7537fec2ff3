package peerchat.trace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Writes the turns into a trace file, with their steps and waits. Most turns are empty. Only those empty turns are
 * written that are next to a turn in which something happened, while there is room for them. The others are counted.
 */
final class TurnTrack {
    /** How many empty turns are written before a turn in which something happened, and after it. */
    private static final int AROUND = 48;

    /** A token bucket of bytes for empty turns: 4 MB at once, and 2 kB a second; 11 MB in the first hour. */
    private static final long ROOM_AT_ONCE = 4_000_000;
    private static final long ROOM_PER_SECOND = 2_000;

    /** Counted turns are written this often, so that the file of a killed program has them. */
    private static final long LONGEST_SKIP = TimeUnit.SECONDS.toNanos(10);

    private final TraceJson json;
    /** Empty turns that are written if something happens soon. */
    private final Deque<TracedTurn> recent = new ArrayDeque<>();
    /** How many of the next empty turns are to be written. */
    private int wantedAfter;
    private long room = ROOM_AT_ONCE;
    private long roomSince;
    /** Turns that will be counted in one entry, with their waits and times. */
    private long skipped;
    private long skippedWaits;
    private long skippedFrom;
    private long skippedTo;

    /** @param now nanoseconds */
    TurnTrack(TraceJson json, long now) {
        this.json = json;
        this.roomSince = now;
    }

    void turn(TracedTurn turn) {
        long millis = TimeUnit.NANOSECONDS.toMillis(turn.end() - roomSince);
        roomSince += TimeUnit.MILLISECONDS.toNanos(millis);
        room = Math.min(ROOM_AT_ONCE, room + millis * ROOM_PER_SECOND / 1000);
        if (!turn.isEmpty()) {
            writeRecent();
            write(turn);
            wantedAfter = AROUND;
        } else if (wantedAfter > 0) {
            wantedAfter--;
            writeEmpty(turn);
        } else {
            recent.addLast(turn);
            if (recent.size() > AROUND) {
                skip(recent.removeFirst());
            }
            if (skipped > 0 && skippedTo - skippedFrom > LONGEST_SKIP) {
                writeSkipped();
            }
        }
    }

    /** Writes the turns that were kept back. */
    void writeRecent() {
        recent.forEach(this::writeEmpty);
        recent.clear();
        writeSkipped();
    }

    private void writeEmpty(TracedTurn turn) {
        if (room > 0) {
            writeSkipped();
            int before = json.length();
            write(turn);
            room -= json.length() - before;
        } else {
            skip(turn);
        }
    }

    private void skip(TracedTurn turn) {
        skippedFrom = skipped == 0 ? turn.begin() : skippedFrom;
        skipped++;
        skippedWaits += turn.waits().size();
        skippedTo = turn.end();
    }

    private void writeSkipped() {
        if (skipped > 0) {
            slice(0, "empty turns", "turn", skippedFrom, skippedTo).args().value("turns", skipped)
                    .value("waits", skippedWaits).end();
        }
        skipped = 0;
        skippedWaits = 0;
    }

    private void write(TracedTurn turn) {
        slice(0, "turn", "turn", turn.begin(), turn.end()).args().value("number", turn.number()).end();
        for (Trace.Phase phase : Trace.Phase.values()) {
            if (turn.has(phase)) {
                slice(1, TraceEvent.title(phase), "step", turn.begin(phase), turn.end(phase)).end();
            }
        }
        for (TracedTurn.Wait wait : turn.waits()) {
            slice(2, "wait", "wait", wait.from(), wait.to()).args().text("on", wait.on())
                    .value("atMostMillis", wait.millis()).end();
        }
    }

    /**
     * Writes a slice, which is narrower by a nanosecond on each side than the slice around it. If two slices had the
     * same begin or end, a viewer could not tell which lies in which.
     */
    private TraceJson slice(int depth, String name, String category, long from, long to) {
        return json.event("X", name, category, TraceJson.LOOP, from + depth)
                .micros("dur", Math.max(0, to - from - 2 * depth - 1));
    }
}
