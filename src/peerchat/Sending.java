package peerchat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The writing side of one connection (P3.3). A turn writes a bounded piece, so that two peers who flood each other both
 * get to read. Whole messages are collected for it: one write for many, and a new connection never begins in the middle
 * of a message.
 */
final class Sending {

    /**
     * Bytes written to one friend in one turn. A turn reads first, which frees at least a receive buffer; only four
     * turns fill it again. So whoever is blocked in a write to a friend has read from its own friends later than that
     * friend has, and no circle of peers can be blocked all at once.
     */
    static final int MOST_PER_TURN = 4 * 1024;

    private static final long BLOCKED = TimeUnit.MILLISECONDS.toNanos(5);

    private final Socket socket;
    private final OutputStream out;
    private final SentLog log = new SentLog();
    private byte[] batch = new byte[0];
    private int written;
    private boolean lastWriteBlocked;

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

    /** Whether anything was written. */
    boolean hasSent() {
        return log.hasBegun();
    }

    /** Whether the last write had to wait for the friend, for 5 ms or more. */
    boolean lastWriteBlocked() {
        return lastWriteBlocked;
    }

    /**
     * Takes whole messages from those that wait, as many as one turn may write, and {@code most} at most.
     */
    List<Outgoing> fill(Deque<Outgoing> waiting, int most) {
        List<Outgoing> taken = new ArrayList<>();
        int size = 0;
        while (!waiting.isEmpty() && taken.size() < most
                && (taken.isEmpty() || size + waiting.getFirst().wire().length <= MOST_PER_TURN)) {
            Outgoing message = waiting.removeFirst();
            taken.add(message);
            size += message.wire().length;
        }
        batch = new byte[size];
        written = 0;
        int end = 0;
        for (Outgoing message : taken) {
            System.arraycopy(message.wire(), 0, batch, end, message.wire().length);
            end += message.wire().length;
            log.begin(message.text(), message.wire().length);
        }
        return taken;
    }

    /**
     * Writes a piece of the batch.
     *
     * @return how many bytes it had
     * @throws Guard.ExpiredException if the friend has stopped reading
     * @throws IOException            if the connection is broken
     */
    int writePiece(Guard guard) throws IOException {
        int piece = Math.min(MOST_PER_TURN, batch.length - written);
        long before = System.nanoTime();
        guard.during(socket, () -> out.write(batch, written, piece));
        long after = System.nanoTime();
        written += piece;
        log.wrote(piece, after);
        lastWriteBlocked = after - before >= BLOCKED;
        if (!isMidBatch()) {
            batch = new byte[0]; // it may have been a megabyte
            written = 0;
        }
        return piece;
    }
}
