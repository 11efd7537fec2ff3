package peerchat.trace;

import java.util.ArrayList;
import java.util.List;

/** One turn of the loop as the trace saw it: when each step began, and where it waited. All times in nanoseconds. */
final class TracedTurn {

    private static final int PHASES = Trace.Phase.values().length;

    /** A wait on one source, for some milliseconds at most. */
    record Wait(String on, int millis, long from, long to) {
    }

    private final long[] phases = new long[PHASES];
    private final List<Wait> waits = new ArrayList<>();
    private long number;
    private long begin;
    private long end;
    private int reached;
    private boolean isEmpty = true;

    void begin(long turnNumber, long now) {
        number = turnNumber;
        begin = now;
        reached = 0;
        isEmpty = true;
        waits.clear();
    }

    /** A step begins; they come in their order, and a second time only while leaving. */
    void phase(Trace.Phase phase, long now) {
        if (phase.ordinal() >= reached) {
            while (reached <= phase.ordinal()) {
                phases[reached++] = now;
            }
        }
    }

    void waited(Wait wait) {
        waits.add(wait);
    }

    void somethingHappened() {
        isEmpty = false;
    }

    void end(long now) {
        end = now;
    }

    /** From 1, counted from the start of the program. */
    long number() {
        return number;
    }

    /** Whether nothing happened in it. */
    boolean isEmpty() {
        return isEmpty;
    }

    long begin() {
        return begin;
    }

    long end() {
        return end;
    }

    List<Wait> waits() {
        return waits;
    }

    /** Whether it came to this step. */
    boolean has(Trace.Phase phase) {
        return phase.ordinal() < reached;
    }

    long begin(Trace.Phase phase) {
        return phases[phase.ordinal()];
    }

    /** Where the next step begins, or the turn ends. */
    long end(Trace.Phase phase) {
        int next = phase.ordinal() + 1;
        return next < reached ? phases[next] : end;
    }

    void copyFrom(TracedTurn other) {
        System.arraycopy(other.phases, 0, phases, 0, PHASES);
        waits.clear();
        waits.addAll(other.waits);
        number = other.number;
        begin = other.begin;
        end = other.end;
        reached = other.reached;
        isEmpty = other.isEmpty;
    }
}
