package peerchat;

import java.util.concurrent.TimeUnit;

/**
 * How this program speaks to its friends' programs, where they want it otherwise than usual. Listening needs no setting.
 *
 * @param fromOwnPort whether client sockets leave from my peer-chat server's port, by which some programs know a friend
 * @param oneShot     whether each message has a connection of its own
 */
record Dialect(WireFormat format, boolean fromOwnPort, boolean oneShot) {

    /** A reader who is not told the end of a message takes the silence after it for the end. */
    private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(600);

    private boolean isToldApartBySilence() {
        return !oneShot && !format.marksTheEnd();
    }

    /** Nanoseconds between two messages to the same friend, at least. */
    long pause() {
        return isToldApartBySilence() ? SILENCE : 0;
    }

    /** How many messages may go out with one write. */
    int messagesPerWrite() {
        return oneShot || isToldApartBySilence() ? 1 : Integer.MAX_VALUE;
    }
}
