package grade;

import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Starts processes, but never while a program is being copied: for a moment a new process has every descriptor of this one,
 * and as long as anybody can write to a program nobody can run it ("text file busy").
 */
final class Starter {

    /** Many may copy at once, or one may start. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    /** Something that writes files. */
    interface Copying {
        void run() throws IOException;
    }

    /** Returns when the process runs its program, and has nothing of this one any more. */
    Process start(ProcessBuilder builder) throws IOException {
        lock.writeLock().lock();
        try {
            return builder.start();
        } finally {
            lock.writeLock().unlock();
        }
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
