package grader;

import java.time.Duration;

/** The time that a submission may take. It stands still while a trial of it waits for its turn. */
public final class TimeLimit {

    private final long start = System.nanoTime();
    private final long limit;
    private int waiting;
    private long waitingSince;
    private long waited;

    public TimeLimit(Duration limit) {
        this.limit = limit.toNanos();
    }

    /** A trial begins to wait. */
    public synchronized void stop() {
        if (waiting++ == 0) {
            waitingSince = System.nanoTime();
        }
    }

    /** A trial that has waited begins. */
    public synchronized void goOn() {
        if (--waiting == 0) {
            waited += System.nanoTime() - waitingSince;
        }
    }

    /** In nanoseconds; 0 or less if it is over. */
    public synchronized long left() {
        long now = System.nanoTime();
        return limit - (now - start) + waited + (waiting > 0 ? now - waitingSince : 0);
    }
}
