package peerchat.net;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends a {@code write()} that is stuck. The API has no timeout for writes, so a friend who does not read would stall
 * the whole loop for ever. The guard's thread closes the socket of such a write. It never reads, writes or prints.
 */
public final class WriteGuard {
    /** A call that writes. */
    interface Write {
        void run() throws IOException;
    }

    private static final long LOOKS_EVERY = TimeUnit.MILLISECONDS.toNanos(250);
    /** 2 s, counted in looks: time in which the process is stopped or the machine sleeps must not count. */
    private static final int MOST_LOOKS = 8;

    /** A write that is going on. */
    private static final class Watched {
        private final Socket socket;
        /** How often the guard has seen it. */
        private int looks;

        Watched(Socket socket) {
            this.socket = socket;
        }
    }

    /** The write that the loop is in, or null. */
    private final AtomicReference<Watched> current = new AtomicReference<>();
    /** Whether the guard sleeps until the next write, or is about to. */
    private volatile boolean isAsleep;
    private final Thread thread = new Thread(this::watch, "guard");
    private final long start = System.nanoTime();
    /** When every write has to end, in nanoseconds since the start; {@code Long.MAX_VALUE} until the user leaves. */
    private volatile long deadline = Long.MAX_VALUE;

    public WriteGuard() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Sets the time of {@link System#nanoTime()} at which every write has to end. May be called from any thread. */
    public void endBy(long nanoTime) {
        deadline = nanoTime - start;
    }

    /**
     * Runs a write on a socket.
     *
     * @throws SocketTimeoutException if the guard closed the socket: after 2 to 2.25 s, or at the deadline
     * @throws IOException            if the write throws it
     */
    void during(Socket socket, Write write) throws IOException {
        Watched mine = new Watched(socket);
        current.set(mine);
        if (isAsleep) {
            LockSupport.unpark(thread);
        }
        try {
            write.run();
        } finally {
            // Either the loop removes its write, because that has ended, or the guard does, to close the socket.
            if (!current.compareAndSet(mine, null)) {
                throw new SocketTimeoutException("the write made no progress");
            }
        }
    }

    private void watch() {
        while (true) {
            isAsleep = true;
            if (current.get() == null) { // isAsleep is set already: a write that begins now wakes the guard
                LockSupport.park(this);
            }
            isAsleep = false;
            LockSupport.parkNanos(this, LOOKS_EVERY);
            Watched seen = current.get();
            long now = System.nanoTime();
            boolean isOver = seen != null && (seen.looks++ >= MOST_LOOKS || now - start > deadline);
            if (isOver && current.compareAndSet(seen, null)) {
                Sockets.closeQuietly(seen.socket);
            }
        }
    }
}
