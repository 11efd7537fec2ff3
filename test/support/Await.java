package support;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, with a deadline that only a broken program reaches. */
public final class Await {

    private static final long DEADLINE_SECONDS = 60;

    private Await() {
    }

    public static void until(BooleanSupplier condition, Supplier<String> whatIsMissing) {
        until(condition, DEADLINE_SECONDS, whatIsMissing);
    }

    public static void until(BooleanSupplier condition, long seconds, Supplier<String> whatIsMissing) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("after " + seconds + " s: " + whatIsMissing.get());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }
}
