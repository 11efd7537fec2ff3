package peerchat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import peerchat.console.Screen;
import peerchat.net.ClientSocket;
import peerchat.net.Connection;
import peerchat.net.SentLog;
import peerchat.net.Sockets;
import peerchat.text.Text;
import peerchat.trace.Trace;
import peerchat.trace.TraceEvent.Kind;
import peerchat.users.User;
import peerchat.wire.Decoder;
import peerchat.wire.Dialect;
import peerchat.wire.Dialects;

/** All connections, accepted ones and client sockets. A connection that was idle for long is closed. (P4) */
final class Connections {
    /** How long the other side may take to end a connection that this side has ended. */
    private static final long LONGEST_CLOSING = TimeUnit.SECONDS.toNanos(3);

    private final List<ClientSocket> clients;
    private final Duration idleTimeout;
    private final Screen screen;
    private final WaitPolicy policy;
    private final Trace trace;
    private final Dialects dialects;
    private final List<Connection> connections = new ArrayList<>();
    /** Sizes of what may have been records, on any connection. */
    private final Set<Integer> recordSizes = new HashSet<>();
    private boolean anyClosed;

    /** @param idleTimeout of a client socket; an accepted connection has twice as long */
    Connections(List<ClientSocket> clients, Duration idleTimeout, Dialects dialects, Screen screen, WaitPolicy policy,
            Trace trace) {
        this.clients = clients;
        this.idleTimeout = idleTimeout;
        this.dialects = dialects;
        this.screen = screen;
        this.policy = policy;
        this.trace = trace;
    }

    /** All, the oldest first. A connection that was closed in this turn is still among them. */
    List<Connection> all() {
        return connections;
    }

    /**
     * Adds a connected socket.
     *
     * @param receiver the friend whose peer-chat server is the remote end
     * @return nothing if the other side has ended it already
     */
    Optional<Connection> add(Socket socket, boolean isAccepted, Optional<User> receiver) {
        try {
            Decoder decoder = new Decoder(recordSizes);
            Dialect dialect = receiver.map(friend -> dialects.of(friend.name())).orElse(dialects.usual());
            if (dialect.block() > 0) {
                decoder.useRecords(dialect.block());
            }
            Connection connection = new Connection(socket, isAccepted, receiver,
                    isAccepted ? idleTimeout.multipliedBy(2) : idleTimeout, decoder); // the side that connected goes first
            connections.add(connection);
            if (isAccepted) {
                clients.stream().filter(client -> receiver.equals(Optional.of(client.friend())))
                        .forEach(client -> client.offer(connection));
            }
            trace.happened(isAccepted ? Kind.ACCEPTED : Kind.CONNECTED, connection);
            return Optional.of(connection);
        } catch (IOException e) {
            Sockets.closeQuietly(socket);
            return Optional.empty();
        }
    }

    /** Removes the closed ones. */
    void forgetClosed() {
        if (anyClosed) {
            connections.removeIf(connection -> connection.is(Connection.State.CLOSED));
            anyClosed = false;
        }
    }

    /** The other side sends no more. What is half written to it is finished, then the connection is closed. */
    void ended(Connection connection) {
        policy.noteEvent();
        if (connection.is(Connection.State.HALF_CLOSED)) {
            close(connection); // both sides have ended: all that was sent has arrived
        } else {
            connection.remoteEnded();
            closeIfWritten(connection);
        }
    }

    private void closeIfWritten(Connection connection) {
        if (isHalfWritten(connection)) {
            return;
        }
        connection.receiver().ifPresent(friend -> {
            boolean isKnown = !connection.isAccepted() || connection.log().hasBegun();
            if (isKnown && clients.stream().anyMatch(client -> client.uses(connection))) {
                screen.notice(friend.name() + " closed the connection; the next message opens a new one");
            }
        });
        report(connection.log().recent(connection.lastKnownOpen()), connection);
        close(connection);
    }

    /** The connection broke: what was sent and may lie unread is in doubt. */
    void broken(Connection connection) {
        if (!connection.is(Connection.State.CLOSED)) {
            trace.happened(Kind.BROKE, connection);
            connection.receiver().ifPresent(friend -> screen.notice("the connection to " + friend.name() + " broke"));
            closeWithDoubt(connection);
        }
    }

    /** Closes a connection whose other side may not have read what was sent last. */
    private void closeWithDoubt(Connection connection) {
        report(connection.log().all(), connection);
        close(connection);
    }

    private void report(SentLog.Doubt doubt, Connection connection) {
        if (doubt.count() > 0) {
            connection.receiver().ifPresent(friend -> screen.notice(doubt.describe(friend.name())));
        }
    }

    private void close(Connection connection) {
        clients.forEach(client -> client.lost(connection));
        connection.close();
        anyClosed = true;
        trace.happened(Kind.CLOSED, connection);
        policy.noteEvent();
    }

    /** Whether a message is only partly written to this connection. */
    boolean isHalfWritten(Connection connection) {
        return clients.stream().anyMatch(client -> client.isWriting(connection));
    }

    /** Closes what was without activity for the idle timeout. (P4) */
    void closeIdle() {
        trace.phase(Trace.Phase.CLOSE);
        long now = System.nanoTime();
        for (Connection connection : connections) {
            if (connection.is(Connection.State.REMOTE_ENDED)) {
                closeIfWritten(connection);
            } else if (connection.closesFor(connection.lastWaited()) > LONGEST_CLOSING) { // a wait has seen no end since
                closeWithDoubt(connection);
            } else if (connection.is(Connection.State.OPEN)
                    && now - connection.lastActive() >= connection.idleTimeout().toNanos()
                    && !isHalfWritten(connection)) {
                trace.happened(Kind.IDLE, connection);
                screen.notice("closed the connection " + (connection.isAccepted() ? "from " : "to ")
                        + connection.remoteName() + ": idle for " + Text.seconds(connection.idleTimeout()));
                beginClosing(connection);
            }
        }
    }

    /** Ends this side of a connection politely: what the other side still sends is read. */
    void beginClosing(Connection connection) {
        if (connection.is(Connection.State.OPEN)) {
            trace.happened(Kind.CLOSING, connection);
            clients.forEach(client -> client.lost(connection));
            connection.shutDownOutput();
        }
    }

    /** Keeps the number of accepted connections bounded: closes the one whose other side takes longest to end it. */
    void limitClosing(int mostAccepted) {
        long now = System.nanoTime();
        List<Connection> accepted = connections.stream()
                .filter(connection -> connection.isAccepted() && !connection.is(Connection.State.CLOSED)).toList();
        if (accepted.size() > mostAccepted) {
            accepted.stream().filter(connection -> connection.is(Connection.State.HALF_CLOSED))
                    .max(Comparator.comparingLong(connection -> connection.closesFor(now)))
                    .ifPresent(this::closeWithDoubt);
        }
    }

    /** On leaving: what is half written stays so. */
    void beginClosingAll() {
        for (Connection connection : connections) {
            if (isHalfWritten(connection)) {
                broken(connection);
            } else {
                beginClosing(connection);
            }
        }
    }

    void closeAll() {
        connections.stream().filter(connection -> !connection.is(Connection.State.CLOSED))
                .forEach(this::closeWithDoubt);
    }
}
