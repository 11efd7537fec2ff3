package peerchat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Every connection, accepted or client socket, from its opening to its end. What arrives is read and displayed (P2);
 * what was idle for long is closed (P4).
 */
final class Connections {

    /** Accepted connections that may be open at once (P1). */
    static final int MOST_ACCEPTED = 5;

    /** Bytes read from one connection in one turn. */
    static final int READ_BUFFER = 64 * 1024;

    /** Buffers read from an older connection at once: more than the kernel holds. */
    private static final int MOST_BUFFERS_HELD = 16;

    private static final long REFUSAL_NOTICE_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Speaker speaker;
    private final List<ClientSocket> clients;
    private final Duration idleTimeout;
    private final Screen screen;
    private final Pace pace;
    private final List<Connection> connections = new ArrayList<>();
    private final byte[] buffer = new byte[READ_BUFFER];
    private long lastRefusalNotice = System.nanoTime() - REFUSAL_NOTICE_EVERY;
    private int untoldRefusals;

    /** @param idleTimeout after which a client socket is closed; an accepted connection is given twice as long */
    Connections(Speaker speaker, List<ClientSocket> clients, Duration idleTimeout, Screen screen, Pace pace) {
        this.speaker = speaker;
        this.clients = clients;
        this.idleTimeout = idleTimeout;
        this.screen = screen;
        this.pace = pace;
    }

    List<Connection> all() {
        return connections;
    }

    /** Takes in an accepted connection, or refuses it before a byte of it is read. (P1) */
    void admit(Socket socket) {
        String from = "refused a connection from "
                + Text.place(socket.getInetAddress().getHostAddress(), socket.getPort()) + ": ";
        if (!speaker.isInTable(socket.getInetAddress())) {
            Connection.closeQuietly(socket);
            refuse(from + "no line of the table has this address");
        } else if (accepted().count() < MOST_ACCEPTED || makeRoomFor(socket.getInetAddress())) {
            open(socket, true);
        } else {
            Connection.closeQuietly(socket);
            refuse(from + MOST_ACCEPTED + " are open already");
        }
    }

    private Stream<Connection> accepted() {
        return connections.stream().filter(connection -> connection.isAccepted() && connection.isOpen());
    }

    /**
     * A friend whose machine crashed leaves a connection behind that will never end by itself. When the friend is back,
     * that one gives way; where several friends share the address, nobody knows whose it is.
     */
    private boolean makeRoomFor(InetAddress address) {
        if (speaker.onlyOneAt(address).isEmpty()) {
            return false;
        }
        long now = System.nanoTime();
        Optional<Connection> stale = accepted()
                .filter(connection -> connection.farEnd().getAddress().equals(address))
                .max(Comparator.comparingLong(connection -> connection.idleFor(now)));
        stale.ifPresent(connection -> closePolitely(connection, now, "gives way to a new one"));
        return stale.isPresent();
    }

    /** Tells that a connection was refused, at most once a second. */
    void refuse(String what) {
        long now = System.nanoTime();
        if (now - lastRefusalNotice < REFUSAL_NOTICE_EVERY) {
            untoldRefusals++;
            return;
        }
        screen.notice(what + (untoldRefusals > 0 ? " (and " + untoldRefusals + " more before)" : ""));
        lastRefusalNotice = now;
        untoldRefusals = 0;
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
        for (Connection connection : connections) {
            read(connection, pace.patienceFor(connection));
            if (connection.fellSilent(System.nanoTime())) {
                connection.decoder().end(displayFrom(connection));
            }
        }
        connections.removeIf(Connection::isClosed);
    }

    /** The same, waiting on every connection for some milliseconds. */
    void readAllFor(int patience) {
        connections.forEach(connection -> read(connection, patience));
        connections.removeIf(Connection::isClosed);
    }

    /**
     * Reads one buffer at most, and displays the messages in it.
     *
     * @param patience milliseconds to wait; 0 only asks, and cannot see the end of the stream
     * @return whether there was anything to read
     */
    boolean read(Connection connection, int patience) {
        return read(connection, buffer, patience);
    }

    private boolean read(Connection connection, byte[] into, int patience) {
        if (connection.isClosed()) {
            return false;
        }
        int count = connection.read(into, patience, System.nanoTime());
        if (count > 0) {
            connection.decoder().take(into, count, displayFrom(connection));
            pace.happened(connection);
        } else if (count == Connection.END) {
            ended(connection);
        } else if (count == Connection.BROKEN) {
            broken(connection);
        }
        return count > 0;
    }

    /** The other side sends no more: what it sent is shown, what crossed the end on its way there is in doubt. */
    private void ended(Connection connection) {
        Optional<ClientSocket> client = clientOf(connection);
        if (client.isPresent() && connection.isOpen()) {
            try {
                client.get().finishBatch(System.nanoTime());
            } catch (IOException e) {
                broken(connection);
                return;
            }
            screen.notice(client.get().friend().name() + " closed the connection; the next message opens a new one");
            report(connection.sent().recent(System.nanoTime()), client.get());
        }
        drop(connection);
    }

    /** The connection broke: what was sent and may lie unread is in doubt. */
    void broken(Connection connection) {
        clientOf(connection).ifPresent(client -> {
            screen.notice("the connection to " + client.friend().name() + " broke");
            report(connection.sent().all(), client);
        });
        drop(connection);
    }

    private void drop(Connection connection) {
        connection.decoder().end(displayFrom(connection));
        clientOf(connection).ifPresent(ClientSocket::disconnect);
        connection.close();
        pace.happened();
    }

    private void report(SentLog.Doubt doubt, ClientSocket client) {
        if (doubt.count() > 0) {
            screen.notice(doubt.describe(client.friend().name()));
        }
    }

    private Decoder.Sink displayFrom(Connection connection) {
        return (message, continues) -> {
            Speaker.Said said = continues && connection.lastSaid().isPresent()
                    ? connection.lastSaid().get().with(message)
                    : speaker.of(message, connection.farEnd());
            if (connection.lastSaid().isEmpty()) {
                said.friend().ifPresent(friend -> readOlderOnes(friend, connection));
            }
            connection.remember(said);
            if (!said.text().isEmpty()) {
                screen.message(said.sender(), said.text());
            }
        };
    }

    /** A friend who connects again has sent all that the older connections hold before; it is shown before. */
    private void readOlderOnes(User friend, Connection newer) {
        byte[] another = new byte[READ_BUFFER];
        for (Connection older : connections) {
            if (older == newer) {
                return;
            }
            if (friendAt(older).equals(Optional.of(friend))) {
                for (int i = 0; i < MOST_BUFFERS_HELD && read(older, another, 0); i++) {
                    continue;
                }
            }
        }
    }

    /** Closes what was without activity for the idle timeout (P4); the side that opened a connection goes first. */
    void closeIdle() {
        long now = System.nanoTime();
        for (Connection connection : connections) {
            Duration limit = connection.isAccepted() ? idleTimeout.multipliedBy(2) : idleTimeout;
            if (connection.isOpen() && connection.idleFor(now) >= limit.toNanos()) {
                closePolitely(connection, now, "idle for " + Text.seconds(limit));
            } else if (connection.closesTooLong(now)) {
                drop(connection);
            }
        }
    }

    private void closePolitely(Connection connection, long now, String why) {
        screen.notice("closed the connection " + (connection.isAccepted() ? "from " : "to ") + whoIsAt(connection)
                + ": " + why);
        connection.beginClosing(now);
        clientOf(connection).ifPresent(ClientSocket::disconnect);
    }

    /** Who is at the other end, as far as it is known. */
    String whoIsAt(Connection connection) {
        return friendAt(connection).map(User::name).orElseGet(() -> connection.lastSaid().map(Speaker.Said::sender)
                .orElseGet(() -> Text.place(connection.farEnd().getAddress().getHostAddress(),
                        connection.farEnd().getPort())));
    }

    /** The friend at the other end, by where it is or by what came from there last. */
    Optional<User> friendAt(Connection connection) {
        return speaker.listeningAt(connection.farEnd())
                .or(() -> connection.lastSaid().flatMap(Speaker.Said::friend));
    }

    void beginClosingAll() {
        connections.forEach(connection -> connection.beginClosing(System.nanoTime()));
    }

    /** On leaving: the friends who did not end their side in time may not have read what was sent last. */
    void reportUnconfirmed() {
        for (Connection connection : connections) {
            clientOf(connection).ifPresent(client -> report(connection.sent().recent(System.nanoTime()
                    - PeerChat.LEAVING_TAKES), client));
        }
    }

    void closeAll() {
        connections.forEach(Connection::close);
        connections.clear();
    }

    private Optional<ClientSocket> clientOf(Connection connection) {
        return clients.stream().filter(client -> client.uses(connection)).findFirst();
    }
}
