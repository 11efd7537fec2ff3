package peerchat.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Eight bytes at once must give what one after the other gives, wherever a range begins and ends. */
class ByteRangeTest {

    private static final int ARRAYS = 200_000;
    private static final byte[] EDGES = {0, 1, '\t', '\n', 0x0b, '\r', 0x1f, ' ', '!', 'a', '~', 0x7f, (byte) 0x80,
        (byte) 0x8a, (byte) 0x9f, (byte) 0xa0, (byte) 0xff};

    @Test
    void everyByteAtEveryPlace() {
        for (int length = 1; length <= 20; length++) {
            for (int place = 0; place < length; place++) {
                for (int value = 0; value < 256; value++) {
                    byte[] bytes = "abcdefghijklmnopqrst".substring(0, length).getBytes();
                    bytes[place] = (byte) value;
                    check(bytes, 0, length);
                }
            }
        }
    }

    @Test
    void anyBytesInAnyRange() {
        Random random = new Random(1);
        for (int i = 0; i < ARRAYS; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            boolean mostlyPlain = random.nextBoolean();
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = mostlyPlain && random.nextInt(8) > 0 ? (byte) 'x' : EDGES[random.nextInt(EDGES.length)];
            }
            int from = random.nextInt(bytes.length + 1);
            check(bytes, from, from + random.nextInt(bytes.length - from + 1));
        }
    }

    private static void check(byte[] bytes, int from, int to) {
        int plainUntil = to;
        int end = to;
        for (int i = to - 1; i >= from; i--) {
            plainUntil = bytes[i] >= 0x20 && bytes[i] <= 0x7e ? plainUntil : i;
            end = bytes[i] == '\n' || bytes[i] == 0 ? i : end;
        }
        assertEquals(plainUntil, ByteRange.plainUntil(bytes, from, to));
        assertEquals(end, ByteRange.indexOfEither(bytes, from, to, '\n', '\0'));
    }
}
