package demo;

import java.util.List;
import java.util.Optional;

/**
 * The trace of a peer. All times are nanoseconds of the machine's monotonic clock.
 *
 * @param turns   the turns that the trace has singly, in their order
 * @param thinned the others, in which nothing happened, in groups
 * @param counts  at the end, if it came to that
 */
record PeerTrace(String name, List<Happening> happenings, List<Turn> turns, List<Thinned> thinned, List<Gear> gears,
        Optional<Counts> counts) {

    /** A part of time. */
    interface Part {

        long from();

        long to();

        default boolean touches(Part other) {
            return from() < other.to() && other.from() < to();
        }

        default boolean holds(long time) {
            return from() <= time && time <= to();
        }

        default long length() {
            return to() - from();
        }
    }

    /** Any part of time. */
    record Stretch(long from, long to) implements Part {
    }

    /** One pass of the loop. */
    record Turn(long number, long from, long to, List<Step> steps, List<Wait> waits) implements Part {
    }

    /** A step of a turn: accept, read, keyboard, send, close, show, leave. */
    record Step(String name, long from, long to) implements Part {
    }

    /** A wait within a step, on one source, for so many milliseconds at most. */
    record Wait(String on, int atMostMillis, long from, long to) implements Part {
    }

    /** Turns in which nothing happened, and which the trace only counts. */
    record Thinned(long turns, long waits, long from, long to) implements Part {
    }

    /** How eagerly the loop turned. */
    record Gear(String name, long from, long to) implements Part {
    }

    /** What the peer counted; CPU time in milliseconds, where the machine tells it. */
    record Counts(long turns, long emptyTurns, long waits, long sent, long received, Optional<Long> cpuMillis) {
    }

    long began() {
        return happenings.get(0).time();
    }

    long ended() {
        return happenings.get(happenings.size() - 1).time();
    }

    /** The turns of which any part lies within. */
    List<Turn> turnsWithin(Part part) {
        return turns.stream().filter(turn -> turn.touches(part)).toList();
    }

    /** The turn in which it was at that time, if the trace has it. */
    Optional<Turn> turnAt(long time) {
        return turns.stream().filter(turn -> turn.holds(time)).findFirst();
    }

    /** The gear at that time; empty before the first one. */
    String gearAt(long time) {
        return gears.stream().filter(gear -> gear.holds(time)).map(Gear::name).findFirst().orElse("");
    }
}
