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
 * The client socket to one friend's peer-chat server, and the messages that are pending for it. It is connected when
 * there is something to send (P3.2). All times are nanoseconds of {@link System#nanoTime()}.
 */
public final class ClientSocket {
    public enum State {
        IDLE,        // there is no connection
        CONNECTING,  // a connection is being made, in slices
        READY,       // there is a connection, and no message is half written to it
        PROBING,     // the connection was quiet: the next wait is on it, to see whether it has ended
        WRITING,     // the first message is half written
        COOLING_DOWN // the friend did not read: nothing is sent for 10 s, so that the loop does not stall again
    }

    /**
     * Bytes that one turn writes to one friend, at most. A turn first reads up to 64 KiB of each connection. The
     * kernel's buffers have room for many pieces of 4 KiB. So a write blocks only after several turns, with their
     * reads, in which the friend read nothing: this peer's last read is later than the friend's. Round a circle of
     * blocked peers that is impossible.
     */
    private static final int MOST_PER_TURN = 4 * 1024;

    private static final long COOL_DOWN = TimeUnit.SECONDS.toNanos(10);
    /** After a write has begun, the connection counts as open for this time. */
    private static final long STAYS_OPEN = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PROBE_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MOST_UNUSED = 3;
    /** With --one-shot, the longest wait for the friend to end the last connection: some programs never end it. */
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
    /** Present while READY, PROBING or WRITING, and while COOLING_DOWN if the friend has connected. */
    private Optional<Connection> connection = Optional.empty();
    /** The last connection, which may still be closing. */
    private Optional<Connection> previous = Optional.empty();
    private long probingSince;
    private int readsOfProbe;
    /** No message begins before this time: a pause separates messages that have no end marker. */
    private long pausesUntil = System.nanoTime();
    /** Whether the greeting has still to be sent over the connection. */
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

    public long pendingBytes() {
        return pending.bytes;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** Returns true if a message is pending and may be sent now. */
    private boolean mayBegin(long now) {
        return pending.bytes > 0 && now - pausesUntil >= 0
                && !(dialect.oneShot() && isPreviousOpen(now));
    }

    /** Returns true if the last connection must end before the next: the friend may serve two in any order. */
    private boolean isPreviousOpen(long now) {
        return previous.isPresent() && previous.get().is(Connection.State.HALF_CLOSED)
                && (dialect.fromOwnPort() || previous.get().halfClosedFor(now) < PREVIOUS_TIMEOUT);
    }

    /** IDLE: begins to connect, if a message is pending and may be sent now. */
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

    /** Returns true if the friend ended several connections in a row before anything could be written to them. */
    public boolean endsEveryConnection() {
        return unused >= MOST_UNUSED;
    }

    /** CONNECTING: takes the new connection, which is empty if the friend has ended it already. */
    public void connected(Optional<Connection> made) {
        unused++;
        state = State.IDLE;
        made.ifPresent(this::use);
    }

    /** Takes a connection that the friend has made, if there is none yet, and messages to the friend may use it. */
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

    /** Returns true if a message is half written to that connection, or if a write to it has failed. */
    public boolean isWriting(Connection other) {
        return state == State.WRITING && uses(other);
    }

    /** Gives up a connection that nothing can be written to any more. A half-written message stays incomplete. */
    public void lost(Connection other) {
        if (uses(other)) {
            pending.removeHalfWritten();
            previous = connection;
            connection = Optional.empty();
            state = state == State.COOLING_DOWN ? state : State.IDLE;
        }
    }

    /**
     * READY or PROBING: returns true if a message may be written now. A connection that was quiet is probed first. A
     * connection with many writes is probed every 100 ms.
     */
    public boolean mayWrite(long now) {
        Connection open = connection.orElseThrow();
        if (state == State.PROBING) {
            boolean hasRead = open.lastWaited() - probingSince > 0;
            readsOfProbe += hasRead ? 1 : 0;
            return hasRead && (open.found() == Connection.Found.NOTHING || readsOfProbe >= Connection.READS_OF_A_PROBE);
        }
        if (!mayBegin(now)) {
            return false;
        }
        // Bytes that were read after a write began do not show that the connection is open: an end may follow them. Nor
        // does the end of the write: the process may have been stopped before the write returned.
        boolean countsAsOpen = now - open.lastWriteBegan() <= STAYS_OPEN;
        if (!countsAsOpen || now - open.lastWaited() > PROBE_EVERY) {
            state = State.PROBING;
            probingSince = now;
            readsOfProbe = 0;
        }
        return state == State.READY;
    }

    /**
     * Writes a piece of what is pending (P3.3), or the greeting if the connection has not been greeted.
     *
     * @param begun takes the messages that begin in the piece
     * @return how many bytes of messages were written
     * @throws SocketTimeoutException if the friend does not read
     * @throws IOException            if the connection is broken
     */
    public int writePiece(WriteGuard guard, Consumer<Message> begun) throws IOException {
        Connection open = connection.orElseThrow();
        if (owesHello) {
            owesHello = false;
            open.writeUnlogged(dialect.hello().orElseThrow().bytes(me.name(), friend.name(), ""), guard);
            pausesUntil = System.nanoTime() + dialect.pauseAfterHello();
            state = State.READY;
            return 0;
        }
        byte[] piece = pending.takePiece(MOST_PER_TURN, messagesPerWrite, message -> {
            open.log().begin(message.text(), message.bytes().length);
            begun.accept(message);
        });
        state = State.WRITING; // it stays so if the write fails: then the messages in the piece are in doubt
        open.write(piece, guard);
        state = pending.written > 0 ? State.WRITING : State.READY;
        pausesUntil = pause == 0 ? pausesUntil : System.nanoTime() + pause;
        unused = 0;
        return piece.length;
    }

    /** Returns true if each message has a connection of its own. */
    public boolean isOneShot() {
        return dialect.oneShot();
    }

    /** Returns true if the last write to this friend blocked: the next write probably will, too. */
    public boolean lastWriteBlocked() {
        return connection.isPresent() && connection.get().lastWriteBlocked();
    }

    /** Sends nothing more for ten seconds, because the friend does not read. */
    public void coolDown() {
        state = State.COOLING_DOWN;
        coolSince = System.nanoTime();
    }

    /** COOLING_DOWN: goes back to READY or IDLE after ten seconds. */
    public void endCoolDownIfDue(long now) {
        if (state == State.COOLING_DOWN && now - coolSince >= COOL_DOWN) {
            state = connection.isPresent() ? State.READY : State.IDLE;
        }
    }

    /** Removes every message of which nothing was written, and returns them. */
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
