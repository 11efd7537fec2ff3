package peerchat.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import peerchat.text.Text;

/** Follows the turns of the loop, and counts the empty turns, in which nothing happened. */
final class Turns {
    private final List<TraceSink> sinks;
    /** The present turn: when it began, its steps and waits so far, and whether anything has happened in it. */
    private long begin;
    private List<Long> phases = new ArrayList<>();
    private List<TracedTurn.Wait> waitsOfTurn = new ArrayList<>();
    private boolean isEmpty;
    private boolean isInTurn;
    /** The present wait; its end is not known yet. */
    private Optional<TracedTurn.Wait> wait = Optional.empty();
    private long count;
    private long empty;
    private long waits;
    /** Empty turns since something last happened, and their longest wait in milliseconds. */
    private long emptyInARow;
    private int longestWait;

    Turns(List<TraceSink> sinks) {
        this.sinks = sinks;
    }

    void begin(long now) {
        isInTurn = true;
        isEmpty = true;
        begin = now;
        phases = new ArrayList<>();
        waitsOfTurn = new ArrayList<>();
        count++;
    }

    /** A step begins. Steps come in their order; only while leaving, some come again. */
    void phase(Trace.Phase phase, long now) {
        waited(now);
        while (phases.size() <= phase.ordinal()) {
            phases.add(now);
        }
    }

    void waits(String on, int atMostMillis, long now) {
        wait = Optional.of(new TracedTurn.Wait(on, atMostMillis, now, now));
    }

    void waited(long now) {
        wait.ifPresent(begun -> waitsOfTurn.add(new TracedTurn.Wait(begun.on(), begun.millis(), begun.from(), now)));
        wait = Optional.empty();
    }

    void end(long now) {
        if (!isInTurn) {
            return;
        }
        isInTurn = false;
        waited(now);
        waits += waitsOfTurn.size();
        if (isEmpty) {
            empty++;
            emptyInARow++;
            for (TracedTurn.Wait wait : waitsOfTurn) {
                longestWait = Math.max(longestWait, wait.millis());
            }
        }
        TracedTurn turn = new TracedTurn(count, begin, now, phases, waitsOfTurn, isEmpty);
        sinks.forEach(sink -> sink.turn(turn));
    }

    /** Returns how many empty turns there were since something last happened. */
    long somethingHappened() {
        isEmpty = false;
        return emptyInARow;
    }

    /** Describes the empty turns since something last happened, and begins to count anew. */
    String takeEmptyInARow() {
        String text = Text.counted(emptyInARow, "empty turn") + ", " + (longestWait == 0 ? "without a wait"
                : "waits up to " + longestWait + " ms");
        emptyInARow = 0;
        longestWait = 0;
        return text;
    }

    record Totals(long turns, long empty, long waits) {}

    Totals totals() {
        return new Totals(count, empty, waits);
    }
}
