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
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long passed = System.nanoTime() - start;
            if (passed > TimeUnit.SECONDS.toNanos(seconds)) {
                throw new AssertionError("after " + seconds + " s: " + whatIsMissing.get());
            }
            LockSupport.parkNanos(Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, passed / PART)));
        }
    }
}
