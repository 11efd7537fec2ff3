package peerchat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

/** All connections: accepted connections and client sockets. Closes each after its idle timeout. (P4) */
final class Connections {
    /** How long a connection may stay half closed, until the other side ends it too. */
    private static final long CLOSING_TIMEOUT = TimeUnit.SECONDS.toNanos(3);

    private final List<ClientSocket> clients;
    private final Duration idleTimeout;
    private final Screen screen;
    private final WaitPolicy policy;
    private final Trace trace;
    private final List<Connection> connections = new ArrayList<>();
    /**
     * Some programs send their whole buffer for each message: a record. The decoders of all connections share this map
     * from a possible size of records to their last bytes.
     */
    private final Map<Integer, String> recordsSeen = new HashMap<>();
    private boolean anyClosed;
    private final long start = System.nanoTime();
    /** For each friend, the time of a read that found nothing, before the last bytes came. */
    private final Map<User, Long> lastHeard = new HashMap<>();
    /** Friends whose programs have ended a connection that this side had half closed. */
    private final Set<User> ending = new HashSet<>();
    /** Friends whose programs leave a half-closed connection open. The user has been told so. */
    private final Set<User> neverEnding = new HashSet<>();

    /** @param idleTimeout of a client socket; an accepted connection has twice as long */
    Connections(List<ClientSocket> clients, Duration idleTimeout, Screen screen, WaitPolicy policy, Trace trace) {
        this.clients = clients;
        this.idleTimeout = idleTimeout;
        this.screen = screen;
        this.policy = policy;
        this.trace = trace;
    }

    /** All connections, the oldest first. A closed one stays among them until the end of the next read step. */
    List<Connection> all() {
        return connections;
    }

    /**
     * Adds a connected socket.
     *
     * @param receiver the friend whose peer-chat server is the remote end
     * @return the connection, or nothing if the other side has ended it already
     */
    Optional<Connection> add(Socket socket, boolean isAccepted, Optional<User> receiver) {
        try {
            Connection connection = new Connection(socket, isAccepted, receiver,
                    isAccepted ? idleTimeout.plus(idleTimeout) : idleTimeout, // the side that connected closes first
                    new Decoder(recordsSeen));
            connections.add(connection);
            if (isAccepted) {
                for (ClientSocket client : clients) {
                    if (receiver.equals(Optional.of(client.friend()))) {
                        client.offer(connection);
                    }
                }
            }
            trace.happened(isAccepted ? Kind.ACCEPTED : Kind.CONNECTED, connection);
            return Optional.of(connection);
        } catch (IOException e) {
            Sockets.closeQuietly(socket);
            return Optional.empty();
        }
    }

    /** Removes the connections that are closed. */
    void forgetClosed() {
        if (anyClosed) {
            connections.removeIf(connection -> connection.is(Connection.State.CLOSED));
            anyClosed = false;
        }
    }

    /** Notes that bytes have come. Messages that reached the friend's program long before them count as read. */
    void heard(Connection connection) {
        if (connection.friend().isPresent()) {
            lastHeard.put(connection.friend().get(), connection.lastEmpty());
        }
    }

    /** Handles the end of the stream. A half-written message is finished, then the connection is closed. */
    void ended(Connection connection) {
        policy.noteEvent();
        if (connection.is(Connection.State.HALF_CLOSED)) {
            connection.receiver().ifPresent(ending::add);
            close(connection); // both sides have ended: no message is in doubt
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
                screen.notice(friend.name() + " closed the connection; the next message needs a new one");
            }
        });
        report(connection.log().recent(connection.lastKnownOpen()), connection);
        close(connection);
    }

    /** Closes a connection that broke. Messages that the friend may not have read are in doubt. */
    void broken(Connection connection) {
        if (!connection.is(Connection.State.CLOSED)) {
            trace.happened(Kind.BROKE, connection);
            connection.receiver().ifPresent(friend -> screen.notice("the connection to " + friend.name() + " broke"));
            closeWithDoubt(connection);
        }
    }

    /** Closes a connection, and reports the messages that the friend may not have read. */
    private void closeWithDoubt(Connection connection) {
        report(unread(connection), connection);
        close(connection);
    }

    /**
     * Closes a connection that the other side did not end in time. Some programs never end a connection. If their
     * system has acknowledged everything, the user is told only once that messages are in doubt.
     */
    private void closeUnanswered(Connection connection) {
        SentLog.Doubt doubt = unread(connection);
        boolean hasArrived = connection.closeAcknowledged();
        if (!hasArrived) {
            report(doubt, connection);
        } else if (connection.receiver().map(ending::contains).orElse(false)) {
            report(doubt, connection); // the friend's program usually ends connections
        } else if (doubt.count() > 0 && connection.receiver().map(neverEnding::add).orElse(false)) {
            report(doubt, connection);
            screen.notice(connection.remoteName()
                    + "'s program left its side open: such doubts are told only once");
        }
        closed(connection);
    }

    /** The messages that the friend may not have read. */
    private SentLog.Doubt unread(Connection connection) {
        return connection.log().unread(connection.receiver().map(lastHeard::get).orElse(start));
    }

    private void report(SentLog.Doubt doubt, Connection connection) {
        if (doubt.count() > 0) {
            connection.receiver().ifPresent(friend -> screen.notice(doubt.describe(friend.name())));
        }
    }

    private void close(Connection connection) {
        connection.close();
        closed(connection);
    }

    private void closed(Connection connection) {
        clients.forEach(client -> client.lost(connection));
        anyClosed = true;
        trace.happened(Kind.CLOSED, connection);
        policy.noteEvent();
    }

    /** Returns true if a message is only partly written to this connection. */
    boolean isHalfWritten(Connection connection) {
        return clients.stream().anyMatch(client -> client.isWriting(connection));
    }

    /** Closes each connection that was without activity for its idle timeout. (P4) */
    void closeIdle() {
        trace.phase(Trace.Phase.CLOSE);
        long now = System.nanoTime();
        for (Connection connection : connections) {
            if (connection.is(Connection.State.REMOTE_ENDED)) {
                closeIfWritten(connection);
            } else if (connection.halfClosedFor(connection.lastWaited()) > CLOSING_TIMEOUT) { // that wait saw no end
                closeUnanswered(connection);
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

    /** Half closes a connection: this side sends no more, but reads what the other side still sends. */
    void beginClosing(Connection connection) {
        if (connection.is(Connection.State.OPEN)) {
            trace.happened(Kind.CLOSING, connection);
            clients.forEach(client -> client.lost(connection));
            connection.shutDownOutput();
        }
    }

    /** Keeps the number of accepted connections bounded: closes the one that has been half closed longest. */
    void limitClosing(int mostAccepted) {
        long now = System.nanoTime();
        List<Connection> accepted = connections.stream()
                .filter(connection -> connection.isAccepted() && !connection.is(Connection.State.CLOSED)).toList();
        if (accepted.size() > mostAccepted) {
            accepted.stream().filter(connection -> connection.is(Connection.State.HALF_CLOSED))
                    .max(Comparator.comparingLong(connection -> connection.halfClosedFor(now)))
                    .ifPresent(this::closeUnanswered);
        }
    }

    /** Half closes all connections on leaving. One with a half-written message is closed at once. */
    void beginClosingAll() {
        for (Connection connection : connections) {
            if (isHalfWritten(connection)) {
                closeWithDoubt(connection);
            } else {
                beginClosing(connection);
            }
        }
    }

    void closeAll() {
        for (Connection connection : connections) {
            if (connection.is(Connection.State.HALF_CLOSED)) {
                closeUnanswered(connection);
            } else if (!connection.is(Connection.State.CLOSED)) {
                closeWithDoubt(connection);
            }
        }
    }
}
