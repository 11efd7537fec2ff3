package peerchat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import peerchat.console.Screen;
import peerchat.net.Connection;
import peerchat.text.ByteRange;
import peerchat.trace.Trace;
import peerchat.users.Friends;
import peerchat.users.Sender;
import peerchat.users.User;
import peerchat.wire.Decoder;
import peerchat.wire.Dialects;

/** Reads the bytes that have arrived on the connections, and displays the messages in them. (P2) */
final class Inbox {
    private static final long SILENCE_THAT_ENDS_A_MESSAGE = TimeUnit.MILLISECONDS.toNanos(200);
    /** Enough reads to empty the kernel's receive buffer and to find the end of stream behind it. */
    private static final int READS_TO_THE_END = 3;

    private final Connections connections;
    private final Friends friends;
    private final Screen screen;
    private final Trace trace;
    private final Dialects dialects;
    /** Texts of the greetings that no message has followed yet. */
    private final Map<Connection, String> greetings = new HashMap<>();
    /** Names of the senders whose left-over bytes the user was told about. */
    private final Set<String> toldOf = new HashSet<>();

    Inbox(Connections connections, Friends friends, Dialects dialects, Screen screen, Trace trace) {
        this.connections = connections;
        this.friends = friends;
        this.dialects = dialects;
        this.screen = screen;
        this.trace = trace;
    }

    /** Reads one buffer of each connection, the oldest first, so that older messages are shown first. */
    void readAll() {
        trace.phase(Trace.Phase.READ);
        for (Connection connection : connections.all()) {
            read(connection);
        }
        connections.forgetClosed();
    }

    /** Reads the bytes that have come, and the end of stream behind them. This method waits, but is rarely needed. */
    void readToEnd(Connection connection) {
        int reads = 0;
        do {
            trace.waits(Optional.of(connection), WaitPolicy.SHORTEST_WAIT);
            connection.readWaiting(WaitPolicy.SHORTEST_WAIT);
            trace.waited();
        } while (read(connection) == Connection.Found.BYTES && ++reads < READS_TO_THE_END);
    }

    private Connection.Found read(Connection connection) {
        Connection.Found found = connection.read();
        Decoder decoder = connection.decoder();
        trace.read(connection);
        switch (found) {
            case BYTES -> {
                if (connection.lastSender().isEmpty()) {
                    useRecords(connection, friends.at(connection.remote()));
                }
                while (decoder.next()) {
                    display(connection, decoder);
                }
                connections.heard(connection);
            }
            case NOTHING -> {
                if (connection.is(Connection.State.CLOSED)) {
                    displayLast(connection);
                } else if (fellSilent(connection)) {
                    displayRest(connection);
                }
            }
            case END -> {
                if (connection.isAccepted() && decoder.holdsText()) {
                    readOlderOnes(connection);
                }
                displayLast(connection);
                decoder.noMoreComes();
                connections.ended(connection);
            }
            case BREAK -> {
                displayLast(connection);
                connections.broken(connection);
            }
        }
        return found;
    }

    /** Returns true if silence ends the message: some programs send no terminator. */
    private static boolean fellSilent(Connection connection) {
        return connection.decoder().holdsUnendedText()
                && System.nanoTime() - connection.lastRead() > SILENCE_THAT_ENDS_A_MESSAGE;
    }

    /** Reads older connections of the same address: so messages that end with their connection keep their order. */
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

    /** Displays the pending bytes, which have no terminator. */
    private void displayRest(Connection connection) {
        if (connection.decoder().rest()) {
            display(connection, connection.decoder());
        }
    }

    /** Displays the rest, because no more will come. A greeting that nothing has followed was a message. */
    private void displayLast(Connection connection) {
        displayRest(connection);
        String text = greetings.remove(connection);
        if (text != null) {
            screen.message(connection.lastSender().orElseThrow(), ByteRange.of(text));
        }
    }

    private void display(Connection connection, Decoder decoder) {
        boolean continues = decoder.continues();
        Optional<Sender> last = connection.lastSender();
        Optional<User> lastFriend = connection.lastFriend();
        ByteRange message = withoutLeftOver(connection, decoder);
        if (message.isEmpty()) {
            return;
        }
        boolean isSame = last.isPresent() && (continues
                || last.get().introduction().length > 0 && message.startsWith(last.get().introduction()));
        Sender sender = isSame ? last.get()
                : friends.senderOf(message, connection.remote(), lastFriend);
        if (!isSame) {
            connection.setLastSender(sender);
            if (!sender.friend().equals(lastFriend)) {
                useRecords(connection, sender.friend());
            }
        }
        ByteRange text = continues ? message : message.without(sender.introduction().length);
        if (!text.isEmpty()) {
            trace.received(connection, sender, text, continues);
            screen.message(sender, text);
            greetings.remove(connection);
        }
    }

    /**
     * Removes bytes that older messages left in the sender's buffer: some programs send it whole for each message, as
     * a record. If its size is unknown, an introduction shows where a message begins. May return no bytes.
     */
    private ByteRange withoutLeftOver(Connection connection, Decoder decoder) {
        ByteRange message = decoder.message();
        Optional<Sender> last = connection.lastSender();
        if (decoder.leftOver() == Decoder.LeftOver.NO) {
            return takeGreeting(connection, decoder) ? ByteRange.EMPTY : message;
        }
        boolean isKnown = decoder.leftOver() == Decoder.LeftOver.SURELY;
        if (!isKnown && (decoder.continues() || last.isEmpty() || last.get().introduction().length == 0
                || friends.senderOf(message, connection.remote(), Optional.empty()).introduction().length > 0)) {
            decoder.keepLines();
            return message;
        }
        int next = isKnown ? -1 : message.indexOf(last.get().introduction());
        String name = connection.friend().map(User::name)
                .orElseGet(() -> connection.remote().getAddress().getHostAddress());
        if (toldOf.add(name)) {
            screen.notice("the program of " + name + " sends old bytes after a message: they are not shown (if text is"
                    + " missing, start with --block BYTES)");
        }
        return next < 0 ? ByteRange.EMPTY : message.without(next);
    }

    /** Tells the decoder the size of the friend's records, if the user has given it (--block). */
    private void useRecords(Connection connection, Optional<User> friend) {
        int block = (friend.isPresent() ? dialects.of(friend.get().name()) : dialects.usual()).block();
        if (block > 0) {
            connection.decoder().useRecords(block);
        }
    }

    /** Takes the message if it is a greeting: some programs send only a name as the first line of a connection. */
    private boolean takeGreeting(Connection connection, Decoder decoder) {
        if (connection.lastSender().isPresent() || decoder.continues()) {
            return false;
        }
        Optional<User> friend = friends.greeting(decoder.message(), connection.remote());
        if (friend.isPresent()) {
            connection.setLastSender(new Sender(friend.get().name(), friend, new byte[0]));
            greetings.put(connection, decoder.message().text());
            decoder.keepAll(); // the name may be the first field of a record, and the text another
        }
        return friend.isPresent();
    }
}
