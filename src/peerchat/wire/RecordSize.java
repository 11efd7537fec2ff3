package peerchat.wire;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import peerchat.text.ByteRange;

/**
 * Finds out whether a program sends records: its whole buffer for each message. A record is the text, a NUL, and then
 * what an older message left in the buffer. Messages that end with a NUL look much the same. These signs tell them
 * apart:
 * <ul>
 * <li>Bytes that came together have a NUL in them, but do not end where a message ends; or they end with many NULs.
 * <li>Then there is a silence. After it as many bytes come as before, a round number.
 * </ul>
 * The silence matters: in a stream of messages, too, reads of one size may end anywhere, but more follows at once.
 */
final class RecordSize {
    private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int SMALLEST = 16;
    private static final int LARGEST = 16 * 1024;
    private static final int MANY_NULS = 4;

    /** Sizes that looked like a record's once, on any connection: some programs open one for each message. */
    private final Set<Integer> seen;
    /** Bytes of each record; 0 while it is not known. */
    private int size;
    /** Whether the user has told the size. */
    private boolean isCertain;
    /** Bytes that have come together, and whether they look like a record. */
    private int together;
    private boolean looksLikeRecord;
    private long lastTime;

    RecordSize(Set<Integer> seen) {
        this.seen = seen;
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
    boolean look(byte[] bytes, int count, boolean isBetweenRecords, long now) {
        if (isCertain) {
            return false;
        }
        int before = size;
        boolean isFirst = together == 0 || now - lastTime >= SILENCE;
        lastTime = now;
        if (isFirst) {
            end();
            if (before > 0 && !isBetweenRecords) {
                seen.remove(size); // it was none after all
                size = 0;
            }
        }
        together = Math.min(together + count, LARGEST + 1);
        looksLikeRecord = together <= LARGEST && looksLikeRecord(bytes, count);
        if (isFirst && size == 0 && looksLikeRecord && (seen.contains(count) || isPadded(bytes, count))) {
            size = count;
        }
        return before == 0 && size > 0;
    }

    /** What came together is over: a silence has followed, or the end of the connection. */
    void end() {
        if (looksLikeRecord && isSizeOfBuffer(together) && !seen.add(together) && size == 0) {
            size = together;
        }
        together = 0;
        looksLikeRecord = false;
    }

    private static boolean looksLikeRecord(byte[] bytes, int count) {
        byte last = bytes[count - 1];
        return last == 0 ? nulsBefore(bytes, count) >= MANY_NULS : last != '\n' && indexOfNul(bytes, count) < count;
    }

    /** Programmers choose round numbers. */
    private static boolean isSizeOfBuffer(int size) {
        return size >= SMALLEST && (size % 16 == 0 || size % 10 == 0);
    }

    /** Whether it is one record at first sight: nothing but a text, perhaps the end of an older one, and many NULs. */
    private static boolean isPadded(byte[] bytes, int count) {
        int end = count - nulsBefore(bytes, count);
        int nuls = 0;
        for (int i = 0; i < end && nuls < MANY_NULS; i++) {
            nuls = bytes[i] == 0 ? nuls + 1 : 0;
        }
        return isSizeOfBuffer(count) && count - end >= MANY_NULS && nuls < MANY_NULS;
    }

    private static int indexOfNul(byte[] bytes, int count) {
        return ByteRange.indexOfEither(bytes, 0, count, '\0', '\0');
    }

    private static int nulsBefore(byte[] bytes, int end) {
        int at = end;
        while (at > 0 && bytes[at - 1] == 0) {
            at--;
        }
        return end - at;
    }
}
