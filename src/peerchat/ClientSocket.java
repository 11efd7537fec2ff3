package peerchat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The client socket to one friend's peer-chat server, which exists once there was something to send (P3.2), and the
 * messages that wait for it.
 */
final class ClientSocket {

    private static final long NOT_READING_PENALTY = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_UNUSED = 3;
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(100);

    /** For a program that does not end the connection after its one message. */
    private static final long LAST_ONE_TAKES = TimeUnit.MILLISECONDS.toNanos(500);

    private final User friend;
    private final User me;
    private final Dialect dialect;
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private Optional<Connection> connection = Optional.empty();
    private long waitingBytes;
    private long lastLook = System.nanoTime();
    private long penaltyUntil = System.nanoTime();
    private long lastSent;
    private int unused;

    ClientSocket(User friend, User me, Dialect dialect) {
        this.friend = friend;
        this.me = me;
        this.dialect = dialect;
        this.lastSent = System.nanoTime() - dialect.pause();
    }

    User friend() {
        return friend;
    }

    void add(String text) {
        Outgoing message = new Outgoing(text, dialect.format().bytes(me.name(), friend.name(), text));
        waiting.addLast(message);
        waitingBytes += message.wire().length;
    }

    /** Whether messages wait of which nothing was written yet. */
    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** Whether there is anything left to write. */
    boolean hasWork() {
        return hasWaiting() || midMessage().isPresent();
    }

    long waitingBytes() {
        return waitingBytes;
    }

    /** The open connection to this friend, if there is one. */
    Optional<Connection> open() {
        return connection.filter(Connection::isOpen);
    }

    /** The connection that has a message half written, whether the friend has ended it meanwhile or not. */
    Optional<Connection> midMessage() {
        return connection.filter(used -> (used.isOpen() || used.isEnded()) && used.sending().isMidBatch());
    }

    /** Whether the last write to this friend blocked, so that the next one probably will. */
    boolean isSlow() {
        return connection.filter(used -> used.sending().lastWriteBlocked()).isPresent();
    }

    /** Whether there is something to write, and no connection to write it to. */
    boolean needsConnection() {
        return hasWaiting() && open().isEmpty() && midMessage().isEmpty() && mayBegin(System.nanoTime());
    }

    /** Whether the next message may go out: where nothing else tells them apart, a moment after the last one. */
    private boolean mayBegin(long now) {
        return now - lastSent >= dialect.pause() && !(dialect.oneShot() && isFinishingTheLastOne(now));
    }

    /** One connection after the other: a friend's program may serve them in any order. */
    private boolean isFinishingTheLastOne(long now) {
        return connection.filter(last -> last.isClosing()
                && (dialect.fromOwnPort() || last.closesFor(now) < LAST_ONE_TAKES)).isPresent();
    }

    /** A connection was made for this friend. */
    void connected() {
        unused++;
    }

    /** Whether the friend ended several connections in a row before anything could be written to them. */
    boolean endsEveryConnection() {
        return unused >= MOST_UNUSED;
    }

    /** Uses a connection from now on, unless there is one already, or it is the friend's and mine are for one message. */
    void use(Connection opened) {
        if (dialect.oneShot() && !dialect.fromOwnPort() && opened.isAccepted()) {
            return;
        }
        if (open().isEmpty() && midMessage().isEmpty()) {
            connection = Optional.of(opened);
        }
    }

    boolean uses(Connection other) {
        return connection.isPresent() && connection.get() == other;
    }

    /** Moves the next messages that wait to the connection, if they may go out now. */
    List<Outgoing> fill(Sending sending, long now) {
        if (!hasWaiting() || !mayBegin(now)) {
            return List.of();
        }
        List<Outgoing> moved = sending.fill(waiting, dialect.messagesPerWrite());
        for (Outgoing message : moved) {
            waitingBytes -= message.wire().length;
        }
        return moved;
    }

    /** Everything that was moved to the connection is written. */
    void sent(long now) {
        lastSent = now;
        unused = 0;
    }

    /** Whether each message has a connection of its own. */
    boolean isOneShot() {
        return dialect.oneShot();
    }

    /** Whether it is time to read, and see whether the friend has closed: while much is written, too. */
    boolean wantsLook(long now) {
        return now - lastLook > LOOK_EVERY;
    }

    void looked(long now) {
        lastLook = now;
    }

    /** The friend stopped reading: another try would stall the loop again, so there is none for ten seconds. */
    void punish(long now) {
        penaltyUntil = now + NOT_READING_PENALTY;
    }

    boolean isPunished(long now) {
        return now - penaltyUntil < 0;
    }

    /** Takes back every message of which nothing was written. */
    List<Outgoing> giveUp() {
        List<Outgoing> unsent = new ArrayList<>(waiting);
        unused = 0;
        waiting.clear();
        waitingBytes = 0;
        return unsent;
    }
}
