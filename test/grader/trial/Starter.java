package grader.trial;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Starts processes, but never while a program is being copied: for a moment a new process has every descriptor of this
 * one, and as long as anybody can write to a program nobody can run it ("text file busy").
 */
public final class Starter {

    /**
     * For the shell, before the submission's own commands: 1 GB for a file (dash counts in 512 bytes), no core dump,
     * and less of a busy core than the grader has, which would look too late otherwise. The last works if Linux shares
     * cores between sessions. It allows a plain user one such change in 100 ms, and a refusal does no harm.
     */
    public static final String LIMITS = "ulimit -c 0; ulimit -f 2000000; echo 5 2>/dev/null >/proc/self/autogroup; ";

    /** Many may copy at once, or one may start. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    private final Map<Integer, Process> started = new ConcurrentHashMap<>();

    /** Something that writes files. */
    public interface Copying {
        void run() throws IOException;
    }

    /**
     * A command of the submission: with nothing to read, and with nothing that our own make tells its recipes.
     *
     * @param mark by which it and what comes of it are known
     */
    public static ProcessBuilder prepare(List<String> command, Path folder, String mark) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectInput(new File("/dev/null"));
        Shell.clean(builder.environment());
        builder.environment().put(Family.MARK, mark);
        return builder;
    }

    /** Returns when the process runs its program, and has nothing of this one any more. */
    public Process start(ProcessBuilder builder) throws IOException {
        lock.writeLock().lock();
        try {
            Process process = builder.start();
            started.put((int) process.pid(), process);
            return process;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Whether Java waits for its end: nobody else must. */
    boolean waitsFor(int pid) {
        return started.containsKey(pid) && started.get(pid).isAlive();
    }

    public void copy(Copying copying) throws IOException {
        lock.readLock().lock();
        try {
            copying.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Looks while nothing starts: for a moment a new process is not known yet as one that was started here. */
    <T> T whileNothingStarts(Supplier<T> look) {
        lock.readLock().lock();
        try {
            return look.get();
        } finally {
            lock.readLock().unlock();
        }
    }
}
