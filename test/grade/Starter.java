package grade;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Starts processes, but never while a program is being copied: for a moment a new process has every descriptor of this one,
 * and as long as anybody can write to a program nobody can run it ("text file busy").
 */
final class Starter {

    /** Many may copy at once, or one may start. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    private final Set<Long> started = ConcurrentHashMap.newKeySet();

    /** Something that writes files. */
    interface Copying {
        void run() throws IOException;
    }

    /** Returns when the process runs its program, and has nothing of this one any more. */
    Process start(ProcessBuilder builder) throws IOException {
        lock.writeLock().lock();
        try {
            Process process = builder.start();
            started.add(process.pid());
            return process;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Whether Java waits for its end: nobody else must. */
    boolean hasStarted(int pid) {
        return started.contains((long) pid);
    }

    void copy(Copying copying) throws IOException {
        lock.readLock().lock();
        try {
            copying.run();
        } finally {
            lock.readLock().unlock();
        }
    }
}
