package grader.trial;

import java.util.List;

/** The processes of the machine. To list them takes some milliseconds, so several trials share one list. */
public final class ProcessList {

    private static final long RECENT_NANOS = 50_000_000;

    private List<RunningProcess> last = List.of();
    private long lookedAt = System.nanoTime() - RECENT_NANOS;

    /** As they are now, or at a moment after this was called. */
    public List<RunningProcess> now() {
        long called = System.nanoTime();
        synchronized (this) {
            return lookedAt - called >= 0 ? last : look();
        }
    }

    /** As they were a moment ago: for waiting. */
    public synchronized List<RunningProcess> recent() {
        return System.nanoTime() - lookedAt < RECENT_NANOS ? last : look();
    }

    private List<RunningProcess> look() {
        lookedAt = System.nanoTime();
        last = List.copyOf(RunningProcess.all());
        return last;
    }
}
