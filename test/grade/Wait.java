package grade;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting with a bound, always; and it ends when the time for the submission does. */
final class Wait {

    private static final long PERIOD_MILLIS = 10;
    private static final long LONG_PERIOD_MILLIS = 200;

    private Wait() {
    }

    /** @return whether the condition came true in time */
    static boolean until(Duration most, BooleanSupplier condition) {
        return until(most, PERIOD_MILLIS, condition);
    }

    /** The same, where a fifth of a second does not matter and the condition takes time itself. */
    static boolean patiently(Duration most, BooleanSupplier condition) {
        return until(most, LONG_PERIOD_MILLIS, condition);
    }

    private static boolean until(Duration most, long periodMillis, BooleanSupplier condition) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new OutOfTime();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(periodMillis));
        }
        return true;
    }

    /** Lets time pass in which something must not happen. */
    static void during(Duration time) {
        until(time, () -> false);
    }
}
