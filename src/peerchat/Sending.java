package peerchat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The writing side of one connection (P3.3). A turn writes a bounded piece, so that two peers who flood each other both
 * get to read. Whole messages are collected for it: one write for many, and a new connection never begins in the middle
 * of a message.
 */
final class Sending {

    /** Bytes written to one friend in one turn; a turn reads up to four times as many, so reading always wins. */
    static final int MOST_PER_TURN = 16 * 1024;

    /** Bytes of one write(); the guard takes each for progress. */
    private static final int STEP = 4 * 1024;

    private static final long BLOCKED = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int REST_PER_BLOCK = 4;

    private final Socket socket;
    private final OutputStream out;
    private final SentLog log = new SentLog();
    private byte[] batch = new byte[0];
    private int written;
    private boolean hasWritten;
    private long blockedAt = System.nanoTime();
    private long restNanos;

    Sending(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
    }

    SentLog log() {
        return log;
    }

    /** Whether messages were taken that are not written to their end. */
    boolean isMidBatch() {
        return written < batch.length;
    }

    /** Whether the friend's line was slow a moment ago: waiting for it may take at most a fifth of the time. */
    boolean rests(long now) {
        return now - blockedAt < restNanos;
    }

    /** Whether anything was ever written. */
    boolean hasWritten() {
        return hasWritten;
    }

    /**
     * Takes whole messages from those that wait, as many as one turn may write.
     *
     * @return their bytes
     */
    int fill(Deque<Outgoing> waiting) {
        int size = 0;
        int count = 0;
        for (Outgoing message : waiting) {
            if (count > 0 && size + message.wire().length > MOST_PER_TURN) {
                break;
            }
            size += message.wire().length;
            count++;
        }
        batch = new byte[size];
        written = 0;
        int end = 0;
        for (int i = 0; i < count; i++) {
            Outgoing message = waiting.removeFirst();
            System.arraycopy(message.wire(), 0, batch, end, message.wire().length);
            end += message.wire().length;
            log.begin(message.text(), message.wire().length);
        }
        return size;
    }

    /**
     * Writes a piece of the batch, and less of it when the friend turns out to be slow.
     *
     * @throws Guard.ExpiredException if the friend has stopped reading
     * @throws IOException            if the connection is broken
     */
    void writePiece(Guard guard) throws IOException {
        writeSteps(guard);
        if (!isMidBatch()) {
            batch = new byte[0]; // it may have been a megabyte
            written = 0;
        }
    }

    private void writeSteps(Guard guard) throws IOException {
        int end = Math.min(batch.length, written + MOST_PER_TURN);
        long took = 0;
        while (written < end && took < BLOCKED) {
            int step = Math.min(STEP, end - written);
            long before = System.nanoTime();
            guard.during(socket, () -> out.write(batch, written, step));
            long after = System.nanoTime();
            written += step;
            hasWritten = true;
            log.wrote(step, after);
            took = after - before;
            if (took >= BLOCKED) {
                blockedAt = after;
                restNanos = REST_PER_BLOCK * took;
            }
        }
    }
}
