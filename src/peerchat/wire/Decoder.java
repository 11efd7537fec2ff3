package peerchat.wire;

import java.util.Arrays;
import peerchat.text.ByteRange;

/**
 * Cuts the bytes that arrive on one connection into messages. A read is not a message: the bytes of one read may hold
 * many messages, or a part of one. A message ends at LF, CR LF or NUL; empty messages are dropped. (P2)
 * <p>
 * First {@link #add} what was read, then call {@link #next} until it returns false.
 */
public final class Decoder {
    /** Bytes of a message that are kept together. A longer message is shown in pieces, so that memory stays bounded. */
    public static final int LONGEST_PIECE = 64 * 1024;

    /** The bytes of the last read: those from {@code at} to {@code count} are not decoded yet. */
    private byte[] bytes = {};
    private int at;
    private int count;
    /** The beginning of a message whose end has not come yet: the first {@code length} bytes. */
    private byte[] pending = new byte[512];
    private int length;
    /** How many pending bytes were returned as a message; the next call forgets them. */
    private int handedOut;
    /** Whether the pending bytes, or the next ones, continue a message of which pieces were returned. */
    private boolean inPieces;
    /** Whether the last piece was cut off because it was full, so that the next bytes surely continue it. */
    private boolean isCut;
    /** Whether any message of this connection had an end. */
    private boolean hasEverEnded;
    private ByteRange message = ByteRange.EMPTY;
    private boolean continues;

    /** Takes the first {@code read} bytes of a buffer, which must not change until {@link #next} has returned false. */
    public void add(byte[] buffer, int read) {
        bytes = buffer;
        at = 0;
        count = read;
    }

    /** Goes to the next message, or the next piece of a long one. Returns false if its end was not read yet. */
    public boolean next() {
        if (handedOut > 0) {
            forgetHandedOut();
        }
        while (at < count) {
            int stop = ByteRange.indexOfEither(bytes, at, count, '\n', '\0');
            boolean hasEnd = stop < count;
            if (hasEnd && length == 0 && !isCut && stop - at <= LONGEST_PIECE) {
                int end = bytes[stop] == '\n' && stop > at && bytes[stop - 1] == '\r' ? stop - 1 : stop;
                message = new ByteRange(bytes, at, end); // most messages are whole in the buffer, and are not copied
                continues = false;
                hasEverEnded = true;
                at = stop + 1;
                if (end > message.from()) {
                    return true;
                }
            } else if (length == LONGEST_PIECE && at < stop) {
                cutPiece();
                return true;
            } else {
                collect(stop);
                if (hasEnd && at == stop && endPending()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Goes to the bytes that have no end, if there are any: the connection has closed, or a silence ends them. */
    public boolean rest() {
        forgetHandedOut();
        boolean isRest = handOut(length);
        inPieces = false;
        isCut = false;
        return isRest;
    }

    /** The message; valid until the next call. */
    public ByteRange message() {
        return message;
    }

    /** Whether it is a further piece of the message before it, by the same sender. */
    public boolean continues() {
        return continues;
    }

    /** Whether bytes are pending. */
    public boolean holdsText() {
        return length > handedOut;
    }

    /** Whether bytes are pending that may never get an end: many programs send none. */
    public boolean holdsUnendedText() {
        return holdsText() && !hasEverEnded;
    }

    private void forgetHandedOut() {
        System.arraycopy(pending, handedOut, pending, 0, length - handedOut);
        length -= handedOut;
        handedOut = 0;
    }

    /** Adds to the pending bytes, up to the end of the message or of the piece. */
    private void collect(int stop) {
        int part = Math.min(stop - at, LONGEST_PIECE - length);
        if (length + part > pending.length) {
            pending = Arrays.copyOf(pending, Math.min(LONGEST_PIECE, Math.max(2 * pending.length, length + part)));
        }
        System.arraycopy(bytes, at, pending, length, part);
        length += part;
        at += part;
    }

    /** The end of the pending message was read; returns whether there is anything in it. */
    private boolean endPending() {
        if (bytes[at] == '\n' && length > 0 && pending[length - 1] == '\r') {
            length--;
        }
        at++;
        hasEverEnded = true;
        return rest();
    }

    private void cutPiece() {
        handOut(lengthOfPiece());
        inPieces = true;
        isCut = true;
    }

    private boolean handOut(int size) {
        handedOut = size;
        message = new ByteRange(pending, 0, size);
        continues = inPieces;
        return size > 0;
    }

    /** A character that is not whole yet is kept for the next piece. */
    private int lengthOfPiece() {
        for (int back = 1; back <= 3; back++) {
            int b = pending[length - back] & 0xff;
            if (b >= 0xc0) {
                int needed = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
                return needed > back ? length - back : length;
            }
            if (b < 0x80) {
                break;
            }
        }
        return length;
    }
}
