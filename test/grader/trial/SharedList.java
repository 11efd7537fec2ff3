package grader.trial;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What the kernel lists: all sockets of a machine, or all processes. It needs some milliseconds for that, so several
 * trials share one list.
 */
public final class SharedList<T> {

    private static final long RECENT_NANOS = 50_000_000;

    private final Supplier<List<T>> kernel;
    /** Who has waited longest is next: so nobody waits for more than two looks, however many ask. */
    private final Lock lock = new ReentrantLock(true);
    private List<T> last = List.of();
    private long lookedAt = System.nanoTime() - RECENT_NANOS;

    /** @param kernel makes a new list */
    public SharedList(Supplier<List<T>> kernel) {
        this.kernel = kernel;
    }

    /** As it is now, or at a moment after this was called. */
    public List<T> now() {
        return since(System.nanoTime());
    }

    /**
     * As it was after a moment. What belongs together is asked with the same one, so that it takes one look.
     *
     * @param moment nanoTime
     */
    public List<T> since(long moment) {
        lock.lock();
        try {
            return lookedAt - moment >= 0 ? last : look();
        } finally {
            lock.unlock();
        }
    }

    /** As it was a moment ago: for waiting. */
    public List<T> recent() {
        return since(System.nanoTime() - RECENT_NANOS);
    }

    private List<T> look() {
        long moment = System.nanoTime();
        last = List.copyOf(kernel.get());
        lookedAt = moment;
        return last;
    }
}
