package peerchat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every connection, accepted or client socket, from its opening to its end; what was idle for long is closed (P4). */
final class Connections {

    private final Speaker speaker;
    private final List<ClientSocket> clients;
    private final Duration idleTimeout;
    private final Duration acceptedIdleTimeout;
    private final Display display;
    private final Screen screen;
    private final Pace pace;
    private final Trace trace;
    private final List<Connection> connections = new ArrayList<>();
    private boolean anyClosed;

    /** @param idleTimeout after which a client socket is closed; an accepted connection is given twice as long */
    Connections(Speaker speaker, List<ClientSocket> clients, Duration idleTimeout, Display display,
            Screen screen, Pace pace, Trace trace) {
        this.speaker = speaker;
        this.clients = clients;
        this.idleTimeout = idleTimeout;
        this.acceptedIdleTimeout = idleTimeout.multipliedBy(2);
        this.display = display;
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

    /** From now on those that were closed are not among them. */
    void forgetClosed() {
        if (anyClosed) {
            connections.removeIf(Connection::isClosed);
            anyClosed = false;
        }
    }

    /** The other side sends no more: what it sent is shown, and what is half written to it is finished. */
    void ended(Connection connection) {
        pace.happened();
        if (connection.isClosing()) {
            close(connection); // both sides have ended: all that was sent has arrived
        } else {
            display.rest(connection);
            connection.end();
            closeIfFinished(connection);
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

    private void close(Connection connection) {
        display.rest(connection);
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
