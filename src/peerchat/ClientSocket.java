package peerchat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The client socket to one friend's peer-chat server, which exists once there was something to send (P3.2), and the
 * messages that wait for it. A turn writes a bounded piece, so that two peers who flood each other both get to read.
 */
final class ClientSocket {

    /** Bytes written to one friend in one turn; reading takes four times as many, so reading always wins. */
    static final int MOST_PER_TURN = 16 * 1024;

    private static final long NOT_READING_PENALTY = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long BLOCKED = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int RESTS_PER_BLOCK = 4;

    private final User friend;
    private final WriteGuard guard;
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private Optional<Connection> connection = Optional.empty();
    private byte[] batch = new byte[0];
    private int written;
    private long restsUntil = System.nanoTime();
    private long lastLook = System.nanoTime();
    private long silencedUntil = System.nanoTime();

    ClientSocket(User friend, WriteGuard guard) {
        this.friend = friend;
        this.guard = guard;
    }

    User friend() {
        return friend;
    }

    void add(Outgoing message) {
        waiting.addLast(message);
        waitingBytes += message.wire().length;
    }

    /** Whether there is anything left to write. */
    boolean hasWork() {
        return !waiting.isEmpty() || isMidBatch();
    }

    long waitingBytes() {
        return waitingBytes;
    }

    /** The open connection to this friend, if there is one. */
    Optional<Connection> connection() {
        return connection.filter(Connection::isOpen);
    }

    void use(Connection opened) {
        connection = Optional.of(opened);
    }

    boolean uses(Connection other) {
        return connection.isPresent() && connection.get() == other;
    }

    /** Whether it is time to read, and see whether the friend has closed: while much is written, too. */
    boolean wasNotLookedAt(long now) {
        return now - lastLook > LOOK_EVERY;
    }

    void looked(long now) {
        lastLook = now;
    }

    /** Whether the friend's line was slow a moment ago: waiting for it may take at most a fifth of the time. */
    boolean rests(long now) {
        return now - restsUntil < 0;
    }

    /** Whether the friend stopped reading so recently that another try would only stall the loop again. */
    boolean isSilenced(long now) {
        return now - silencedUntil < 0;
    }

    /**
     * Writes one bounded piece over the connection. (P3.3)
     *
     * @throws WriteGuard.NotReadingException if the friend has stopped reading
     * @throws IOException                    if the connection is broken
     */
    void send(long now) throws IOException {
        if (!isMidBatch()) {
            fillBatch(now);
        }
        writePiece(Math.min(MOST_PER_TURN, batch.length - written), now);
    }

    /** The friend ended the stream but still reads: a message that is half written is finished, none is begun. */
    void finishBatch(long now) throws IOException {
        while (isMidBatch()) {
            writePiece(Math.min(MOST_PER_TURN, batch.length - written), now);
        }
    }

    /** Forgets the connection, and what of a message was not written yet. */
    void disconnect() {
        connection = Optional.empty();
        batch = new byte[0];
        written = 0;
    }

    void silence(long now) {
        silencedUntil = now + NOT_READING_PENALTY;
    }

    /** Takes back every message of which nothing was written. */
    List<Outgoing> giveUp() {
        List<Outgoing> unsent = new ArrayList<>(waiting);
        waiting.clear();
        waitingBytes = 0;
        return unsent;
    }

    private boolean isMidBatch() {
        return written < batch.length;
    }

    /** Collects whole messages up to the size of a turn: one write for many, and no message is cut between two. */
    private void fillBatch(long now) {
        List<Outgoing> messages = new ArrayList<>();
        int size = 0;
        while (!waiting.isEmpty() && (size == 0 || size + waiting.getFirst().wire().length <= MOST_PER_TURN)) {
            Outgoing next = waiting.removeFirst();
            messages.add(next);
            size += next.wire().length;
            connection.orElseThrow().sent().add(next.text(), next.wire().length, now);
        }
        waitingBytes -= size;
        batch = new byte[size];
        written = 0;
        int end = 0;
        for (Outgoing message : messages) {
            System.arraycopy(message.wire(), 0, batch, end, message.wire().length);
            end += message.wire().length;
        }
    }

    private void writePiece(int count, long now) throws IOException {
        long before = System.nanoTime();
        guard.write(connection.orElseThrow(), batch, written, count, now);
        written += count;
        long after = System.nanoTime();
        if (after - before > BLOCKED) {
            restsUntil = after + RESTS_PER_BLOCK * (after - before);
        }
    }
}
