package peerchat;

import java.util.Optional;
import peerchat.console.Screen;
import peerchat.net.Connection;
import peerchat.text.Slice;
import peerchat.trace.Trace;
import peerchat.users.Friends;
import peerchat.users.Sender;
import peerchat.wire.Decoder;

/** Reads what has arrived on the connections, and displays it. (P2) */
final class Inbox {

    /** More buffers than the kernel holds of a connection. */
    private static final int MOST_BUFFERS_HELD = 16;

    private final Connections connections;
    private final Friends friends;
    private final Screen screen;
    private final Trace trace;

    Inbox(Connections connections, Friends friends, Screen screen, Trace trace) {
        this.connections = connections;
        this.friends = friends;
        this.screen = screen;
        this.trace = trace;
    }

    /** Reads one buffer of each connection, the oldest first: what was sent before is shown before. */
    void readAll() {
        trace.phase(Trace.Phase.READ);
        for (Connection connection : connections.all()) {
            read(connection);
        }
        connections.forgetClosed();
    }

    /** Reads everything that is there, and the end if it comes after that. A rare case, in which a later step waits 1 ms. */
    void readToEnd(Connection connection) {
        int buffers = 0;
        do {
            connection.await(1);
        } while (read(connection) == Connection.Found.BYTES && ++buffers < MOST_BUFFERS_HELD);
    }

    private Connection.Found read(Connection connection) {
        Connection.Found found = connection.read();
        trace.read(connection);
        switch (found) {
            case BYTES -> display(connection);
            case NOTHING -> {
                if (connection.fellSilent() && connection.decoder().restSoFar()) {
                    displayMessage(connection);
                } else if (connection.is(Connection.State.CLOSED)) {
                    displayRest(connection);
                }
            }
            case END -> {
                if (connection.isAccepted() && connection.decoder().holdsText()) {
                    readOlderOnes(connection);
                }
                displayRest(connection);
                connections.ended(connection);
            }
            case BREAK -> {
                displayRest(connection);
                connections.broken(connection);
            }
        }
        return found;
    }

    /** Some programs make a connection for each message, and end it instead of the message: the older ones came first. */
    private void readOlderOnes(Connection newer) {
        for (Connection older : connections.all()) {
            if (older == newer) {
                break;
            }
            if (older.isAccepted() && older.is(Connection.State.OPEN)
                    && older.remote().getAddress().equals(newer.remote().getAddress())) {
                readToEnd(older);
            }
        }
    }

    private void display(Connection connection) {
        Decoder decoder = connection.decoder();
        while (decoder.next()) {
            displayMessage(connection);
        }
    }

    /** Shows what has come without an end: no more will come. */
    private void displayRest(Connection connection) {
        if (connection.decoder().rest()) {
            displayMessage(connection);
        }
    }

    private void displayMessage(Connection connection) {
        Slice message = connection.decoder().message();
        boolean continues = connection.decoder().continues();
        Sender sender = senderOf(message, continues, connection);
        Slice text = continues ? message : message.without(sender.introduction().length);
        if (!text.isEmpty()) {
            trace.received(connection, sender, text, continues);
            screen.message(sender, text);
        }
    }

    /** A message that begins with the same introduction as the one before it has the same sender. */
    private Sender senderOf(Slice message, boolean continues, Connection connection) {
        Optional<Sender> last = connection.lastSender();
        if (last.isPresent() && (continues
                || last.get().introduction().length > 0 && message.startsWith(last.get().introduction()))) {
            return last.get();
        }
        Sender sender = friends.senderOf(message, connection.remote());
        connection.setLastSender(sender);
        return sender;
    }
}
