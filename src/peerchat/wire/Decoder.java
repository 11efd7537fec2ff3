package peerchat.wire;

import java.util.Arrays;
import java.util.Map;
import peerchat.text.ByteRange;

/**
 * Cuts the bytes that arrive on one connection into messages. A read is not a message: the bytes of one read may hold
 * many messages, or a part of a message. A message ends at LF, CR LF or NUL; empty messages are dropped. (P2)
 * <p>
 * First {@link #add} the bytes of a read, then call {@link #next} until it returns false.
 */
public final class Decoder {
    /** The most bytes of a message that are kept together: longer messages are shown in pieces, to bound memory. */
    public static final int LONGEST_PIECE = 64 * 1024;

    /** The bytes of the last read: those from {@code at} to {@code count} are not decoded yet. */
    private byte[] bytes = {};
    private int at;
    private int count;
    /** The beginning of a message whose end has not come yet: the first {@code length} bytes. */
    private byte[] pending = new byte[512];
    private int length;
    /** Whether the pending bytes are known to be printable ASCII. */
    private boolean isPlain;
    /** How many pending bytes were returned as a message; the next call forgets them. */
    private int handedOut;
    /** Whether the pending bytes, or the next bytes, continue a message of which pieces were returned. */
    private boolean inPieces;
    /** Whether any message of this connection had an end. */
    private boolean hasEverEnded;
    private ByteRange message = ByteRange.EMPTY;
    private boolean continues;
    private final RecordSize records;
    /** The number of bytes that came before the last read. */
    private long bytesBefore;
    /** The end of the record, as an index into the last read or beyond, if the size of records is known. */
    private long recordEnd;
    /** Whether a NUL came earlier in this read or record: bytes behind a NUL may be left over from an older message. */
    private boolean isAfterNul;
    /** Whether the pending bytes begin after such a NUL. */
    private boolean isPendingAfterNul;
    private LeftOver leftOver = LeftOver.NO;
    /** Whether no bytes count as left over, because the sender's messages show that it sends no records. */
    private boolean keepsAll;
    /** Whether the last message that had an end ended with a NUL. */
    private boolean endedWithNul;

    /** Whether the bytes of a message are left over in the sender's buffer from an older message. */
    public enum LeftOver { NO, PERHAPS, SURELY }

    /** @param recordsSeen the last bytes of possible records, by size, shared by all connections */
    public Decoder(Map<Integer, String> recordsSeen) {
        this.records = new RecordSize(recordsSeen);
    }

    /**
     * Takes the first {@code read} bytes of a buffer, which must not change until {@link #next} has returned false.
     *
     * @param now nanoseconds: the silence before a read helps to tell records from messages
     */
    public void add(byte[] buffer, int read, long now) {
        bytesBefore += count;
        recordEnd -= count;
        bytes = buffer;
        at = 0;
        count = read;
        boolean isNew = !keepsAll && records.becomesKnown(bytes, count, recordEnd == records.size(), now);
        if (isNew) {
            recordEnd = records.size();
            length = 0; // the pending bytes are left over from the last record
            handedOut = 0;
        }
        isAfterNul &= records.size() > 0 && !isNew;
    }

    /** Sets the size in bytes of the records that the sender's program writes. */
    public void useRecords(int size) {
        records.set(size);
        long partOfRecord = (bytesBefore + at) % size;
        recordEnd = at + size - partOfRecord;
        isAfterNul &= partOfRecord > 0;
        keepsAll = false;
    }

    /** From now on no bytes count as left over, unless the user has told the size of the records. */
    public void keepAll() {
        keepsAll = !records.isCertain();
    }

    /** Goes to the next message, or the next piece of a long message. Returns false if its end was not read yet. */
    public boolean next() {
        if (handedOut > 0) {
            forgetHandedOut();
        }
        while (true) {
            if (at == recordEnd && records.size() > 0) {
                recordEnd += records.size();
                isAfterNul = false;
                if (rest()) {
                    return true; // a text that fills its record
                }
            }
            if (at == count) {
                return false;
            }
            int limit = records.size() == 0 ? count : (int) Math.min(count, recordEnd);
            int plain = ByteRange.plainUntil(bytes, at, limit); // the end of a message is not printable
            int stop = ByteRange.indexOfEither(bytes, plain, limit, '\n', '\0');
            boolean hasEnd = stop < limit;
            if (hasEnd && length == 0 && !inPieces && stop - at <= LONGEST_PIECE) {
                int end = bytes[stop] == '\n' && stop > at && bytes[stop - 1] == '\r' ? stop - 1 : stop;
                message = new ByteRange(bytes, at, end, plain >= end); // most messages are whole, and are not copied
                continues = false;
                hasEverEnded = true;
                leftOver = leftOver(isAfterNul);
                noteEnd(stop);
                at = stop + 1;
                if (end > message.from()) {
                    return true;
                }
            } else if (length == LONGEST_PIECE && at < stop) {
                cutPiece();
                return true;
            } else {
                isPlain = plain >= stop && (isPlain || length == 0);
                collect(stop);
                if (hasEnd && at == stop && endPending()) {
                    return true;
                }
            }
        }
    }

    /** Makes a message of the pending bytes, if any: the connection has ended, or a silence ends the message. */
    public boolean rest() {
        forgetHandedOut();
        boolean isRest = handOut(length);
        inPieces = false;
        return isRest;
    }

    /** The message. It is valid until another message is asked for, or bytes are added. */
    public ByteRange message() {
        return message;
    }

    /** Returns true if this is a further piece of the last message. */
    public boolean continues() {
        return continues;
    }

    /** Tells whether the bytes of the message are left over from an older message. */
    public LeftOver leftOver() {
        return leftOver;
    }

    /** Notes the end of the connection, which also ends a record: some programs connect for each message. */
    public void noMoreComes() {
        records.silence();
    }

    public boolean holdsText() {
        return length > handedOut;
    }

    /** Returns true if bytes are pending that may never get an end: many programs send no terminator. */
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
        isPendingAfterNul = length == 0 && !inPieces ? isAfterNul : isPendingAfterNul;
        length += part;
        at += part;
    }

    /** Ends the pending message. Returns false if it is empty. */
    private boolean endPending() {
        if (bytes[at] == '\n' && length > 0 && pending[length - 1] == '\r') {
            length--;
        }
        noteEnd(at);
        at++;
        hasEverEnded = true;
        return rest();
    }

    /** If the last whole message ended with a line feed, the bytes up to the next NUL do not count as left over. */
    public void keepLines() {
        isAfterNul &= endedWithNul;
    }

    /** Notes that a message ends there. A program that ends its messages with only a line feed sends no records. */
    private void noteEnd(int stop) {
        endedWithNul = bytes[stop] == 0;
        if (endedWithNul) {
            isAfterNul = true;
        } else if (!keepsAll && !isAfterNul && (stop + 1 == count || bytes[stop + 1] != 0)) {
            keepAll();
        }
    }

    private LeftOver leftOver(boolean isFoundAfterNul) {
        if (!isFoundAfterNul || keepsAll) {
            return LeftOver.NO;
        }
        boolean isLine = bytes[count - 1] == '\n'; // a record seldom ends with a line feed
        return records.size() > 0 ? LeftOver.SURELY : isLine ? LeftOver.NO : LeftOver.PERHAPS;
    }

    private void cutPiece() {
        handOut(lengthOfPiece());
        inPieces = true;
    }

    private boolean handOut(int size) {
        handedOut = size;
        message = new ByteRange(pending, 0, size, isPlain);
        continues = inPieces;
        leftOver = leftOver(isPendingAfterNul);
        return size > 0;
    }

    /** The length of a full piece. A character that is not whole yet is kept for the next piece. */
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
