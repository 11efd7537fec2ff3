package peerchat.net;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import peerchat.wire.Message;

/** The messages pending for one friend, in their order. */
final class PendingMessages {
    private final Deque<Message> messages = new ArrayDeque<>();
    /** Bytes of the first message that are written already. */
    int written;
    /** The number of unwritten bytes, of all messages together. */
    long bytes;

    void add(Message message) {
        messages.addLast(message);
        bytes += message.bytes().length;
    }

    /**
     * Takes the next piece for one write: several whole messages, or a part of a long message. The rest of a
     * half-written message is a piece of its own: before the next message, the connection may have to be probed.
     *
     * @param mostBytes    of the piece
     * @param mostMessages of the piece, whole or not
     * @param begun        takes the messages that begin in the piece
     */
    byte[] takePiece(int mostBytes, int mostMessages, Consumer<Message> begun) {
        byte[] piece = new byte[(int) Math.min(mostBytes, bytes)];
        int size = 0;
        int most = written > 0 ? 1 : mostMessages;
        for (int count = 0; count < most && !messages.isEmpty(); count++) {
            Message message = messages.getFirst();
            if (size > 0 && size + message.bytes().length > mostBytes) {
                break;
            }
            if (written == 0) {
                begun.accept(message);
            }
            int part = Math.min(piece.length - size, message.bytes().length - written);
            System.arraycopy(message.bytes(), written, piece, size, part);
            size += part;
            written += part;
            if (written == message.bytes().length) {
                messages.removeFirst();
                written = 0;
            }
        }
        bytes -= size;
        return size == piece.length ? piece : Arrays.copyOf(piece, size);
    }

    void removeHalfWritten() {
        if (written > 0) {
            bytes -= messages.removeFirst().bytes().length - written;
            written = 0;
        }
    }

    /** Removes every message of which nothing was written, and returns them. */
    List<Message> takeBack() {
        List<Message> unsent = messages.stream().skip(written > 0 ? 1 : 0).toList();
        unsent.forEach(message -> bytes -= messages.removeLast().bytes().length);
        return unsent;
    }
}
