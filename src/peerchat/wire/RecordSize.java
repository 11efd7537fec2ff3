package peerchat.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import peerchat.text.ByteRange;

/**
 * Finds out whether a program sends records: its whole buffer for each message. A record is the text, a NUL, and then
 * the rest of older messages. Messages that end with a NUL look much like records. Two signs together show that a
 * program sends records:
 * <ul>
 * <li>Bytes that came together have a NUL in them, but do not end as messages do; or they end with many NULs.
 * <li>After a silence, the same number of bytes comes, with the same end: the end of a buffer is seldom written to.
 * </ul>
 */
final class RecordSize {
    private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int SMALLEST = 16;
    private static final int LARGEST = 16 * 1024;
    private static final int MANY_NULS = 4;
    /** The number of last bytes that are compared. */
    private static final int TAIL = 8;

    /** The last bytes of possible records, by size, of all connections: some programs connect for each message. */
    private final Map<Integer, String> tailsSeen;
    /** Bytes of each record; 0 while it is not known. */
    private int size;
    /** Whether the user has told the size. */
    private boolean isCertain;
    /** The number of bytes that have come without a silence between them. */
    private int together;
    private boolean hasNul;
    /** The last of these bytes, if they look like a record; else empty. */
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
     * @param isBetweenRecords whether the last record is complete
     * @param now              nanoseconds
     * @return true if the size of records has just become known: a record begins with these bytes
     */
    boolean becomesKnown(byte[] bytes, int count, boolean isBetweenRecords, long now) {
        if (isCertain) {
            return false;
        }
        boolean isFirst = together == 0 || now - lastTime >= SILENCE;
        lastTime = now;
        if (isFirst && !isBetweenRecords) {
            size = 0; // the size was wrong
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

    /** Ends the bytes that came together: a silence has followed, or the end of the connection. */
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
