package peerchat.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Some bytes of a buffer, valid until the buffer is filled again. Messages go from the wire to the screen as slices.
 * Printable ASCII becomes a {@code String} only to find the sender, to be broken into rows, and for the trace.
 * <p>
 * Two questions are asked of every byte: does a message end here, and can it be shown as it is? Eight bytes are tested
 * at once, as one {@code long}. To test them one by one was most of the cost of a message.
 *
 * @param from    the first byte
 * @param to      the byte after the last one
 * @param isPlain whether all are known to be printable ASCII characters
 */
public record ByteRange(byte[] bytes, int from, int to, boolean isPlain) {
    public static final ByteRange EMPTY = new ByteRange(new byte[0], 0, 0, true);

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A byte multiplied by this number is repeated in all eight bytes. */
    private static final long ALL = 0x0101010101010101L;
    private static final long TOP_BITS = ALL * 0x80;

    /** Returns the text encoded in UTF-8. */
    public static ByteRange of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new ByteRange(bytes, 0, bytes.length, plainUntil(bytes, 0, bytes.length) == bytes.length);
    }

    /** Returns the position of the first of two ASCII characters, or {@code to} if there is none. */
    public static int indexOfEither(byte[] bytes, int from, int to, char one, char other) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, i);
            long ones = eight ^ ALL * one;
            long others = eight ^ ALL * other;
            // The first byte that is zero gets its top bit set; higher bits mean nothing.
            long found = (ones - ALL & ~ones | others - ALL & ~others) & TOP_BITS;
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (i < to && bytes[i] != one && bytes[i] != other) {
            i++;
        }
        return i;
    }

    /** Returns the position of the first byte that is no printable ASCII character, or {@code to} if there is none. */
    public static int plainUntil(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, i);
            // The top bit gets set in a control character minus 32, and in 127 plus 1. Bytes beyond ASCII have it set.
            if (((eight - ALL * ' ' | eight + ALL | eight) & TOP_BITS) != 0) {
                break;
            }
        }
        while (i < to && bytes[i] >= ' ' && bytes[i] != 0x7f) {
            i++;
        }
        return i;
    }

    public boolean isEmpty() {
        return from == to;
    }

    public boolean startsWith(byte[] prefix) {
        return prefix.length <= to - from && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }

    /** Returns how many bytes precede the first such character, which must be ASCII; -1 if there is none. */
    public int indexOf(char c) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == c) {
                return i - from;
            }
        }
        return -1;
    }

    /** Returns how many bytes precede the first such sequence; -1 if there is none. */
    public int indexOf(byte[] sequence) {
        for (int i = 0; i + sequence.length <= to - from; i++) {
            if (without(i).startsWith(sequence)) {
                return i;
            }
        }
        return -1;
    }

    public ByteRange first(int count) {
        return new ByteRange(bytes, from, from + count, isPlain);
    }

    public ByteRange without(int count) {
        return new ByteRange(bytes, from + count, to, isPlain);
    }

    public byte[] copy() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Returns the bytes decoded as UTF-8; malformed bytes become U+FFFD. */
    public String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
