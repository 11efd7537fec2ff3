package peerchat.net;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
        /** There is no connection, and none was needed yet. */
        IDLE,
        /** A connection is being made, in slices. */
        CONNECTING,
        /** There is a connection, and nothing half written on it. */
        READY,
        /** The next wait is on this connection: it was quiet, and only a read that waits can see that it has ended. */
        PROBING,
        /** A batch of messages is partly written. */
        WRITING,
        /** The friend did not read. Another try would stall the loop again, so there is none for ten seconds. */
        COOLING_DOWN
    }

    private static final long COOL_DOWN = TimeUnit.SECONDS.toNanos(10);
    private static final long PROBE_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    /** One buffer at most is on its way from a friend; the read after it finds the end. */
    private static final int READS_OF_A_PROBE = 2;
    private static final int MOST_UNUSED = 3;
    /** For a program that does not end the connection after its one message. */
    private static final long LAST_ONE_TAKES = TimeUnit.MILLISECONDS.toNanos(500);

    private final User friend;
    private final User me;
    private final Dialect dialect;
    private final int connectTimeoutMillis;
    private final Deque<Message> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private State state = State.IDLE;
    /** Present while CONNECTING. */
    private Optional<ConnectAttempt> attempt = Optional.empty();
    /** Present while READY, PROBING or WRITING. */
    private Optional<Connection> connection = Optional.empty();
    /** The connection before, while it closes. */
    private Optional<Connection> previous = Optional.empty();
    private long probingSince;
    /** Reads of this probe, so far. */
    private int reads;
    /** Present while WRITING. */
    private Optional<Batch> batch = Optional.empty();
    private long lastSent;
    private long coolSince;
    /** Connections in a row that the friend ended before anything could be written to them. */
    private int unused;

    /** @param connectTimeoutMillis after which connecting is given up */
    public ClientSocket(User friend, User me, Dialect dialect, int connectTimeoutMillis) {
        this.friend = friend;
        this.me = me;
        this.dialect = dialect;
        this.connectTimeoutMillis = connectTimeoutMillis;
        this.lastSent = System.nanoTime() - dialect.pause();
    }

    public User friend() {
        return friend;
    }

    /** Each message has a connection of its own. */
    public boolean isOneShot() {
        return dialect.oneShot();
    }

    /** Adds a message to those that wait. */
    public void add(String text) {
        Message message = new Message(text, dialect.format().bytes(me.name(), friend.name(), text));
        waiting.addLast(message);
        waitingBytes += message.bytes().length;
    }

    public long waitingBytes() {
        return waitingBytes;
    }

    public boolean hasWork() {
        return state == State.WRITING || !waiting.isEmpty();
    }

    /** Whether the last write to this friend blocked, so that the next one probably will. */
    public boolean lastWriteBlocked() {
        return connection.isPresent() && connection.get().lastWriteBlocked();
    }

    public State state() {
        return state;
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
        attempt = Optional.empty();
        state = State.IDLE;
        made.ifPresent(this::use);
    }

    /** The friend has made a connection over which messages to the friend can be sent, too. */
    public void offer(Connection accepted) {
        if (connection.isEmpty() && (!dialect.oneShot() || dialect.fromOwnPort())) {
            attempt = Optional.empty();
            use(accepted);
        }
    }

    private void use(Connection open) {
        connection = Optional.of(open);
        state = state == State.COOLING_DOWN ? state : State.READY;
    }

    public boolean uses(Connection other) {
        return connection.isPresent() && connection.get() == other;
    }

    /** Whether messages are half written on that connection. */
    public boolean isWriting(Connection other) {
        return state == State.WRITING && uses(other);
    }

    /** Nothing can be sent over that connection any more. What is half written stays so. */
    public void lost(Connection other) {
        if (uses(other)) {
            previous = connection;
            connection = Optional.empty();
            batch = Optional.empty();
            state = state == State.COOLING_DOWN ? state : State.IDLE;
        }
    }

    /**
     * READY or PROBING: whether the next batch may be written now. A connection that was quiet is probed first. While much
     * is written there is a probe every 100 ms.
     */
    public boolean mayWrite(long now) {
        Connection open = connection();
        if (state == State.PROBING) {
            boolean hasRead = open.lastWaited() - probingSince > 0;
            reads += hasRead ? 1 : 0;
            return hasRead && (open.found() == Connection.Found.NOTHING || reads >= READS_OF_A_PROBE);
        }
        if (!mayBegin(now)) {
            return false;
        }
        if (!open.isSurelyOpen(now) || now - open.lastWaited() > PROBE_EVERY) {
            state = State.PROBING;
            probingSince = now;
            reads = 0;
        }
        return state == State.READY;
    }

    /** Whether a message waits that may be sent now. Messages without an end are kept apart by a pause. */
    private boolean mayBegin(long now) {
        return !waiting.isEmpty() && now - lastSent >= dialect.pause() && !(dialect.oneShot() && isPreviousOpen(now));
    }

    /** One connection after the other: a friend's program may serve them in any order. */
    private boolean isPreviousOpen(long now) {
        return previous.isPresent() && previous.get().is(Connection.State.CLOSING)
                && (dialect.fromOwnPort() || previous.get().closesFor(now) < LAST_ONE_TAKES);
    }

    /** Takes messages that wait for a batch, and returns them. */
    public List<Message> beginBatch() {
        List<Message> taken = Batch.take(waiting, dialect.messagesPerWrite());
        batch = Optional.of(Batch.of(taken, connection().log()));
        waitingBytes -= batch.get().size();
        state = State.WRITING;
        return taken;
    }

    /**
     * WRITING: writes a piece of the batch. (P3.3)
     *
     * @return how many bytes it had
     * @throws WriteGuard.ExpiredException if the friend does not read
     * @throws IOException                 if the connection is broken
     */
    public int writePiece(WriteGuard guard) throws IOException {
        Batch written = batch.orElseThrow();
        int count = written.writePiece(connection(), guard);
        if (written.isWritten()) {
            batch = Optional.empty(); // it may have been a megabyte
            state = State.READY;
            lastSent = System.nanoTime();
            unused = 0;
        }
        return count;
    }

    /** The connection that messages are written to: there is one while READY, PROBING or WRITING. */
    public Connection connection() {
        return connection.orElseThrow();
    }

    /** The friend does not read: nothing more is sent for ten seconds. */
    public void coolDown() {
        state = State.COOLING_DOWN;
        coolSince = System.nanoTime();
    }

    /** Whether it still cools down. */
    public boolean isCoolingDown(long now) {
        if (state == State.COOLING_DOWN && now - coolSince >= COOL_DOWN) {
            state = connection.isPresent() ? State.READY : State.IDLE;
        }
        return state == State.COOLING_DOWN;
    }

    /** Takes back every message of which nothing was written. */
    public List<Message> giveUp() {
        List<Message> unsent = List.copyOf(waiting);
        waiting.clear();
        waitingBytes = 0;
        unused = 0;
        attempt = Optional.empty();
        state = switch (state) {
            case CONNECTING -> State.IDLE;
            case PROBING -> State.READY;
            default -> state;
        };
        return unsent;
    }
}
