package peerchat;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Sets an end to the calls that block and have no timeout: {@code write()} to a friend who stopped reading would hold the
 * whole loop for ever, and when the user leaves, {@code connect()} must not hold it for another second. The guard's
 * thread does one thing: it closes that socket. It never reads, writes or prints; the loop stays the only one that
 * serves.
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
    private static final long LOOKS_EVERY = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int LOOKS_BEFORE_SLEEP = 20;

    /** The call that the loop is in. */
    private record Watched(Socket socket, long since) {
    }

    private final AtomicReference<Watched> current = new AtomicReference<>();
    private final Thread thread = new Thread(this::watch, "guard");
    private volatile boolean asleep;
    private volatile boolean hasDeadline;
    private volatile long deadline;

    Guard() {
        thread.setDaemon(true);
        thread.start();
    }

    /** From this time on no call may block any more: the user leaves. */
    void endBy(long nanoTime) {
        deadline = nanoTime;
        hasDeadline = true;
    }

    /**
     * Makes a blocking call.
     *
     * @throws ExpiredException if it took 2 s, or the deadline came; the socket is closed then
     * @throws IOException      as the call throws it
     */
    void during(Socket socket, Call call) throws IOException {
        Watched mine = new Watched(socket, System.nanoTime());
        current.set(mine);
        if (asleep) {
            LockSupport.unpark(thread);
        }
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
        int quietLooks = 0;
        while (true) {
            Watched seen = current.get();
            quietLooks = seen == null ? quietLooks + 1 : 0;
            if (seen != null && isOver(seen) && current.compareAndSet(seen, null)) {
                Connection.closeQuietly(seen.socket);
            }
            if (quietLooks < LOOKS_BEFORE_SLEEP) {
                LockSupport.parkNanos(this, LOOKS_EVERY);
            } else {
                sleepUntilNextCall();
                quietLooks = 0;
            }
        }
    }

    private boolean isOver(Watched call) {
        long now = System.nanoTime();
        return now - call.since > PATIENCE || hasDeadline && now - deadline > 0;
    }

    /** Costs nothing while nothing is written. */
    private void sleepUntilNextCall() {
        asleep = true;
        if (current.get() == null) {
            LockSupport.park(this);
        }
        asleep = false;
    }
}
