package peerchat;

import java.util.Arrays;

/**
 * Cuts the bytes that arrive on one connection into messages. A read is not a message: one may hold many, or a part of
 * one. A message ends at LF, CR LF or NUL; empty ones are dropped. (P2)
 * <p>
 * It is used like this: {@link #add} what was read, then ask for the {@link #next} message until there is none.
 */
final class Decoder {

    /** Bytes of a message that are kept together; a longer one is shown in pieces, so that memory stays bounded. */
    static final int LONGEST_PIECE = 64 * 1024;

    private static final int FIRST_SIZE = 512;

    /** What was read last, as it lies in the reader's buffer. */
    private byte[] bytes = {};
    /** What of it was not looked at yet: from here ... */
    private int at;
    /** ... to here. */
    private int count;
    /** Where the next message in it ends, or {@code count}. */
    private int stop;
    /** The beginning of a message whose end has not come yet. */
    private byte[] pending = new byte[FIRST_SIZE];
    /** How many bytes are pending. */
    private int length;
    /** How many of them were handed out as a message, and are forgotten before anything else is done. */
    private int handedOut;
    /** Whether what is pending, or comes next, goes on with a message of which pieces were handed out. */
    private boolean inPieces;
    /** Whether the last of these pieces was cut off because it was full: what comes next surely goes on with it. */
    private boolean isCut;
    /** Whether any message had an end. */
    private boolean hasEverEnded;
    private Span message = new Span(bytes, 0, 0);
    private boolean continues;

    /** Takes what was read, cut anywhere; the buffer must stay as it is until {@link #next} has returned false. */
    void add(byte[] buffer, int read) {
        bytes = buffer;
        at = 0;
        count = read;
        stop = Scan.endOfMessage(bytes, 0, count);
    }

    /** Goes to the next message, or the next piece of a long one; returns false if its end was not read yet. */
    boolean next() {
        forgetHandedOut();
        while (at < count) {
            boolean hasEnd = stop < count;
            if (hasEnd && length == 0 && !isCut && stop - at <= LONGEST_PIECE) {
                int end = withoutCarriageReturn(bytes, at, stop, bytes[stop]); // most are whole in the buffer
                Span whole = new Span(bytes, at, end);
                passEnd();
                if (!whole.isEmpty()) {
                    return found(whole, false);
                }
            } else if (length == LONGEST_PIECE && at < stop) {
                handedOut = lengthOfPiece();
                boolean isFurther = inPieces;
                inPieces = true;
                isCut = true;
                return found(new Span(pending, 0, handedOut), isFurther);
            } else {
                collect();
                if (hasEnd && at == stop) {
                    length = withoutCarriageReturn(pending, 0, length, bytes[stop]);
                    passEnd();
                    if (rest()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Goes to the bytes that have no end, if there are any: the connection has closed. */
    boolean rest() {
        boolean isFurther = inPieces;
        inPieces = false;
        return restSoFar(isFurther);
    }

    /** The same while the connection is silent; what comes after a long message is taken for a further piece of it. */
    boolean restSoFar() {
        return restSoFar(inPieces);
    }

    private boolean restSoFar(boolean isFurther) {
        forgetHandedOut();
        isCut = false;
        handedOut = length;
        return length > 0 && found(new Span(pending, 0, length), isFurther);
    }

    /** What was gone to; valid until the next call. */
    Span message() {
        return message;
    }

    /** Whether it is a further piece of the message before, by the same sender. */
    boolean continues() {
        return continues;
    }

    /** Whether bytes wait here for the end of their message. */
    boolean holdsText() {
        return length > handedOut;
    }

    /** Whether bytes wait here that will perhaps never get an end: many programs send none. */
    boolean holdsUnendedText() {
        return holdsText() && !hasEverEnded;
    }

    private boolean found(Span what, boolean isFurther) {
        message = what;
        continues = isFurther;
        return true;
    }

    private void passEnd() {
        hasEverEnded = true;
        at = stop + 1;
        stop = Scan.endOfMessage(bytes, at, count);
    }

    private void forgetHandedOut() {
        if (handedOut > 0) {
            System.arraycopy(pending, handedOut, pending, 0, length - handedOut);
            length -= handedOut;
            handedOut = 0;
        }
    }

    /** Adds to what is pending, up to the end of the message or of the piece. */
    private void collect() {
        int part = Math.min(stop - at, LONGEST_PIECE - length);
        if (length + part > pending.length) {
            pending = Arrays.copyOf(pending, Math.min(LONGEST_PIECE, Math.max(2 * pending.length, length + part)));
        }
        System.arraycopy(bytes, at, pending, length, part);
        length += part;
        at += part;
    }

    private static int withoutCarriageReturn(byte[] bytes, int from, int to, byte end) {
        return end == '\n' && to > from && bytes[to - 1] == '\r' ? to - 1 : to;
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
