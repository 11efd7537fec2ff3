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
 * A wait hears its own source at once. All others are asked when the wait ends: each is late by one wait at most. So a
 * turn waits on the connection that spoke last, for it will probably speak next. If no connection is open, it waits on
 * the peer-chat server, because a friend has to connect first. A wait that finds nothing costs 0.05 to 0.15 ms of CPU.
 * So the waits are short while people talk, and long when they have stopped:
 * <ul>
 * <li>talking, up to 0.3 ms after something happened: no wait on who spoke last, because an answer is probably on its
 * way. It is found within a few microseconds, the time of a turn. A process that sleeps in {@code select()} has to be
 * woken;
 * <li>typing, up to 1 s after a key: 1 ms, the shortest wait that there is. The next key will probably come, and a wait
 * on the keyboard is not possible;
 * <li>pausing, up to 10 s: a twentieth of the silence, 8 ms at most;
 * <li>silent: 50 ms, or 100 ms if no connection is open.
 * </ul>
 * There are two things that only a wait can see. Somebody connects: the server is waited on for 1 ms every 50 ms. A
 * friend ends a connection: each connection is waited on at least once a second, and sooner while an end is likely.
 * This holds while people talk, too, and for any number of connections. In silence both happen half as often.
 */
final class WaitPolicy {
    private static final long TALKING = TimeUnit.MICROSECONDS.toNanos(300);
    private static final long TYPING = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSING = TimeUnit.SECONDS.toNanos(10);
    /** The longest time between two waits on the server; twice as long in silence. */
    private static final long SERVER_EVERY = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long CONNECTION_EVERY = TimeUnit.SECONDS.toNanos(1);
    /** A connection that had bytes just now is probed this often: some programs end it after each message. */
    private static final long SPEAKER_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long JUST_NOW = TimeUnit.SECONDS.toNanos(1);
    /** A half-closed connection is probed most often: its end is near, and the next message may wait for it. */
    private static final long ENDING_EVERY = TimeUnit.MILLISECONDS.toNanos(5);
    /** In milliseconds, as all waits; SO_TIMEOUT cannot be shorter. */
    static final int SHORTEST_WAIT = 1;
    private static final int LONGEST_WAIT = 8;
    private static final int WAIT_IN_SILENCE = 50;
    /** The wait in silence if no connection is open: who connects is heard at once. */
    private static final int WAIT_ALONE = 100;
    private static final int SILENCE_PER_WAIT = 20;

    private final StandardInput keyboard;
    private final Trace trace;
    /** Time of the last event, in nanoseconds as all times here: bytes, a key, a connection that came or ended. */
    private long lastEvent = System.nanoTime();
    /** Time of the last call of {@link #choose}. */
    private long lastTurn = lastEvent;
    /** Start of the silence: when the first turn after the last event began. By then, the event has been shown. */
    private long quietSince = lastEvent;
    /** Whether the last turn chose the server because it was due: a connection that is due as well comes next. */
    private boolean wasServersTurn;
    /** Time of the last wait on the server. */
    private long lastServerWait = lastEvent - SERVER_EVERY;
    /** The chosen source: a connection, or empty for the server. */
    private Optional<Connection> connection = Optional.empty();

    WaitPolicy(StandardInput keyboard, Trace trace) {
        this.keyboard = keyboard;
        this.trace = trace;
    }

    /** Notes that somebody has connected. Others may follow, so the server is waited on next. */
    void noteAccepted() {
        noteEvent();
        lastServerWait = lastEvent - 2 * SERVER_EVERY;
    }

    /** Notes that a connection has ended. Bytes and keys need no note: {@link #choose} asks for their times. */
    void noteEvent() {
        lastEvent = System.nanoTime();
    }

    /** Chooses the source to wait on. Returns the timeout in milliseconds; 0 means no wait. */
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
                long dueOfThis = each.lastWaited() + probeInterval(each, now);
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

    /** Nanoseconds from one wait on a connection to the next, which shows whether the friend has ended it. */
    private long probeInterval(Connection each, long now) {
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

    /** The connection to wait on; empty if the chosen source is the peer-chat server. */
    Optional<Connection> connection() {
        return connection;
    }
}
