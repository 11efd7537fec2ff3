package peerchat.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import peerchat.text.ByteRange;

/**
 * Finds out whether a program sends records: its whole buffer for each message. A record is the text, a NUL, and then
 * what older messages left in the buffer. Messages that end with a NUL look much the same. These signs tell records:
 * <ul>
 * <li>Bytes that came together have a NUL in them, but do not end as messages do; or they end with many NULs.
 * <li>After a silence as many bytes come again, and they end in the same way: the end of a buffer is seldom written to.
 * </ul>
 */
final class RecordSize {
    private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int SMALLEST = 16;
    private static final int LARGEST = 16 * 1024;
    private static final int MANY_NULS = 4;
    /** So many of the last bytes are compared. */
    private static final int TAIL = 8;

    /** How records may have ended, by their size, on any connection: some programs open one for each message. */
    private final Map<Integer, String> tailsSeen;
    /** Bytes of each record; 0 while it is not known. */
    private int size;
    /** Whether the user has told the size. */
    private boolean isCertain;
    /** Bytes that have come together. */
    private int together;
    private boolean hasNul;
    /** Their last bytes, if they look like a record; else empty. */
    private String tail = "";
    private long lastTime;

    RecordSize(Map<Integer, String> tailsSeen) {
        this.tailsSeen = tailsSeen;
    }

    int size() {
        return size;
    }

    boolean isCertain() {
        return isCertain;
    }

    void set(int known) {
        size = known;
        isCertain = true;
    }

    /**
     * Looks at the bytes of a read.
     *
     * @param isBetweenRecords whether the last record has come whole
     * @param now              nanoseconds
     * @return whether a record begins with them, for its size has just become known
     */
    boolean becomesKnown(byte[] bytes, int count, boolean isBetweenRecords, long now) {
        if (isCertain) {
            return false;
        }
        boolean isFirst = together == 0 || now - lastTime >= SILENCE;
        lastTime = now;
        if (isFirst && !isBetweenRecords) {
            size = 0; // it was wrong
        }
        boolean wasKnown = size > 0;
        if (isFirst) {
            silence();
        }
        together = Math.min(together + count, LARGEST + 1);
        hasNul |= together <= LARGEST && ByteRange.indexOfEither(bytes, 0, count, '\0', '\0') < count;
        tail = hasNul && together <= LARGEST && !endsAsMessagesDo(bytes, count)
                ? Arrays.toString(Arrays.copyOfRange(bytes, Math.max(0, count - TAIL), count)) : "";
        if (isFirst && size == 0 && !tail.isEmpty() && tail.equals(tailsSeen.get(count))) {
            size = count;
        }
        return !wasKnown && size > 0;
    }

    /** A silence has followed, or the end of the connection: what came together is over. */
    void silence() {
        if (!tail.isEmpty() && together >= SMALLEST && tail.equals(tailsSeen.put(together, tail)) && size == 0) {
            size = together;
        }
        together = 0;
        hasNul = false;
        tail = "";
    }

    private static boolean endsAsMessagesDo(byte[] bytes, int count) {
        int nuls = 0;
        while (nuls < Math.min(count, MANY_NULS) && bytes[count - 1 - nuls] == 0) {
            nuls++;
        }
        return bytes[count - 1] == '\n' || nuls > 0 && nuls < MANY_NULS;
    }
}
