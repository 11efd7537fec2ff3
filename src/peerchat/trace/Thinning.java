package peerchat.trace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Which turns a trace keeps. Those in which something happened, all; of those in which nothing did, which are the bulk, a
 * few before and a few after, as long as there is room for them. The others are counted.
 */
final class Thinning {

    /** Takes what is kept. */
    interface Writer {

        /** Writes a turn, and tells how many bytes that took. */
        int turn(TracedTurn turn);

        /** In place of so many empty turns; nothing else happened between these times. */
        void skipped(long turns, long waits, long from, long to);
    }

    /** Empty turns that are kept before something happens, and after it. */
    private static final int AROUND = 48;

    /** Bytes for empty turns: so many at once, and so many a second, which is 11 MB in the first hour. */
    private static final long ROOM_AT_ONCE = 4_000_000;
    private static final long ROOM_PER_SECOND = 2_000;

    /** However long nothing happens, a program that is killed then leaves a sign of it. */
    private static final long LONGEST_SKIP = TimeUnit.SECONDS.toNanos(10);

    private final Writer writer;
    private final Deque<TracedTurn> recent = new ArrayDeque<>();
    private int wantedAfter;
    private long room = ROOM_AT_ONCE;
    private long roomSince;
    private long skipped;
    private long skippedWaits;
    private long skippedFrom;
    private long skippedTo;

    /** @param now nanoseconds */
    Thinning(Writer writer, long now) {
        this.writer = writer;
        this.roomSince = now;
    }

    /** Takes a turn that has ended; the turn is valid during this call. */
    void take(TracedTurn turn) {
        makeRoom(turn.end());
        if (!turn.isEmpty()) {
            writeRecent();
            writer.turn(turn);
            wantedAfter = AROUND;
        } else if (wantedAfter > 0) {
            wantedAfter--;
            writeEmpty(turn);
        } else {
            keep(turn);
            if (skipped > 0 && skippedTo - skippedFrom > LONGEST_SKIP) {
                writeSkipped();
            }
        }
    }

    /** Writes what it has kept back. */
    void writeRecent() {
        recent.forEach(this::writeEmpty);
        recent.clear();
        writeSkipped();
    }

    private void makeRoom(long now) {
        long millis = TimeUnit.NANOSECONDS.toMillis(now - roomSince);
        roomSince += TimeUnit.MILLISECONDS.toNanos(millis);
        room = Math.min(ROOM_AT_ONCE, room + millis * ROOM_PER_SECOND / 1000);
    }

    /** Keeps it for the case that something happens soon, and lets go of the oldest one that was kept. */
    private void keep(TracedTurn turn) {
        TracedTurn kept;
        if (recent.size() < AROUND) {
            kept = new TracedTurn();
        } else {
            kept = recent.removeFirst();
            skip(kept);
        }
        kept.copyFrom(turn);
        recent.addLast(kept);
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
        if (skipped == 0) {
            skippedFrom = turn.begin();
        }
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
