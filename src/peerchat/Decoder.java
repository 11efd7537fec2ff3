package peerchat;

import java.nio.charset.StandardCharsets;
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
        /** @param continues whether this is a further piece of the message before, by the same sender */
        void message(String text, boolean continues);
    }

    private static final int FIRST_SIZE = 512;

    private byte[] pending = new byte[FIRST_SIZE];
    private int length;
    private boolean inPieces;
    private boolean hasEverEnded;

    /** Takes the next bytes of the connection, cut anywhere, and hands on every message that they complete. */
    void take(byte[] bytes, int count, Sink sink) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n' || bytes[i] == 0) {
                append(bytes, start, i, sink);
                dropCarriageReturn(bytes[i]);
                end(sink);
                hasEverEnded = true;
                start = i + 1;
            }
        }
        append(bytes, start, count, sink);
    }

    /** Hands on the bytes that have no end yet: the connection closed, or fell silent. */
    void end(Sink sink) {
        if (length > 0) {
            emit(length, sink);
        }
        length = 0;
        inPieces = false;
        if (pending.length > FIRST_SIZE) {
            pending = new byte[FIRST_SIZE];
        }
    }

    /** Whether bytes wait here that will perhaps never get an end: many programs send none, after a short text. */
    boolean holdsUnendedText() {
        return length > 0 && !hasEverEnded && !inPieces;
    }

    private void dropCarriageReturn(byte end) {
        if (end == '\n' && length > 0 && pending[length - 1] == '\r') {
            length--;
        }
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
        emit(cut, sink);
        System.arraycopy(pending, cut, pending, 0, length - cut);
        length -= cut;
        inPieces = true;
    }

    private void emit(int end, Sink sink) {
        sink.message(new String(pending, 0, end, StandardCharsets.UTF_8), inPieces);
    }
}
