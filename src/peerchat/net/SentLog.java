package peerchat.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import peerchat.text.Text;

/**
 * The last messages written to one connection. TCP says when a connection breaks, but not what the other program had
 * read by then: the messages that may have lain unread are in doubt, and the user is told which.
 */
public final class SentLog {

    /**
     * Bytes that may be held between our write and the friend's screen: both kernels' buffers, for which Linux takes
     * twice the size that was asked for, and what the friend's program has read but not shown.
     */
    static final int MAY_BE_UNREAD = 2 * Sockets.SEND_BUFFER + 2 * Sockets.LOOPBACK_RECEIVE_BUFFER
            + Connection.READ_BUFFER;

    private static final long RECENT = TimeUnit.SECONDS.toNanos(1);
    private static final long MARK_EVERY = TimeUnit.MILLISECONDS.toNanos(50);
    /** Longer than it can take until an end is looked for. */
    private static final long MARKS_KEPT = TimeUnit.SECONDS.toNanos(20);

    /** Messages that may not have been read: {@code count} of them, the last that were sent. */
    public record Doubt(int count, String firstText) {

        public String describe(String friend) {
            return count == 1 ? "in doubt: 1 message to " + friend + ": " + firstText
                    : "in doubt: the last " + count + " messages to " + friend + ", from this on: "
                            + Text.excerpt(firstText);
        }
    }

    private record Sent(String text, long endsAt) {
    }

    /** Up to which byte all was written before that time. */
    private record Mark(long bytes, long time) {
    }

    private final Deque<Sent> messages = new ArrayDeque<>();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long begun;
    private long written;

    /** A message is about to be written. */
    void begin(String text, int size) {
        begun += size;
        messages.addLast(new Sent(text, begun));
    }

    public boolean hasBegun() {
        return begun > 0;
    }

    /** That many bytes were written just now. */
    void wrote(int count, long now) {
        if (marks.isEmpty() || now - marks.getLast().time() > MARK_EVERY) {
            marks.addLast(new Mark(written, now));
        }
        while (now - marks.getFirst().time() > MARKS_KEPT) {
            marks.removeFirst();
        }
        written += count;
        while (!messages.isEmpty() && messages.getFirst().endsAt() <= written - MAY_BE_UNREAD) {
            messages.removeFirst();
        }
    }

    /** What may lie unread when a connection breaks. */
    public Doubt all() {
        return after(written - MAY_BE_UNREAD);
    }

    /**
     * What may have been read but not shown when the other side ended.
     *
     * @param lastKnownOpen when a read last found that it had not ended; the messages from a second before are meant
     */
    public Doubt recent(long lastKnownOpen) {
        return after(marks.stream().filter(mark -> lastKnownOpen - mark.time() <= RECENT + MARK_EVERY).findFirst()
                .map(Mark::bytes).orElse(written));
    }

    private Doubt after(long byteNumber) {
        int count = 0;
        String first = "";
        for (Sent message : messages) {
            if (message.endsAt() > byteNumber) {
                first = count == 0 ? message.text() : first;
                count++;
            }
        }
        return new Doubt(count, first);
    }
}
