package peerchat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sets an end to a write that makes no progress. {@code java.net} has no timeout for it, so a friend who stopped reading
 * would hold the whole loop for ever. The guard's thread does one thing: it closes that socket. It never reads, writes
 * or prints; the loop stays the only one that serves.
 */
final class WriteGuard {

    /** The friend took no byte for so long that the socket was closed. */
    static final class NotReadingException extends IOException {

        private static final long serialVersionUID = 1L;

        NotReadingException(IOException cause) {
            super("not reading", cause);
        }
    }

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOKS_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int LOOKS_BEFORE_SLEEP = 10;

    /** Bytes that count as progress. */
    private static final int STEP = 4 * 1024;

    /** One write of at most {@link #STEP} bytes that the loop is in. */
    private static final class Step {
        private final Connection connection;
        private final long since = System.nanoTime();
        private volatile boolean expired;

        private Step(Connection connection) {
            this.connection = connection;
        }
    }

    private final Thread thread = new Thread(this::watch, "write guard");
    private volatile Step step;
    private volatile boolean asleep;

    WriteGuard() {
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Writes to a connection, for as long as it makes progress. (P3.3)
     *
     * @throws NotReadingException if 2 s passed in which the other side took nothing; the connection is closed then
     * @throws IOException         if the connection is broken
     */
    void write(Connection connection, byte[] bytes, int from, int count, long now) throws IOException {
        for (int at = from; at < from + count; at += STEP) {
            Step mine = new Step(connection);
            step = mine;
            if (asleep) {
                LockSupport.unpark(thread);
            }
            try {
                connection.write(bytes, at, Math.min(STEP, from + count - at), now);
            } catch (IOException e) {
                throw mine.expired ? new NotReadingException(e) : e;
            } finally {
                step = null;
            }
        }
    }

    private void watch() {
        int quietLooks = 0;
        while (true) {
            Step seen = step;
            if (seen == null) {
                quietLooks++;
            } else {
                quietLooks = 0;
                if (System.nanoTime() - seen.since > PATIENCE) {
                    seen.expired = true;
                    seen.connection.close();
                }
            }
            if (quietLooks < LOOKS_BEFORE_SLEEP) {
                LockSupport.parkNanos(this, LOOKS_EVERY);
            } else {
                sleepUntilNextWrite();
                quietLooks = 0;
            }
        }
    }

    private void sleepUntilNextWrite() {
        asleep = true;
        if (step == null) {
            LockSupport.park(this);
        }
        asleep = false;
    }
}
