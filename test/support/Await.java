package support;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, with a deadline that only a broken program reaches. */
public final class Await {

    private static final long DEADLINE_SECONDS = 60;

    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** To look costs something, a process where a terminal is looked at: the longer it takes, the less often. */
    private static final int PART = 10;

    private Await() {
    }

    public static void until(BooleanSupplier condition, Supplier<String> whatIsMissing) {
        until(condition, DEADLINE_SECONDS, whatIsMissing);
    }

    public static void until(BooleanSupplier condition, long seconds, Supplier<String> whatIsMissing) {
        if (!within(TimeUnit.SECONDS.toNanos(seconds), LONGEST_NANOS, condition)) {
            throw new AssertionError("after " + seconds + " s: " + whatIsMissing.get());
        }
    }

    /**
     * Looks again and again: after a while, only when the time that has passed has grown by a tenth. Times are
     * nanoseconds.
     *
     * @return whether the condition came true in time
     */
    public static boolean within(long mostNanos, long longestPause, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long passed = System.nanoTime() - start;
            if (passed > mostNanos) {
                return false;
            }
            long pause = Math.min(longestPause, Math.max(SHORTEST_NANOS, passed / PART));
            LockSupport.parkNanos(Math.min(pause, mostNanos - passed + SHORTEST_NANOS));
        }
        return true;
    }
}
