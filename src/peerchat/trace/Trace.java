package peerchat.trace;

import java.util.Optional;
import peerchat.net.ClientSocket;
import peerchat.net.Connection;
import peerchat.text.ByteRange;
import peerchat.users.Sender;
import peerchat.wire.Message;

/**
 * The loop reports its events here, for {@code --trace} and {@code --trace-file}. A reader of the loop can pass over
 * these calls: they do nothing unless a trace is wanted.
 */
public interface Trace {
    Trace OFF = new Trace() {};

    /** The steps of a turn, in their order. LEAVE comes only in the last turn. */
    enum Phase { ACCEPT, READ, KEYBOARD, SEND, CLOSE, SHOW, LEAVE }

    /** The pace of the conversation. It decides how long the loop waits; see {@code WaitPolicy}. */
    enum Pace { TALKING, TYPING, PAUSING, SILENT }

    /** A turn begins, and the turn before it has ended. */
    default void turnBegins() {}

    /** A step of the turn begins, and the step before it has ended. */
    default void phase(Phase phase) {}

    default void pace(Pace pace) {}

    /** A wait begins, on a connection or else on the peer-chat server, with its timeout in milliseconds. */
    default void waits(Optional<Connection> connection, int millis) {}

    /** The wait is over. */
    default void waited() {}

    /** The connection was read, and holds the outcome. (P2) */
    default void read(Connection connection) {}

    /** A message was received (P2); {@code continues} if it is a further piece of the message before it. */
    default void received(Connection connection, Sender sender, ByteRange text, boolean continues) {}

    /** A message is going to be written to this connection. (P3.3) */
    default void sends(Connection connection, Message message) {}

    /** A number of bytes was written to the client socket. (P3.3) */
    default void wrote(ClientSocket client, int bytes) {}

    /** Something happened to a connection: it was accepted, connected, idle, closing, broken or closed. */
    default void happened(TraceEvent.Kind kind, Connection connection) {}

    /** Something else happened, such as a typed line. The details for a viewer are keys and values in turn. */
    default void happened(TraceEvent.Kind kind, String words, Object... details) {}

    /** Nothing more will happen. */
    default void ends() {}
}
