package peerchat.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

    private static final long READING_TAKES = TimeUnit.SECONDS.toNanos(2);
    private static final long RECENT = TimeUnit.SECONDS.toNanos(1);

    /** Messages that may not have been read: {@code count} of them, the last that were sent. */
    public record Doubt(int count, String firstText) {
        public String describe(String friend) {
            return count == 1 ? "in doubt: 1 message to " + friend + ": " + firstText
                    : "in doubt: the last " + count + " messages to " + friend + ", from this on: "
                            + Text.excerpt(firstText);
        }
    }

    /** A message. Its {@code end} is the number of bytes up to its last one, which was written at {@code time}. */
    private record Sent(String text, long end, long time) {}

    /** Messages that are written, and those that are begun. */
    private final Deque<Sent> sent = new ArrayDeque<>();
    private final Deque<Sent> begun = new ArrayDeque<>();
    private long bytesBegun;
    private long bytesWritten;
    /** When a write last had to wait. */
    private long lastBlocked = Long.MIN_VALUE;

    /** A message is about to be written. */
    void begin(String text, int size) {
        bytesBegun += size;
        begun.addLast(new Sent(text, bytesBegun, 0));
    }

    public boolean hasBegun() {
        return bytesBegun > 0;
    }

    /** A number of bytes was written just now; {@code isBlocked} if the write had to wait for the friend. */
    void wrote(int count, long now, boolean isBlocked) {
        bytesWritten += count;
        lastBlocked = isBlocked ? now : lastBlocked;
        while (!begun.isEmpty() && begun.getFirst().end() <= bytesWritten) {
            Sent message = begun.removeFirst();
            sent.addLast(new Sent(message.text(), message.end(), now));
        }
        while (!sent.isEmpty() && sent.getFirst().end() <= bytesWritten - MAY_BE_UNREAD) {
            sent.removeFirst();
        }
    }

    /**
     * The messages that may lie unread when a connection breaks. A program that serves its connections has read what
     * reached it well before it sent something itself. A write that blocked shows that it did not.
     *
     * @param lastHeard when bytes last came from the friend, over any connection
     */
    public Doubt unread(long lastHeard) {
        long readUpTo = lastHeard - READING_TAKES;
        return doubt(sent.stream().filter(message -> message.time() > readUpTo || lastBlocked > readUpTo));
    }

    /**
     * The messages that may have been read but not shown when the other side ended.
     *
     * @param lastKnownOpen when a read last found that it had not ended; the messages from a second before are meant
     */
    public Doubt recent(long lastKnownOpen) {
        return doubt(sent.stream().filter(message -> lastKnownOpen - message.time() <= RECENT));
    }

    private Doubt doubt(Stream<Sent> written) {
        List<Sent> messages = Stream.concat(written, begun.stream()).toList();
        return new Doubt(messages.size(), messages.isEmpty() ? "" : messages.get(0).text());
    }
}
