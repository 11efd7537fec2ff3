package peerchat;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/**
 * {@code select()}, emulated: the place where a turn waits. The classic sockets can be waited on one by one only. So a
 * turn chooses one source, waits on it with a short SO_TIMEOUT, and keeps what came of it. The later steps only ask the
 * others. One exception: a connection that was quiet is read once before it is written to, for 1 ms.
 */
final class Wait {

    private static final int SHORTEST_MILLIS = 1;

    private final PeerServer server;
    private final Pace pace;
    private final Trace trace;
    private final byte[] buffer = new byte[Inbox.READ_BUFFER];
    /** The connection that somebody made during the wait. */
    private Optional<Socket> accepted = Optional.empty();
    /** Why it could not be accepted. */
    private Optional<IOException> failure = Optional.empty();
    /** The connection that was waited on. */
    private Optional<Connection> connection = Optional.empty();
    /** What the wait found on it; bytes are in the buffer. */
    private Connection.Found found = Connection.Found.NOTHING;

    Wait(PeerServer server, Pace pace, Trace trace) {
        this.server = server;
        this.pace = pace;
        this.trace = trace;
    }

    /** Waits on the source that will probably speak next, or on none if an answer is on its way. */
    void onOneSource(List<Connection> connections) {
        forget();
        Optional<Source> source = pace.choose(connections);
        if (source.isPresent()) {
            if (source.get() instanceof Connection chosen) {
                on(chosen, pace.millis());
            } else {
                onServer(pace.millis());
            }
        }
    }

    /** Waits as short as possible whether somebody connects. */
    void onServer() {
        forget();
        onServer(SHORTEST_MILLIS);
    }

    private void forget() {
        accepted = Optional.empty();
        failure = Optional.empty();
        connection = Optional.empty();
    }

    private void onServer(int millis) {
        trace.asks(server, millis);
        try {
            accepted = server.accept(millis);
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        trace.asked(server);
    }

    private void on(Connection chosen, int millis) {
        trace.asks(chosen, millis);
        found = chosen.read(buffer, millis);
        connection = Optional.of(chosen);
        trace.asked(chosen, found);
    }

    /**
     * The connection that was made during the wait, if any. (P1)
     *
     * @throws IOException if the system has no room for another connection
     */
    Optional<Socket> accepted() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        return accepted;
    }

    /** Whether this connection was read during the wait. (P2) */
    boolean hasRead(Connection other) {
        return connection.isPresent() && connection.get() == other;
    }

    /** What was found on it. */
    Connection.Found found() {
        return found;
    }

    /** The bytes that were read from it; {@link Connection#bytesRead} tells how many. */
    byte[] bytes() {
        return buffer;
    }
}
