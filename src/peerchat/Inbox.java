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

/** Reads what has arrived on the connections, and displays it. (P2) */
final class Inbox {
    private static final long SILENCE_THAT_ENDS_A_MESSAGE = TimeUnit.MILLISECONDS.toNanos(200);
    /** The kernel holds fewer buffers than this of a connection, and the end comes behind them. */
    private static final int READS_TO_THE_END = 3;

    private final Connections connections;
    private final Friends friends;
    private final Screen screen;
    private final Trace trace;
    private final Dialects dialects;
    /** Greetings after which nothing has come yet. */
    private final Map<Connection, String> greetings = new HashMap<>();
    /** Senders of whose left-over bytes the user was told. */
    private final Set<String> toldOf = new HashSet<>();

    Inbox(Connections connections, Friends friends, Dialects dialects, Screen screen, Trace trace) {
        this.connections = connections;
        this.friends = friends;
        this.dialects = dialects;
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

    /** Reads what has come, and the end behind it: a rare case, in which a later step has to wait. */
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

    /** Whether silence has to end a message: some programs never end one. */
    private static boolean fellSilent(Connection connection) {
        return connection.decoder().holdsUnendedText()
                && System.nanoTime() - connection.lastRead() > SILENCE_THAT_ENDS_A_MESSAGE;
    }

    /** Some programs close a connection to end its one message. To keep the order, older connections are read first. */
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

    /** Shows what has come without an end. */
    private void displayRest(Connection connection) {
        if (connection.decoder().rest()) {
            display(connection, connection.decoder());
        }
    }

    /** No more will come: shows the rest. If a greeting was all that came, it was a message. */
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
     * Some programs send their whole buffer for each message, with the rest of older messages in it. If the size of
     * their records is not known, an introduction shows where a message begins. Empty if there is none.
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
            screen.notice("the program of " + name + " sends the rest of its buffer after a message: that is not shown"
                    + " (--block BYTES, if something is missing)");
        }
        return next < 0 ? ByteRange.EMPTY : message.without(next);
    }

    /** If the user has told the size of that friend's records, the messages are cut out of records. */
    private void useRecords(Connection connection, Optional<User> friend) {
        int block = (friend.isPresent() ? dialects.of(friend.get().name()) : dialects.usual()).block();
        if (block > 0) {
            connection.decoder().useRecords(block);
        }
    }

    /** Some programs greet with the sender's name, and nothing else, as the first line of a connection. */
    private boolean takeGreeting(Connection connection, Decoder decoder) {
        if (connection.lastSender().isPresent() || decoder.continues()) {
            return false;
        }
        Optional<User> friend = friends.greeting(decoder.message(), connection.remote());
        if (friend.isPresent()) {
            connection.setLastSender(new Sender(friend.get().name(), friend, new byte[0]));
            greetings.put(connection, decoder.message().text());
            decoder.keepAll(); // it may send records in which the name is a field of its own
        }
        return friend.isPresent();
    }
}
