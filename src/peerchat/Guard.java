package peerchat;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Sets an end to the call that blocks and has no timeout: {@code write()} to a friend who stopped reading would hold the
 * whole loop for ever. The guard's thread does one thing: it closes that socket. It never reads, writes or prints; the
 * loop stays the only one that serves.
 */
final class Guard {

    /** A blocking call on a socket. */
    interface Call {

        void run() throws IOException;
    }

    /** The call made no progress for so long that the socket was closed under it. */
    static final class ExpiredException extends IOException {

        private static final long serialVersionUID = 1L;

        ExpiredException() {
            super("no progress");
        }
    }

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOKS_EVERY = TimeUnit.MILLISECONDS.toNanos(250);

    /** The call that the loop is in. */
    private record Watched(Socket socket, long since) {
    }

    private final AtomicReference<Watched> current = new AtomicReference<>();
    private volatile boolean hasDeadline;
    private volatile long deadline;

    Guard() {
        Thread thread = new Thread(this::watch, "guard");
        thread.setDaemon(true);
        thread.start();
    }

    /** From this time on no call may block any longer: the user leaves. */
    void endBy(long nanoTime) {
        deadline = nanoTime;
        hasDeadline = true;
    }

    /**
     * Makes a blocking call.
     *
     * @throws ExpiredException if it took 2 s, or went on after the deadline: the socket was closed 250 ms later or less
     * @throws IOException      as the call throws it
     */
    void during(Socket socket, Call call) throws IOException {
        Watched mine = new Watched(socket, System.nanoTime());
        current.set(mine);
        try {
            call.run();
        } finally {
            // Whoever takes it away decides: the call ended in time, or the guard closes the socket.
            if (!current.compareAndSet(mine, null)) {
                throw new ExpiredException();
            }
        }
    }

    private void watch() {
        while (true) {
            LockSupport.parkNanos(this, LOOKS_EVERY);
            Watched seen = current.get();
            if (seen != null && isOver(seen) && current.compareAndSet(seen, null)) {
                Connection.closeQuietly(seen.socket);
            }
        }
    }

    private boolean isOver(Watched call) {
        long now = System.nanoTime();
        return now - call.since > PATIENCE || hasDeadline && now - deadline > 0;
    }
}
