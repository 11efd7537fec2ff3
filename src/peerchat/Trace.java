package peerchat;

import java.net.Socket;
import java.time.Duration;
import java.util.Locale;

/**
 * What the loop tells of itself, for whoever wants to see it: {@code --trace} and {@code --trace-file}. Each call is a
 * line of its own in the code of the loop, which can be passed over in reading; it does nothing while nobody looks.
 */
interface Trace {

    /** Nobody looks. */
    Trace OFF = new Trace() {
    };

    /** The steps of a turn, in their order; the last turn ends with leaving. */
    enum Phase {
        ACCEPT, READ, KEYBOARD, SEND, CLOSE, SHOW, LEAVE;

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A turn begins, and with that the one before has ended. */
    default void turnBegins() {
    }

    /** A step of the turn begins, and with that the one before has ended. */
    default void phase(Phase phase) {
    }

    /** The pace has decided how this turn waits. */
    default void gear(Pace.Gear gear) {
    }

    /** A source is about to be asked, and waited on for so many milliseconds; 0 is no wait. */
    default void asks(Source source, int patience) {
    }

    /** The peer-chat server has answered, or the wait is over. */
    default void asked(PeerServer server) {
    }

    /** The connection has answered, or the wait is over. */
    default void asked(Connection connection, Connection.Found found) {
    }

    /** The peer-chat server listens. (P1) */
    default void listens(User me, PeerServer server) {
    }

    /** A connection begins, accepted (P1) or as a client socket (P3.2). */
    default void opened(Connection connection) {
    }

    /** A connection came that is not wanted. (P1) */
    default void refused(Socket socket, String why) {
    }

    /** A message was found in what was read (P2); {@code continues} if it is a further piece of the one before. */
    default void received(Connection connection, Speaker.Said said, Span text, boolean continues) {
    }

    /** A line was entered at the keyboard. (P3.1) */
    default void typed(String line) {
    }

    /** A line that was entered is no message to a friend. (D3) */
    default void notSent(String why) {
    }

    /** A client socket is missing, and is tried for at most so many milliseconds. (P3.2) */
    default void tries(User friend, int sliceMillis) {
    }

    /** The slice is over, and nothing has come of it. (P3.2) */
    default void triesAgain(User friend) {
    }

    /** There will be no client socket; {@code why} goes on after the friend's name. (P3.2) */
    default void unreached(User friend, String why) {
    }

    /** A message goes out over this connection. (P3.3) */
    default void sends(Connection connection, Outgoing message) {
    }

    /** So many bytes were written. (P3.3) */
    default void wrote(Connection connection, int bytes) {
    }

    /** Nothing has come or gone over it for the idle timeout. (P4) */
    default void idle(Connection connection, Duration limit) {
    }

    /** This side sends no more over the connection. */
    default void closes(Connection connection) {
    }

    /** It broke: a reset, or a write that failed. */
    default void broke(Connection connection) {
    }

    /** It is closed, and forgotten. */
    default void closed(Connection connection) {
    }

    /** The user leaves: what is under way is finished. */
    default void leaves() {
    }

    /** Nothing more will happen. */
    default void ends() {
    }
}
