package peerchat;

import java.util.Arrays;

/**
 * Cuts the bytes that arrive on one connection into messages. A read is not a message: one may hold many, or a part of
 * one. A message ends at LF, CR LF or NUL; empty ones are dropped.
 */
final class Decoder {

    /** Bytes of a message that are kept together; a longer one is shown in pieces, so that memory stays bounded. */
    static final int LONGEST_PIECE = 64 * 1024;

    /** Takes what was cut. */
    interface Sink {
        /**
         * @param message   valid during this call
         * @param continues whether this is a further piece of the message before, by the same sender
         */
        void message(Span message, boolean continues);
    }

    private static final int FIRST_SIZE = 512;

    private byte[] pending = new byte[FIRST_SIZE];
    private int length;
    private boolean inPieces;
    private boolean hasEverEnded;

    /** Takes the next bytes of the connection, cut anywhere, and hands on every message that they complete. */
    void take(byte[] bytes, int count, Sink sink) {
        int start = 0;
        for (int end = Scan.endOfMessage(bytes, 0, count); end < count; end = Scan.endOfMessage(bytes, start, count)) {
            finish(bytes, start, end, sink);
            hasEverEnded = true;
            start = end + 1;
        }
        append(bytes, start, count, sink);
    }

    /** The byte at {@code to} ends a message; most are whole in the buffer and are handed on as they lie there. */
    private void finish(byte[] bytes, int from, int to, Sink sink) {
        if (length > 0 || to - from > LONGEST_PIECE) {
            append(bytes, from, to, sink);
            length = withoutCarriageReturn(pending, 0, length, bytes[to]);
            end(sink);
        } else {
            int end = withoutCarriageReturn(bytes, from, to, bytes[to]);
            if (end > from) {
                sink.message(new Span(bytes, from, end), false);
            }
        }
    }

    /** Hands on the bytes that have no end yet: the connection closed, or fell silent. */
    void end(Sink sink) {
        if (length > 0) {
            sink.message(new Span(pending, 0, length), inPieces);
        }
        length = 0;
        inPieces = false;
    }

    /** Hands on the bytes that have no end yet; what comes after a long message is taken for a further piece of it. */
    void fellSilent(Sink sink) {
        boolean wasInPieces = inPieces;
        end(sink);
        inPieces = wasInPieces;
    }

    /** Whether bytes wait here for the end of their message. */
    boolean holdsText() {
        return length > 0;
    }

    /** Whether bytes wait here that will perhaps never get an end: many programs send none. */
    boolean holdsUnendedText() {
        return holdsText() && !hasEverEnded;
    }

    private static int withoutCarriageReturn(byte[] bytes, int from, int to, byte end) {
        return end == '\n' && to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    }

    private void append(byte[] bytes, int from, int to, Sink sink) {
        int start = from;
        while (start < to) {
            if (length == LONGEST_PIECE) {
                cutPiece(sink);
            }
            int part = Math.min(to - start, LONGEST_PIECE - length);
            if (length + part > pending.length) {
                pending = Arrays.copyOf(pending, Math.min(LONGEST_PIECE, Math.max(2 * pending.length, length + part)));
            }
            System.arraycopy(bytes, start, pending, length, part);
            length += part;
            start += part;
        }
    }

    /** Shows a full piece, but keeps a character that is not whole yet for the next one. */
    private void cutPiece(Sink sink) {
        int cut = length;
        for (int back = 1; back <= 3; back++) {
            int b = pending[length - back] & 0xff;
            if (b >= 0xc0) {
                int needed = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
                cut = needed > back ? length - back : length;
                break;
            }
            if (b < 0x80) {
                break;
            }
        }
        sink.message(new Span(pending, 0, cut), inPieces);
        System.arraycopy(pending, cut, pending, 0, length - cut);
        length -= cut;
        inPieces = true;
    }
}
