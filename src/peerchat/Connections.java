package peerchat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every connection, accepted or client socket, from its opening to its end. What arrives is read and displayed (P2);
 * what was idle for long is closed (P4).
 */
final class Connections {

    /** Bytes read from one connection in one turn. */
    static final int READ_BUFFER = 64 * 1024;

    /** Buffers read from a broken connection at once: more than the kernel holds. */
    private static final int MOST_BUFFERS_HELD = 16;

    /** The kernel holds one at most of a connection that is in order; the next read finds the end. */
    private static final int BUFFERS_BEFORE_AN_END = 2;

    private final Speaker speaker;
    private final List<ClientSocket> clients;
    private final Duration idleTimeout;
    private final Duration acceptedIdleTimeout;
    private final Screen screen;
    private final Pace pace;
    private final Trace trace;
    private final List<Connection> connections = new ArrayList<>();
    private final byte[] buffer = new byte[READ_BUFFER];
    private boolean anyClosed;

    /** @param idleTimeout after which a client socket is closed; an accepted connection is given twice as long */
    Connections(Speaker speaker, List<ClientSocket> clients, Duration idleTimeout, Screen screen, Pace pace,
            Trace trace) {
        this.speaker = speaker;
        this.clients = clients;
        this.idleTimeout = idleTimeout;
        this.acceptedIdleTimeout = idleTimeout.multipliedBy(2);
        this.screen = screen;
        this.pace = pace;
        this.trace = trace;
    }

    /** All, the oldest first; one that was closed in this turn is still among them. */
    List<Connection> all() {
        return connections;
    }

    /**
     * Takes in a connected socket. One whose far end is a friend's listening address and port is that friend's client
     * socket, whoever opened it.
     *
     * @return whether it is open: the other side may have ended it before it was looked at
     */
    boolean open(Socket socket, boolean accepted) {
        try {
            Connection connection = new Connection(socket, accepted, System.nanoTime());
            connections.add(connection);
            trace.opened(connection);
            clients.stream().filter(client -> client.friend().listensAt(connection.farEnd()))
                    .forEach(client -> client.use(connection));
            pace.happened(connection);
            return true;
        } catch (IOException e) {
            Connection.closeQuietly(socket);
            return false;
        }
    }

    /** Reads and displays what has come (P2), one buffer a connection: a friend who floods keeps nobody waiting. */
    void readAll() {
        trace.phase(Trace.Phase.READ);
        for (Connection connection : connections) {
            if (pace.patienceFor(connection) > 0) {
                read(connection, pace.patienceFor(connection));
            }
        }
        // Only now the others: what came during the wait is found at its end, and not after another one.
        for (Connection connection : connections) {
            if (pace.patienceFor(connection) == 0) {
                read(connection, 0);
            }
        }
        forgetClosed();
    }

    /** The same, waiting on every connection for some milliseconds. */
    void readAllFor(int patience) {
        connections.forEach(connection -> read(connection, patience));
        forgetClosed();
    }

    private void forgetClosed() {
        if (anyClosed) {
            connections.removeIf(Connection::isClosed);
            anyClosed = false;
        }
    }

    /**
     * Reads one buffer at most, and displays the messages in it.
     *
     * @param patience milliseconds to wait; 0 only asks, and cannot see the end of the stream
     * @return whether there was anything to read
     */
    boolean read(Connection connection, int patience) {
        if (connection.isClosed() || connection.isEnded()) {
            return false;
        }
        trace.asks(connection, patience);
        Connection.Found found = connection.read(buffer, patience);
        trace.asked(connection, found);
        switch (found) {
            case BYTES -> {
                connection.decoder().take(buffer, connection.bytesRead(), displayFrom(connection));
                pace.happened(connection);
            }
            case NOTHING -> {
                if (connection.fellSilent()) {
                    connection.decoder().fellSilent(displayFrom(connection));
                }
            }
            case END -> ended(connection);
            case BREAK -> broken(connection);
        }
        return found == Connection.Found.BYTES;
    }

    /** Reads what is there: an end is found only after all that was sent before it. */
    void readToEnd(Connection connection) {
        readBuffers(connection, MOST_BUFFERS_HELD);
    }

    /** Looks whether the other side has ended, for up to 1 ms; what it sent before the end is read first. */
    void look(Connection connection) {
        readBuffers(connection, BUFFERS_BEFORE_AN_END);
    }

    /** An end is seen only by a read that waits. */
    private void readBuffers(Connection connection, int most) {
        for (int i = 0; i < most && read(connection, 1); i++) {
            continue;
        }
    }

    private Decoder.Sink displayFrom(Connection connection) {
        return (message, continues) -> display(connection, message, continues);
    }

    private void display(Connection connection, Span message, boolean continues) {
        Optional<Speaker.Said> last = connection.lastSaid();
        boolean same = last.isPresent() && (continues || last.get().isAlso(message));
        Speaker.Said said = same ? last.get() : speaker.of(message, connection.farEnd());
        if (!same) {
            connection.remember(said);
        }
        Span text = continues ? message : said.textOf(message);
        if (!text.isEmpty()) {
            trace.received(connection, said, text, continues);
            screen.message(said, text);
        }
    }

    /** The other side sends no more: what it sent is shown, and what is half written to it is finished. */
    private void ended(Connection connection) {
        pace.happened();
        if (connection.isClosing()) {
            close(connection); // both sides have ended: all that was sent has arrived
        } else {
            if (connection.isAccepted() && connection.decoder().holdsText()) {
                readOlderOnes(connection);
            }
            connection.decoder().end(displayFrom(connection));
            connection.end();
            closeIfFinished(connection);
        }
    }

    /** Whoever makes a connection for each message, and ends it instead of the message, wrote to an older one before. */
    private void readOlderOnes(Connection newer) {
        for (Connection older : connections) {
            if (older == newer) {
                break;
            }
            if (older.isAccepted() && older.isOpen()
                    && older.farEnd().getAddress().equals(newer.farEnd().getAddress())) {
                readToEnd(older);
            }
        }
    }

    private void closeIfFinished(Connection connection) {
        if (!connection.sending().isMidBatch()) {
            receiver(connection).ifPresent(friend -> {
                boolean isKnown = !connection.isAccepted() || connection.sending().hasSent();
                if (isKnown && clients.stream().anyMatch(client -> client.uses(connection))) {
                    screen.notice(friend.name() + " closed the connection; the next message opens a new one");
                }
                report(connection.sending().log().recent(connection.lastKnownOpen()), friend);
            });
            close(connection);
        }
    }

    /** The connection broke: what was sent and may lie unread is in doubt. */
    void broken(Connection connection) {
        if (connection.isClosed()) {
            return;
        }
        trace.broke(connection);
        receiver(connection).ifPresent(friend -> {
            screen.notice("the connection to " + friend.name() + " broke");
            report(connection.sending().log().all(), friend);
        });
        close(connection);
    }

    /** A write failed: what the other side sent before is still read, then the connection has broken. */
    void failedToWrite(Connection connection) {
        readToEnd(connection);
        if (!connection.isClosed()) {
            broken(connection);
        }
    }

    private void close(Connection connection) {
        connection.decoder().end(displayFrom(connection));
        connection.close();
        trace.closed(connection);
        anyClosed = true;
        pace.happened();
    }

    private void report(SentLog.Doubt doubt, User friend) {
        if (doubt.count() > 0) {
            screen.notice(doubt.describe(friend.name()));
        }
    }

    /** Closes what was without activity for the idle timeout (P4); the side that opened a connection goes first. */
    void closeIdle() {
        trace.phase(Trace.Phase.CLOSE);
        long now = System.nanoTime();
        for (Connection connection : connections) {
            Duration limit = connection.isAccepted() ? acceptedIdleTimeout : idleTimeout;
            if (connection.isEnded()) {
                closeIfFinished(connection);
            } else if (connection.closesTooLong(now)) {
                neverEnded(connection);
            } else if (connection.isOpen() && connection.idleFor(now) >= limit.toNanos()
                    && !connection.sending().isMidBatch()) {
                trace.idle(connection, limit);
                screen.notice("closed the connection " + (connection.isAccepted() ? "from " : "to ")
                        + speaker.whoIsAt(connection) + ": idle for " + Text.seconds(limit));
                beginClosing(connection);
            }
        }
    }

    /** Ends this side of a connection politely: what the other side still sends is read. */
    void beginClosing(Connection connection) {
        if (connection.isOpen()) {
            trace.closes(connection);
            connection.beginClosing(System.nanoTime());
        }
    }

    /** The other side did not answer the end with its own: it may not have read what was sent last. */
    private void neverEnded(Connection connection) {
        receiver(connection).ifPresent(friend -> report(connection.sending().log().all(), friend));
        close(connection);
    }

    /** On leaving: what is half written stays so. */
    void beginClosingAll() {
        forgetClosed();
        for (Connection connection : connections) {
            if (connection.sending().isMidBatch()) {
                broken(connection);
            } else {
                beginClosing(connection);
            }
        }
        forgetClosed();
    }

    void closeAll() {
        connections.stream().filter(connection -> !connection.isClosed()).forEach(this::neverEnded);
        connections.clear();
    }

    /** The friend to whom messages go over this connection. */
    private Optional<User> receiver(Connection connection) {
        return speaker.listeningAt(connection.farEnd());
    }
}
