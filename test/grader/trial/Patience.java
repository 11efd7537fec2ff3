package grader.trial;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import support.Await;

/** Waiting with a bound, always; and it ends when the time for the submission does. */
public final class Patience {

    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private Patience() {
    }

    /**
     * Waits for a condition.
     *
     * @return whether it came true in time
     * @throws OutOfTime if there is no time left for this submission
     */
    public static boolean until(Duration most, BooleanSupplier condition) {
        return Await.within(most.toNanos(), LONGEST_PAUSE, () -> {
            if (condition.getAsBoolean()) {
                return true;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new OutOfTime();
            }
            return false;
        });
    }

    /** Lets time pass in which something must not happen. */
    public static void during(Duration time) {
        until(time, () -> false);
    }
}
