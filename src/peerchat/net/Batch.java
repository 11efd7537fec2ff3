package peerchat.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import peerchat.wire.Message;

/**
 * Whole messages that are written together (P3.3): one write for many of them, and one bounded piece in a turn, so that
 * two peers who flood each other both get to read.
 */
final class Batch {

    /**
     * Bytes written to one friend in one turn. A turn reads first, which frees at least a receive buffer; only four
     * turns fill it again. So a peer that is blocked in a write to a friend has read later than that friend has, and no
     * circle of peers can be blocked all at once.
     */
    private static final int MOST_PER_TURN = 4 * 1024;

    private final byte[] bytes;
    private int written;

    private Batch(int size) {
        bytes = new byte[size];
    }

    /** Takes the next messages out of those that wait: what one turn may write, one message at least. */
    static List<Message> take(Deque<Message> waiting, int most) {
        List<Message> taken = new ArrayList<>();
        int size = 0;
        while (!waiting.isEmpty() && taken.size() < most
                && (size == 0 || size + waiting.getFirst().bytes().length <= MOST_PER_TURN)) {
            taken.add(waiting.removeFirst());
            size += taken.get(taken.size() - 1).bytes().length;
        }
        return taken;
    }

    /** Tells the log of the connection what is going to be written to it. */
    static Batch of(List<Message> messages, SentLog log) {
        Batch batch = new Batch(messages.stream().mapToInt(message -> message.bytes().length).sum());
        int end = 0;
        for (Message message : messages) {
            System.arraycopy(message.bytes(), 0, batch.bytes, end, message.bytes().length);
            end += message.bytes().length;
            log.begin(message.text(), message.bytes().length);
        }
        return batch;
    }

    int size() {
        return bytes.length;
    }

    boolean isWritten() {
        return written == bytes.length;
    }

    /** Writes the next piece, and returns how many bytes it had. */
    int writePiece(Connection connection, WriteGuard guard) throws IOException {
        int piece = Math.min(MOST_PER_TURN, bytes.length - written);
        connection.write(bytes, written, piece, guard);
        written += piece;
        return piece;
    }
}
