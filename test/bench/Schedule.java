package bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs several sequences of steps side by side, in one thread: their silences pass at the same time. */
final class Schedule {

    /** What is done when a silence is over. */
    interface Action {

        void run() throws IOException;
    }

    /**
     * One step.
     *
     * @param seconds of silence, since the step before it has ended
     */
    record Step(double seconds, Action action) {}

    private record Due(long nanoTime, Step step, Iterator<Step> rest) {}

    private final List<Iterator<Step>> sequences = new ArrayList<>();
    private final PriorityQueue<Due> queue = new PriorityQueue<>((a, b) -> Long.signum(a.nanoTime - b.nanoTime));

    void add(Iterator<Step> steps) {
        sequences.add(steps);
    }

    /** Runs all steps. A step that is due while another one runs comes after it. */
    void run() throws IOException {
        sequences.forEach(this::waitForNext);
        while (!queue.isEmpty()) {
            Due next = queue.remove();
            for (long rest; (rest = next.nanoTime - System.nanoTime()) > 0;) {
                LockSupport.parkNanos(rest);
            }
            next.step.action.run();
            waitForNext(next.rest);
        }
    }

    private void waitForNext(Iterator<Step> steps) {
        if (steps.hasNext()) {
            Step step = steps.next();
            long silence = (long) (step.seconds * TimeUnit.SECONDS.toNanos(1));
            queue.add(new Due(System.nanoTime() + silence, step, steps));
        }
    }
}
