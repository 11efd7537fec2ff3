package grader.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
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

    /**
     * Looks again and again, with a pause in between.
     *
     * @return what was seen twice in a row, or at last
     */
    public static <T> T settled(Supplier<T> look) {
        List<T> seen = new ArrayList<>(List.of(look.get()));
        until(Trial.TO_SHOW, () -> {
            during(Trial.QUIET);
            seen.add(look.get());
            return seen.get(seen.size() - 1).equals(seen.get(seen.size() - 2));
        });
        return seen.get(seen.size() - 1);
    }

    /** Lets time pass in which something must not happen. */
    public static void during(Duration time) {
        until(time, () -> false);
    }
}
