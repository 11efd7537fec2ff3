package peerchat.trace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Decides which turns a trace keeps: all turns in which something happened, and of the empty turns, which are the bulk, a
 * few before and a few after, as long as there is room for them. The others are counted.
 */
final class Thinning {

    /** Takes what is kept. */
    interface Writer {

        /** Writes a turn, and returns how many bytes that took. */
        int turn(TracedTurn turn);

        /** Writes one entry for a number of empty turns; nothing else happened between these times. */
        void skipped(long turns, long waits, long from, long to);
    }

    /** Empty turns that are kept before something happens, and after it. */
    private static final int AROUND = 48;

    /** Bytes for empty turns: that many at once, and that many a second, which is 11 MB in the first hour. */
    private static final long ROOM_AT_ONCE = 4_000_000;
    private static final long ROOM_PER_SECOND = 2_000;

    /** However long nothing happens, a program that is killed then leaves a sign of it. */
    private static final long LONGEST_SKIP = TimeUnit.SECONDS.toNanos(10);

    private final Writer writer;
    /** Empty turns that are written if something happens soon. */
    private final Deque<TracedTurn> recent = new ArrayDeque<>();
    /** How many of the next empty turns are written. */
    private int wantedAfter;
    private long room = ROOM_AT_ONCE;
    private long roomSince;
    /** Turns that are counted in one entry, with their waits and times. */
    private long skipped;
    private long skippedWaits;
    private long skippedFrom;
    private long skippedTo;

    /** @param now nanoseconds */
    Thinning(Writer writer, long now) {
        this.writer = writer;
        this.roomSince = now;
    }

    void take(TracedTurn turn) {
        long millis = TimeUnit.NANOSECONDS.toMillis(turn.end() - roomSince);
        roomSince += TimeUnit.MILLISECONDS.toNanos(millis);
        room = Math.min(ROOM_AT_ONCE, room + millis * ROOM_PER_SECOND / 1000);
        if (!turn.isEmpty()) {
            writeRecent();
            writer.turn(turn);
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

    /** Writes what was kept back. */
    void writeRecent() {
        recent.forEach(this::writeEmpty);
        recent.clear();
        writeSkipped();
    }

    private void writeEmpty(TracedTurn turn) {
        if (room > 0) {
            writeSkipped();
            room -= writer.turn(turn);
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
            writer.skipped(skipped, skippedWaits, skippedFrom, skippedTo);
        }
        skipped = 0;
        skippedWaits = 0;
    }
}
