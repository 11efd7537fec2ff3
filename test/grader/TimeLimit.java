package grader;

import java.time.Duration;

/** The time that a submission may take. It stands still while a trial of it waits for its turn. */
final class TimeLimit {

    private final long start = System.nanoTime();
    private final long limit;
    private int waiting;
    private long waitingSince;
    private long waited;

    TimeLimit(Duration limit) {
        this.limit = limit.toNanos();
    }

    synchronized void stop() {
        if (waiting++ == 0) {
            waitingSince = System.nanoTime();
        }
    }

    synchronized void goOn() {
        if (--waiting == 0) {
            waited += System.nanoTime() - waitingSince;
        }
    }

    /** In nanoseconds; 0 or less if it is over. */
    synchronized long left() {
        long now = System.nanoTime();
        return limit - (now - start) + waited + (waiting > 0 ? now - waitingSince : 0);
    }
}
