package peerchat.trace;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import peerchat.net.Connection;
import peerchat.text.Slice;
import peerchat.users.Sender;
import peerchat.users.User;
import peerchat.wire.Message;

/**
 * The loop tells here what happens in it, for {@code --trace} and {@code --trace-file}. A reader of the loop can pass over
 * these calls: they do nothing unless a trace is wanted.
 */
public interface Trace {

    /** No trace is wanted. */
    Trace OFF = new Trace() {};

    /** The steps of a turn, in their order; the last turn ends with leaving. */
    enum Phase {
        ACCEPT, READ, KEYBOARD, SEND, CLOSE, SHOW, LEAVE;

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How long ago something last happened, by which the loop decides how to wait. */
    enum Pace {
        TALKING, PAUSING, SILENT;

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A turn begins, and the turn before it has ended. */
    default void turnBegins() {}

    /** A step of the turn begins, and the step before it has ended. */
    default void phase(Phase phase) {}

    default void pace(Pace pace) {}

    /** A wait begins, on a connection or else on the peer-chat server, for some milliseconds at most. */
    default void waits(Optional<Connection> connection, int millis) {}

    /** The wait is over. */
    default void waited() {}

    /** The connection was read; it tells what was found. (P2) */
    default void read(Connection connection) {}

    /** The peer-chat server listens. (P1) */
    default void listens(User me, boolean isOnEveryAddress) {}

    /** A connection came that is not wanted. (P1) */
    default void refused(InetSocketAddress remote, String why) {}

    /** A message was received (P2); {@code continues} if it is a further piece of the message before it. */
    default void received(Connection connection, Sender sender, Slice text, boolean continues) {}

    /** A line was entered at the keyboard. (P3.1) */
    default void typed(String line) {}

    /** A line that was entered is no message to a friend. (D3) */
    default void notSent(String why) {}

    /** A client socket is missing: connecting is tried for some milliseconds at most. (P3.2) */
    default void connects(User friend, int millis) {}

    /** The friend has not answered yet. (P3.2) */
    default void noAnswer(User friend) {}

    /** There will be no client socket; {@code why} goes on after the friend's name. (P3.2) */
    default void unreached(User friend, String why) {}

    /** A message is going to be written to this connection. (P3.3) */
    default void sends(Connection connection, Message message) {}

    /** A number of bytes was written. (P3.3) */
    default void wrote(Connection connection, int bytes) {}

    /** Nothing has come or gone over the connection for the idle timeout. (P4) */
    default void idle(Connection connection, Duration timeout) {}

    /** A connection has come so far: {@code ACCEPTED}, {@code CONNECTED}, {@code CLOSING}, {@code BROKE} or {@code CLOSED}. */
    default void now(TraceEvent.Kind kind, Connection connection) {}

    /** The user leaves: what is under way is finished. */
    default void leaves() {}

    /** Nothing more will happen. */
    default void ends() {}
}
