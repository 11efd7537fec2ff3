package peerchat.trace;

import java.util.List;

/** Follows the turns of the loop, and counts the empty ones: nothing happened in them. */
final class Turns {

    private final List<TraceSink> sinks;
    private final TracedTurn turn = new TracedTurn();
    private boolean isInTurn;
    /** What is waited on, for how many milliseconds at most, and since when; 0 milliseconds if there is no wait. */
    private String waitsOn = "";
    private int millis;
    private long waitsSince;
    private long turns;
    private long emptyTurns;
    private long waits;
    /** Empty turns since something last happened, and the milliseconds of their waits. */
    private long emptyInARow;
    private int shortestWait;
    private int longestWait;

    Turns(List<TraceSink> sinks) {
        this.sinks = sinks;
    }

    void begin(long now) {
        isInTurn = true;
        turn.begin(++turns, now);
    }

    void phase(Trace.Phase phase, long now) {
        waited(now);
        turn.phase(phase, now);
    }

    void waits(String on, int atMostMillis, long now) {
        waitsOn = on;
        millis = atMostMillis;
        waitsSince = now;
    }

    void waited(long now) {
        if (millis > 0) {
            turn.waited(new TracedTurn.Wait(waitsOn, millis, waitsSince, now));
            millis = 0;
        }
    }

    void somethingHappened() {
        turn.somethingHappened();
    }

    void end(long now) {
        if (!isInTurn) {
            return;
        }
        isInTurn = false;
        waited(now);
        turn.end(now);
        waits += turn.waits().size();
        if (turn.isEmpty()) {
            emptyTurns++;
            emptyInARow++;
            for (TracedTurn.Wait wait : turn.waits()) {
                shortestWait = shortestWait == 0 ? wait.millis() : Math.min(shortestWait, wait.millis());
                longestWait = Math.max(longestWait, wait.millis());
            }
        }
        sinks.forEach(sink -> sink.turn(turn));
    }

    /** How many empty turns there were since something last happened. */
    long emptyInARow() {
        return emptyInARow;
    }

    /** Describes these empty turns, and begins to count anew. */
    String takeEmptyInARow() {
        String text = Tracing.counted(emptyInARow, "empty turn") + ", " + (longestWait == 0 ? "no waits"
                : (shortestWait == longestWait ? "" : shortestWait + " to ") + longestWait + " ms waits");
        emptyInARow = 0;
        shortestWait = 0;
        longestWait = 0;
        return text;
    }

    long count() {
        return turns;
    }

    long empty() {
        return emptyTurns;
    }

    long waits() {
        return waits;
    }
}
