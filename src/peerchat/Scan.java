package peerchat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The two questions that are asked of every byte that arrives: does a message end here, and can it be shown as it is?
 * Asked of eight bytes at once, as one {@code long}: byte after byte this was most of the cost of a message.
 */
final class Scan {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Times this, a byte stands in all eight places. */
    private static final long ALL = 0x0101010101010101L;
    private static final long TOP_BITS = ALL * 0x80;

    private Scan() {
    }

    /** Whether these are printable ASCII characters and nothing else. */
    static boolean isPlain(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, i);
            // Less 32, a control character borrows its top bit; 127 and one more carries into it; others have it set.
            if (((eight - ALL * ' ' | eight + ALL | eight) & TOP_BITS) != 0) {
                return false;
            }
        }
        for (; i < to; i++) {
            if (bytes[i] < ' ' || bytes[i] == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** Where the next line feed or NUL is, or {@code to}. */
    static int endOfMessage(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, i);
            long found = topBitOfZeros(eight) | topBitOfZeros(eight ^ ALL * '\n');
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (i < to && bytes[i] != '\n' && bytes[i] != 0) {
            i++;
        }
        return i;
    }

    /** Sets the top bit of the first byte that is zero; what is set above it means nothing. */
    private static long topBitOfZeros(long eight) {
        return eight - ALL & ~eight & TOP_BITS;
    }
}
