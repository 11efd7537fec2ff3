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

/** All connections, accepted ones and client sockets. A connection that was idle for long is closed. (P4) */
final class Connections {
    /** How long the other side may take to end a connection that this side has ended. */
    private static final long LONGEST_CLOSING = TimeUnit.SECONDS.toNanos(3);

    private final List<ClientSocket> clients;
    private final Duration idleTimeout;
    private final Screen screen;
    private final WaitPolicy policy;
    private final Trace trace;
    private final List<Connection> connections = new ArrayList<>();
    /** How records may have ended, by their size, on any connection. */
    private final Map<Integer, String> recordsSeen = new HashMap<>();
    private boolean anyClosed;
    private final long start = System.nanoTime();
    /** When bytes last came from a friend: not before this time. */
    private final Map<User, Long> lastHeard = new HashMap<>();
    /** Friends whose programs have ended a connection after this side had. */
    private final Set<User> ending = new HashSet<>();
    /** Friends of whom the user was told that their programs do not. */
    private final Set<User> neverEnding = new HashSet<>();

    /** @param idleTimeout of a client socket; an accepted connection has twice as long */
    Connections(List<ClientSocket> clients, Duration idleTimeout, Screen screen, WaitPolicy policy, Trace trace) {
        this.clients = clients;
        this.idleTimeout = idleTimeout;
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
            Connection connection = new Connection(socket, isAccepted, receiver,
                    isAccepted ? idleTimeout.plus(idleTimeout) : idleTimeout, // the side that connected goes first
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

    /** Removes the closed ones. */
    void forgetClosed() {
        if (anyClosed) {
            connections.removeIf(connection -> connection.is(Connection.State.CLOSED));
            anyClosed = false;
        }
    }

    /** Bytes have come: the friend's program has read what reached it long before. */
    void heard(Connection connection) {
        if (connection.friend().isPresent()) {
            lastHeard.put(connection.friend().get(), connection.lastEmpty());
        }
    }

    /** The other side sends no more. What is half written to it is finished, then the connection is closed. */
    void ended(Connection connection) {
        policy.noteEvent();
        if (connection.is(Connection.State.HALF_CLOSED)) {
            connection.receiver().ifPresent(ending::add);
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
        report(unread(connection), connection);
        close(connection);
    }

    /**
     * Closes a connection that the other side did not end in time. Some programs never end one. If their system has
     * acknowledged everything, the user is told only once that the messages are in doubt.
     */
    private void closeUnanswered(Connection connection) {
        SentLog.Doubt doubt = unread(connection);
        boolean hasArrived = connection.closeAcknowledged();
        if (!hasArrived) {
            report(doubt, connection);
        } else if (connection.receiver().map(ending::contains).orElse(false)) {
            report(doubt, connection); // that friend's program ends connections as a rule
        } else if (doubt.count() > 0 && connection.receiver().map(neverEnding::add).orElse(false)) {
            report(doubt, connection);
            screen.notice(connection.remoteName() + "'s program leaves connections open: from now on, only messages"
                    + " that do not reach its machine are reported");
        }
        closed(connection);
    }

    /** What the friend may not have read. */
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
            } else if (connection.closesFor(connection.lastWaited()) > LONGEST_CLOSING) { // and that wait saw no end
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
                    .ifPresent(this::closeUnanswered);
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
        for (Connection connection : connections) {
            if (connection.is(Connection.State.HALF_CLOSED)) {
                closeUnanswered(connection);
            } else if (!connection.is(Connection.State.CLOSED)) {
                closeWithDoubt(connection);
            }
        }
    }
}
