package peerchat.wire;

import java.util.concurrent.TimeUnit;

/**
 * How messages are sent, for friends whose programs want it otherwise than usual. Reading needs no setting.
 *
 * @param fromOwnPort whether client sockets are bound to my server's port, by which some programs know a friend
 * @param oneShot     whether each message has a connection of its own
 */
public record Dialect(WireFormat format, boolean fromOwnPort, boolean oneShot) {
    /** A reader who is not told the end of a message takes the silence after it for the end. */
    private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(600);

    /** Nanoseconds between two messages to the same friend: above 0 if nothing else tells the messages apart. */
    public long pause() {
        return oneShot || format.marksTheEnd() ? 0 : SILENCE;
    }

    /** How many messages may go out with one write. */
    public int messagesPerWrite() {
        return oneShot || pause() > 0 ? 1 : Integer.MAX_VALUE;
    }
}
