package peerchat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import peerchat.console.StandardInput;
import peerchat.net.Connection;
import peerchat.trace.Trace;

/**
 * Decides whether a turn waits, on which source, and how long. {@code select()} would wait on all sources at once.
 * <p>
 * Asking a connection with {@code available()} costs a microsecond. Waiting on a source costs at least 1 ms, in which
 * no other source is heard. Every wait that ends with nothing costs 0.1 to 0.2 ms of CPU. So this class chooses one
 * source for a turn, or none; the other connections are asked after it. The time since something last happened decides:
 * <ul>
 * <li>talking, up to 0.3 ms: no wait at all, for an answer is likely to be on its way. A message is found within the
 * few microseconds of a turn. A process that sleeps in {@code select()} has to be scheduled first;
 * <li>pausing, up to 1 s: waits grow with the silence, from 1 ms to 50 ms. So a message is late by at most a twentieth
 * of the silence before it, or by 1 ms. Every second wait is on the connection that was active last, and finds its
 * message at once;
 * <li>silent: waits of 50 ms, on each source in its turn. Idleness costs twenty wake-ups a second.
 * </ul>
 * A blocking {@code ServerSocket} has no {@code available()}, and {@code available()} never sees the end of a stream.
 * So while people talk the server is waited on every 100 ms and another source in its turn every 500 ms, for 1 ms.
 */
final class WaitPolicy {
    private static final long TALKING = TimeUnit.MICROSECONDS.toNanos(300);
    private static final long PAUSING = TimeUnit.SECONDS.toNanos(1);
    private static final long SERVER_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long NEXT_EVERY = TimeUnit.MILLISECONDS.toNanos(500);
    /** Milliseconds: SO_TIMEOUT has no shorter one. */
    static final int SHORTEST_WAIT = 1;
    private static final int LONGEST_WAIT = 50;
    /** A wait lasts a twentieth of the silence before it. */
    private static final int SILENCE_PER_WAIT = 20;

    private final StandardInput keyboard;
    private final Trace trace;
    /** When something last happened. */
    private long lastEvent = System.nanoTime();
    /** When the server was last waited on. */
    private long lastServerWait = lastEvent - SERVER_EVERY;
    /** When a source was last waited on in its turn while people talked. */
    private long lastTurnedWait = lastEvent;
    private boolean waitedOnLatest;
    private boolean hasAccepted;
    /** The source that was waited on in its turn: 0 is the server, then come the connections. */
    private int rotation;
    /** The source that was chosen: a connection, or else the server. */
    private Optional<Connection> connection = Optional.empty();

    WaitPolicy(StandardInput keyboard, Trace trace) {
        this.keyboard = keyboard;
        this.trace = trace;
    }

    /** Somebody has connected: others may follow. */
    void noteAccepted() {
        hasAccepted = true;
        noteEvent();
    }

    /** A connection has ended. Bytes and keys need no note: {@link #choose} asks when they last came or went. */
    void noteEvent() {
        lastEvent = System.nanoTime();
    }

    /** Chooses the source to wait on, and returns how many milliseconds; 0 if there is to be no wait. */
    int choose(List<Connection> connections) {
        long now = System.nanoTime();
        Optional<Connection> latest = latestOf(connections);
        lastEvent = Math.max(lastEvent, keyboard.lastActive());
        lastEvent = latest.isPresent() ? Math.max(lastEvent, latest.get().lastActive()) : lastEvent;
        long silence = now - lastEvent;
        Trace.Pace pace = silence < TALKING ? Trace.Pace.TALKING
                : silence < PAUSING ? Trace.Pace.PAUSING : Trace.Pace.SILENT;
        trace.pace(pace);
        connection = Optional.empty();
        int millis = SHORTEST_WAIT;
        if (hasAccepted) {
            hasAccepted = false;
        } else if (pace == Trace.Pace.TALKING) {
            millis = chooseWhileTalking(connections, now);
        } else {
            long wait = TimeUnit.NANOSECONDS.toMillis(silence) / SILENCE_PER_WAIT;
            millis = (int) Math.max(SHORTEST_WAIT, Math.min(LONGEST_WAIT, wait));
            waitedOnLatest = pace == Trace.Pace.PAUSING && !waitedOnLatest && latest.isPresent();
            connection = waitedOnLatest ? latest : nextOf(connections);
        }
        if (millis > 0 && connection.isEmpty()) {
            lastServerWait = now;
        }
        return millis;
    }

    /** The connection to wait on; empty if it is the peer-chat server. */
    Optional<Connection> connection() {
        return connection;
    }

    private int chooseWhileTalking(List<Connection> connections, long now) {
        if (now - lastServerWait >= SERVER_EVERY) {
            return SHORTEST_WAIT;
        }
        if (now - lastTurnedWait >= NEXT_EVERY) {
            lastTurnedWait = now;
            connection = nextOf(connections);
            return SHORTEST_WAIT;
        }
        return 0;
    }

    /** The connection that was active last. */
    private static Optional<Connection> latestOf(List<Connection> connections) {
        Optional<Connection> latest = Optional.empty();
        for (Connection other : connections) {
            if (latest.isEmpty() || other.lastActive() - latest.get().lastActive() > 0) {
                latest = Optional.of(other);
            }
        }
        return latest;
    }

    /** The server and every connection, one after the other. */
    private Optional<Connection> nextOf(List<Connection> connections) {
        rotation = (rotation + 1) % (connections.size() + 1);
        return rotation == 0 ? Optional.empty() : Optional.of(connections.get(rotation - 1));
    }
}
