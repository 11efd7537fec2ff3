package peerchat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The last messages written to one connection. TCP says when a connection breaks, but not what the other program had
 * read by then: the messages that may have lain unread are in doubt, and the user is told which.
 */
final class SentLog {

    /**
     * Bytes that may be held between our write and the friend's screen: both kernels' buffers, for which Linux takes
     * twice the size that was asked for, and what the friend's program has read but not shown.
     */
    static final int MAY_BE_UNREAD = 2 * Connection.SEND_BUFFER + 2 * Connection.RECEIVE_BUFFER
            + Connections.READ_BUFFER;

    private static final long RECENT = TimeUnit.SECONDS.toNanos(1);

    /** Messages that may not have been read: {@code count} of them, the last that were sent. */
    record Doubt(int count, String firstText) {

        String describe(String friend) {
            return count == 1 ? "in doubt: 1 message to " + friend + ": " + Text.visible(firstText)
                    : "in doubt: the last " + count + " messages to " + friend + ", from this on: "
                            + Text.visible(Text.excerpt(firstText));
        }
    }

    private record Sent(String text, long endsAt, long when) {
    }

    private final Deque<Sent> messages = new ArrayDeque<>();
    private long bytes;

    void add(String text, int size, long now) {
        bytes += size;
        messages.addLast(new Sent(text, bytes, now));
        while (messages.getFirst().endsAt() <= bytes - MAY_BE_UNREAD) {
            messages.removeFirst();
        }
    }

    /** What may lie unread when a connection breaks. */
    Doubt all() {
        return new Doubt(messages.size(), messages.isEmpty() ? "" : messages.getFirst().text());
    }

    /** What may have crossed the end of the stream on its way: the messages of the last second. */
    Doubt recent(long now) {
        Deque<Sent> recent = new ArrayDeque<>(messages);
        recent.removeIf(message -> now - message.when() > RECENT);
        return new Doubt(recent.size(), recent.isEmpty() ? "" : recent.getFirst().text());
    }
}
