package peerchat.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import peerchat.text.Text;

/**
 * The last messages written to one connection. TCP tells that a connection broke, but not which bytes the other program
 * had read. Messages that may be unread are in doubt, and the user is told which.
 */
public final class SentLog {
    /**
     * Bytes that may lie between our write and the friend's screen: in both kernels' buffers, and in the read buffer of
     * the friend's program. Linux makes its buffers twice as large as asked for.
     */
    static final int MAY_BE_UNREAD = 2 * Sockets.SEND_BUFFER + 2 * Sockets.LOOPBACK_RECEIVE_BUFFER
            + Connection.READ_BUFFER;

    /** When a program sends something, it has read all that reached it more than this time before. */
    private static final long READ_AFTER = TimeUnit.SECONDS.toNanos(2);
    private static final long RECENT = TimeUnit.SECONDS.toNanos(1);

    /** Messages that may not have been read: {@code count} of them, the last that were sent. */
    public record Doubt(int count, String firstText) {
        public String describe(String friend) {
            return count == 1 ? "in doubt: 1 message to " + friend + ": " + firstText
                    : "in doubt: the last " + count + " messages to " + friend + ", the first of them: "
                            + Text.excerpt(firstText);
        }
    }

    /** A message. Its {@code end} counts all bytes up to its last byte, which was written at {@code time}. */
    private record Sent(String text, long end, long time) {}

    /** Messages that are written, and those that are only begun. */
    private final Deque<Sent> sent = new ArrayDeque<>();
    private final Deque<Sent> begun = new ArrayDeque<>();
    private long bytesBegun;
    private long bytesWritten;
    /** Time of the last write that blocked. */
    private long lastBlocked = Long.MIN_VALUE;

    /** Notes that a message is about to be written. */
    void begin(String text, int size) {
        bytesBegun += size;
        begun.addLast(new Sent(text, bytesBegun, 0));
    }

    public boolean hasBegun() {
        return bytesBegun > 0;
    }

    /** Notes that {@code count} bytes were written just now, by a write that blocked or did not. */
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
     * The messages that may be unread when a connection breaks. A program that serves its connections has read the
     * messages that reached it 2 s before it sent something itself. If a write blocked after those 2 s began, the
     * program did not read, and nothing counts as read.
     *
     * @param lastHeard a time at which the last bytes from the friend, over any connection, had not come yet
     */
    public Doubt unread(long lastHeard) {
        long readUpTo = lastHeard - READ_AFTER;
        return doubt(sent.stream().filter(message -> message.time() > readUpTo || lastBlocked > readUpTo));
    }

    /**
     * The messages that may have been read but not shown when the other side ended.
     *
     * @param lastKnownOpen when a read last found the stream open; messages are taken from one second before that
     */
    public Doubt recent(long lastKnownOpen) {
        return doubt(sent.stream().filter(message -> lastKnownOpen - message.time() <= RECENT));
    }

    private Doubt doubt(Stream<Sent> written) {
        List<Sent> messages = Stream.concat(written, begun.stream()).toList();
        return new Doubt(messages.size(), messages.isEmpty() ? "" : messages.get(0).text());
    }
}
