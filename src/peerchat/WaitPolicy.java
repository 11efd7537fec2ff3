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
 * A wait hears its own source at once. All others are asked when it ends: each is late by one wait at most. So a turn
 * waits where somebody will probably speak: on the connection that spoke last. If no connection is open, it waits on
 * the peer-chat server, for a friend has to connect first. Every wait that ends with nothing costs 0.05 to 0.15 ms of
 * CPU. So the waits are short while people talk, and long when they have stopped:
 * <ul>
 * <li>talking, up to 0.3 ms after something happened: no wait at all, for an answer is likely to be on its way. A
 * message is found within the few microseconds of a turn. A process that sleeps in {@code select()} has to be woken;
 * <li>typing, up to 1 s after a key: 1 ms, the shortest wait that there is. The next key will probably come, and the
 * keyboard cannot be waited on;
 * <li>pausing, up to 10 s: a twentieth of the silence, 8 ms at most;
 * <li>silent: 50 ms, or 100 ms if no connection is open.
 * </ul>
 * Two things only a wait can see. Somebody connects: the server is waited on for 1 ms every 50 ms. A friend ends a
 * connection: each connection is waited on at least once a second, and sooner while an end is likely. This holds while
 * people talk too, and however many connections there are. In silence both are half as often.
 */
final class WaitPolicy {
    private static final long TALKING = TimeUnit.MICROSECONDS.toNanos(300);
    private static final long TYPING = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSING = TimeUnit.SECONDS.toNanos(10);
    /** Twice as long in silence. */
    private static final long SERVER_EVERY = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long CONNECTION_EVERY = TimeUnit.SECONDS.toNanos(1);
    /** Some friends end a connection after each message. */
    private static final long SPEAKER_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long JUST_NOW = TimeUnit.SECONDS.toNanos(1);
    /** This side has ended the connection: an answer is likely, and the next message may wait for it. */
    private static final long ENDING_EVERY = TimeUnit.MILLISECONDS.toNanos(5);
    /** Milliseconds, as all waits: SO_TIMEOUT has no shorter one. */
    static final int SHORTEST_WAIT = 1;
    private static final int LONGEST_WAIT = 8;
    private static final int WAIT_IN_SILENCE = 50;
    /** If nobody is connected, nothing that a friend sends can be late. */
    private static final int WAIT_ALONE = 100;
    private static final int SILENCE_PER_WAIT = 20;

    private final StandardInput keyboard;
    private final Trace trace;
    /** When something last happened. */
    private long lastEvent = System.nanoTime();
    /** When this was last asked to choose. */
    private long lastTurn = lastEvent;
    /** The beginning of the first turn after something had happened: showing it does not count as silence. */
    private long quietSince = lastEvent;
    /** If a connection is due as well, they take turns. */
    private boolean wasServersTurn;
    /** When the server was last waited on. */
    private long lastServerWait = lastEvent - SERVER_EVERY;
    /** The source that was chosen: a connection, or else the server. */
    private Optional<Connection> connection = Optional.empty();

    WaitPolicy(StandardInput keyboard, Trace trace) {
        this.keyboard = keyboard;
        this.trace = trace;
    }

    /** Somebody has connected. Others may follow: the server is waited on next. */
    void noteAccepted() {
        noteEvent();
        lastServerWait = lastEvent - 2 * SERVER_EVERY;
    }

    /** A connection has ended. Bytes and keys need no note: {@link #choose} asks when they last came or went. */
    void noteEvent() {
        lastEvent = System.nanoTime();
    }

    /** Chooses the source to wait on, and returns how many milliseconds; 0 if there is to be no wait. */
    int choose(List<Connection> connections) {
        long now = System.nanoTime();
        lastEvent = Math.max(lastEvent, keyboard.lastActive());
        Connection spokeLast = null;
        Connection mostDue = null;
        long due = 0;
        for (Connection each : connections) {
            lastEvent = Math.max(lastEvent, each.lastActive());
            if (each.canRead()) {
                spokeLast = spokeLast == null || each.lastRead() - spokeLast.lastRead() > 0 ? each : spokeLast;
                long dueOfThis = each.lastWaited() + lookEvery(each, now);
                if (mostDue == null || dueOfThis - due < 0) {
                    mostDue = each;
                    due = dueOfThis;
                }
            }
        }
        quietSince = lastEvent - lastTurn >= 0 ? now : quietSince;
        lastTurn = now;
        Trace.Pace pace = paceAt(now);
        trace.pace(pace);
        int millis = switch (pace) {
            case TALKING -> 0;
            case TYPING -> SHORTEST_WAIT;
            case PAUSING -> (int) Math.max(SHORTEST_WAIT,
                    Math.min(LONGEST_WAIT, TimeUnit.NANOSECONDS.toMillis(now - quietSince) / SILENCE_PER_WAIT));
            case SILENT -> spokeLast == null ? WAIT_ALONE : WAIT_IN_SILENCE;
        };
        long untilServer = lastServerWait + (pace == Trace.Pace.SILENT ? 2 * SERVER_EVERY : SERVER_EVERY) - now;
        boolean isConnectionDue = mostDue != null && now - due >= 0;
        boolean isServersTurn = untilServer <= 0 && !(isConnectionDue && wasServersTurn);
        wasServersTurn = isServersTurn;
        connection = Optional.empty();
        if (spokeLast == null && millis > 0 || isServersTurn) {
            lastServerWait = now;
            return spokeLast == null ? Math.max(SHORTEST_WAIT, millis) : SHORTEST_WAIT;
        }
        if (isConnectionDue) {
            connection = Optional.of(mostDue);
            return SHORTEST_WAIT;
        }
        connection = Optional.ofNullable(spokeLast);
        return (int) Math.min(millis, TimeUnit.NANOSECONDS.toMillis(untilServer) + 1);
    }

    /** Nanoseconds after which a connection is waited on again, to see whether the friend has ended it. */
    private long lookEvery(Connection each, long now) {
        if (each.is(Connection.State.HALF_CLOSED)) {
            return ENDING_EVERY;
        }
        if (now - each.lastRead() < JUST_NOW) {
            return SPEAKER_EVERY;
        }
        return now - quietSince < PAUSING ? CONNECTION_EVERY : 2 * CONNECTION_EVERY;
    }

    private Trace.Pace paceAt(long now) {
        if (now - quietSince < TALKING) {
            return Trace.Pace.TALKING;
        }
        if (keyboard.isTerminal() && now - keyboard.lastActive() < TYPING) {
            return Trace.Pace.TYPING;
        }
        return now - quietSince < PAUSING ? Trace.Pace.PAUSING : Trace.Pace.SILENT;
    }

    /** The connection to wait on; empty if it is the peer-chat server. */
    Optional<Connection> connection() {
        return connection;
    }
}
