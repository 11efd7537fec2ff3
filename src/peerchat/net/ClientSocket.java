package peerchat.net;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import peerchat.users.User;
import peerchat.wire.Dialect;
import peerchat.wire.Message;

/**
 * The client socket to one friend's peer-chat server, which is created when there is something to send (P3.2), and the
 * messages that wait for it. All times are nanoseconds of {@link System#nanoTime()}.
 */
public final class ClientSocket {
    /** The states of a client socket. */
    public enum State {
        IDLE,        // there is no connection
        CONNECTING,  // a connection is being made, in slices
        READY,       // there is a connection, and no message is half written to it
        PROBING,     // the next wait is on this connection: it was quiet, and only a wait can see that it has ended
        WRITING,     // the first message is half written
        COOLING_DOWN // the friend did not read: another try would stall the loop again, so there is none for 10 s
    }

    /**
     * Bytes written to one friend in one turn. A turn reads up to 64 KiB of each connection before it writes. So a peer
     * that is blocked in a write to a friend has read later than that friend has, and no circle of peers can be blocked
     * all at once.
     */
    private static final int MOST_PER_TURN = 4 * 1024;

    private static final long COOL_DOWN = TimeUnit.SECONDS.toNanos(10);
    /** A connection that was written to in this time counts as open. */
    private static final long STAYS_OPEN = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PROBE_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MOST_UNUSED = 3;
    /** How long a new connection waits until the friend has ended the last one: some programs never do. */
    private static final long PREVIOUS_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(500);

    private final User friend;
    private final User me;
    private final Dialect dialect;
    private final int connectTimeoutMillis;
    private final long pause;
    private final int messagesPerWrite;
    private final PendingMessages pending = new PendingMessages();
    private State state = State.IDLE;
    /** Present while CONNECTING. */
    private Optional<ConnectAttempt> attempt = Optional.empty();
    /** Present while READY, PROBING or WRITING; while COOLING_DOWN, if the friend has made one. */
    private Optional<Connection> connection = Optional.empty();
    /** The connection before, while it closes. */
    private Optional<Connection> previous = Optional.empty();
    private long probingSince;
    /** Reads of this probe, so far. */
    private int reads;
    /** No message begins before this time: a pause keeps messages apart that have no end. */
    private long pausesUntil = System.nanoTime();
    /** Whether the connection still has to be greeted. */
    private boolean owesHello;
    private long coolSince;
    /** Connections in a row that the friend ended before anything could be written to them. */
    private int unused;

    /** @param connectTimeoutMillis after which connecting is given up */
    public ClientSocket(User friend, User me, Dialect dialect, int connectTimeoutMillis) {
        this.friend = friend;
        this.me = me;
        this.dialect = dialect;
        this.connectTimeoutMillis = connectTimeoutMillis;
        this.pause = dialect.pause();
        this.messagesPerWrite = dialect.messagesPerWrite();
    }

    public User friend() {
        return friend;
    }

    public State state() {
        return state;
    }

    /** The connection that messages are written to: there is one while READY, PROBING or WRITING. */
    public Connection connection() {
        return connection.orElseThrow();
    }

    public void add(String text) {
        pending.add(new Message(text, dialect.format().bytes(me.name(), friend.name(), text)));
    }

    /** Bytes that wait to be written. */
    public long pendingBytes() {
        return pending.bytes;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** Whether a message waits that may be sent now. */
    private boolean mayBegin(long now) {
        return pending.bytes > 0 && now - pausesUntil >= 0
                && !(dialect.oneShot() && isPreviousOpen(now));
    }

    /** One connection after the other: a friend's program may serve them in any order. */
    private boolean isPreviousOpen(long now) {
        return previous.isPresent() && previous.get().is(Connection.State.HALF_CLOSED)
                && (dialect.fromOwnPort() || previous.get().halfClosedFor(now) < PREVIOUS_TIMEOUT);
    }

    /** IDLE: begins to connect, if a message waits that may be sent now. */
    public void connectIfNeeded(long now) {
        if (mayBegin(now)) {
            state = State.CONNECTING;
            attempt = Optional.of(new ConnectAttempt(friend, me, dialect, connectTimeoutMillis, now));
        }
    }

    /** CONNECTING: the attempt that is under way. */
    public ConnectAttempt attempt() {
        return attempt.orElseThrow();
    }

    /** Whether the friend ended several connections in a row before anything could be written to them. */
    public boolean endsEveryConnection() {
        return unused >= MOST_UNUSED;
    }

    /** CONNECTING: the connection is there; or it is not, because the friend has ended it already. */
    public void connected(Optional<Connection> made) {
        unused++;
        state = State.IDLE;
        made.ifPresent(this::use);
    }

    /** The friend has made a connection over which messages to the friend can be sent, too. */
    public void offer(Connection accepted) {
        if (connection.isEmpty() && (!dialect.oneShot() || dialect.fromOwnPort())) {
            use(accepted);
        }
    }

    private void use(Connection open) {
        connection = Optional.of(open);
        owesHello = dialect.hello().isPresent();
        attempt = Optional.empty();
        state = state == State.COOLING_DOWN ? state : State.READY;
    }

    public boolean uses(Connection other) {
        return connection.isPresent() && connection.get() == other;
    }

    /** Whether a message is half written to that connection, or was when a write failed. */
    public boolean isWriting(Connection other) {
        return state == State.WRITING && uses(other);
    }

    /** Nothing can be sent over that connection any more. A message that is half written stays so. */
    public void lost(Connection other) {
        if (uses(other)) {
            pending.removeHalfWritten();
            previous = connection;
            connection = Optional.empty();
            state = state == State.COOLING_DOWN ? state : State.IDLE;
        }
    }

    /**
     * READY or PROBING: whether a message may be written now. A connection that was quiet is probed first. While much
     * is written there is a probe every 100 ms.
     */
    public boolean mayWrite(long now) {
        Connection open = connection.orElseThrow();
        if (state == State.PROBING) {
            boolean hasRead = open.lastWaited() - probingSince > 0;
            reads += hasRead ? 1 : 0;
            return hasRead && (open.found() == Connection.Found.NOTHING || reads >= Connection.READS_OF_A_PROBE);
        }
        if (!mayBegin(now)) {
            return false;
        }
        // Bytes read since do not show that it is open, for an end may follow them. Nor does the time when the write
        // returned: the process may have been stopped right there.
        boolean countsAsOpen = now - open.lastWriteBegan() <= STAYS_OPEN;
        if (!countsAsOpen || now - open.lastWaited() > PROBE_EVERY) {
            state = State.PROBING;
            probingSince = now;
            reads = 0;
        }
        return state == State.READY;
    }

    /**
     * Writes a piece of what is pending (P3.3), or the greeting if the connection has not been greeted.
     *
     * @param begun takes the messages that are begun with it
     * @return how many bytes of messages were written
     * @throws SocketTimeoutException if the friend does not read
     * @throws IOException            if the connection is broken
     */
    public int writePiece(WriteGuard guard, Consumer<Message> begun) throws IOException {
        Connection open = connection.orElseThrow();
        if (owesHello) {
            owesHello = false;
            open.greet(dialect.hello().orElseThrow().bytes(me.name(), friend.name(), ""), guard);
            pausesUntil = System.nanoTime() + dialect.pauseAfterHello();
            state = State.READY;
            return 0;
        }
        byte[] piece = pending.takePiece(MOST_PER_TURN, messagesPerWrite, message -> {
            open.log().begin(message.text(), message.bytes().length);
            begun.accept(message);
        });
        state = State.WRITING; // it stays so if the write fails: then the messages in it are in doubt
        open.write(piece, guard);
        state = pending.written > 0 ? State.WRITING : State.READY;
        pausesUntil = pause == 0 ? pausesUntil : System.nanoTime() + pause;
        unused = 0;
        return piece.length;
    }

    /** Each message has a connection of its own. */
    public boolean isOneShot() {
        return dialect.oneShot();
    }

    /** Whether the last write to this friend blocked, so that the next one probably will. */
    public boolean lastWriteBlocked() {
        return connection.isPresent() && connection.get().lastWriteBlocked();
    }

    /** The friend does not read: nothing more is sent for ten seconds. */
    public void coolDown() {
        state = State.COOLING_DOWN;
        coolSince = System.nanoTime();
    }

    /** COOLING_DOWN: ends it if the time has come. */
    public void endCoolDownIfDue(long now) {
        if (state == State.COOLING_DOWN && now - coolSince >= COOL_DOWN) {
            state = connection.isPresent() ? State.READY : State.IDLE;
        }
    }

    /** Takes back every message of which nothing was written. */
    public List<Message> giveUp() {
        unused = 0;
        state = switch (state) {
            case CONNECTING -> State.IDLE;
            case PROBING -> State.READY;
            default -> state;
        };
        return pending.takeBack();
    }
}
