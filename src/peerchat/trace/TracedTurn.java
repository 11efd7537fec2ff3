package peerchat.trace;

import java.util.List;

/**
 * One turn of the loop. All times are nanoseconds.
 *
 * @param number  from 1, counted from the start of the program
 * @param phases  the beginning of each step that the turn has reached
 * @param isEmpty whether nothing happened in it
 */
record TracedTurn(long number, long begin, long end, List<Long> phases, List<Wait> waits, boolean isEmpty) {
    /** A wait on a source, for some milliseconds at most. */
    record Wait(String on, int millis, long from, long to) {}

    boolean has(Trace.Phase phase) {
        return phase.ordinal() < phases.size();
    }

    long begin(Trace.Phase phase) {
        return phases.get(phase.ordinal());
    }

    /** When the next step began, or the turn ended. */
    long end(Trace.Phase phase) {
        int next = phase.ordinal() + 1;
        return next < phases.size() ? phases.get(next) : end;
    }
}
