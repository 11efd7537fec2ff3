package grade;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting with a bound, always; and it ends when the time for the submission does. */
final class Wait {

    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** To look is not free: the longer it takes, the less often. */
    private static final int PART = 10;

    private Wait() {
    }

    /**
     * Looks again and again: after a while, only when the time that has passed has grown by a tenth.
     *
     * @return whether the condition came true in time
     * @throws OutOfTime if there is no time left for this submission
     */
    static boolean until(Duration most, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long passed = System.nanoTime() - start;
            if (passed > most.toNanos()) {
                return false;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new OutOfTime();
            }
            long pause = Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, passed / PART));
            LockSupport.parkNanos(Math.min(pause, most.toNanos() - passed + SHORTEST_NANOS));
        }
        return true;
    }

    /** Lets time pass in which something must not happen. */
    static void during(Duration time) {
        until(time, () -> false);
    }
}
