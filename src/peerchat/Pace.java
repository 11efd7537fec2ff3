package peerchat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The pace of the loop: whether a turn waits, on which source, for how long. This is what stands in for
 * {@code select()}, which would wait on all sources at once.
 * <p>
 * Asking a connection with {@code available()} costs a microsecond; waiting on a source costs at least 1 ms, in which no
 * other source is heard, and every wait that ends with nothing costs 0.1 to 0.2 ms of CPU. So at most one source a turn
 * is waited on, and all others are asked after that: what comes during a wait is found at its end, never after two.
 * Three gears, by the time since something last happened:
 * <ul>
 * <li>talking, up to 0.3 ms: no wait at all, the answer is likely to be on its way; a message is found within the few
 * microseconds of a turn, where {@code select()} has to be woken first;
 * <li>pausing, up to 1 s: waits grow with the silence, from 1 ms to 50 ms, so that a message is late by at most a
 * twentieth of the silence before it; every second wait is on the source that was active last, which is not late at all;
 * <li>silent: waits of 50 ms, each source in its turn; twenty wake-ups a second are what idleness costs.
 * </ul>
 * Accepting cannot be asked without a wait, and {@code available()} never sees the end of a stream. So while people talk
 * the server is waited on every 100 ms and a connection every 500 ms, for 1 ms.
 */
final class Pace {

    private static final long TALKING = TimeUnit.MICROSECONDS.toNanos(300);
    private static final long PAUSING = TimeUnit.SECONDS.toNanos(1);
    private static final long ACCEPT_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int SHORTEST_WAIT = 1;
    private static final int LONGEST_WAIT = 50;
    /** A wait is this part of the silence so far, so that it delays what comes by as small a part. */
    private static final int SILENCE_PER_WAIT = 20;

    /** How eagerly the loop turns. */
    enum Gear {
        TALKING, PAUSING, SILENT;

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final PeerServer server;
    private final Trace trace;
    private long lastEvent;
    private long lastAcceptLook;
    private long lastConnectionLook;
    private Optional<Source> lastActive = Optional.empty();
    private boolean waitedOnLastActive;
    private boolean hasAccepted;
    private int rotation;
    private int millis;

    Pace(PeerServer server, Trace trace, long now) {
        this.server = server;
        this.trace = trace;
        this.lastEvent = now;
        this.lastAcceptLook = now - ACCEPT_EVERY;
        this.lastConnectionLook = now;
    }

    /** Something came or went; {@code source} will probably speak next. */
    void happened(Source source) {
        happened();
        lastActive = Optional.of(source);
        hasAccepted |= source == server;
    }

    /** Something happened that says nothing about who speaks next: a line was typed, a connection ended. */
    void happened() {
        lastEvent = System.nanoTime();
    }

    /** Chooses the source that the coming turn waits on, and for how long; empty if it is to wait on none. */
    Optional<Source> choose(List<Connection> connections) {
        long now = System.nanoTime();
        Optional<Source> chosen = choose(connections, now);
        if (chosen.isPresent() && chosen.get() == server) {
            lastAcceptLook = now;
        }
        return chosen;
    }

    /** Milliseconds to wait on the source that was chosen. */
    int millis() {
        return millis;
    }

    private Optional<Source> choose(List<Connection> connections, long now) {
        long silence = now - lastEvent;
        Gear gear = silence < TALKING ? Gear.TALKING : silence < PAUSING ? Gear.PAUSING : Gear.SILENT;
        trace.gear(gear);
        millis = SHORTEST_WAIT;
        if (hasAccepted) {
            hasAccepted = false;
            return Optional.of(server); // whoever connects is seldom alone
        }
        if (gear == Gear.TALKING) {
            return rareLook(connections, now);
        }
        long wait = TimeUnit.NANOSECONDS.toMillis(silence) / SILENCE_PER_WAIT;
        millis = (int) Math.max(SHORTEST_WAIT, Math.min(LONGEST_WAIT, wait));
        waitedOnLastActive = gear == Gear.PAUSING && !waitedOnLastActive && isThere(connections);
        return waitedOnLastActive ? lastActive : Optional.of(next(connections));
    }

    private Optional<Source> rareLook(List<Connection> connections, long now) {
        if (now - lastAcceptLook >= ACCEPT_EVERY) {
            return Optional.of(server);
        }
        if (now - lastConnectionLook >= LOOK_EVERY && !connections.isEmpty()) {
            lastConnectionLook = now;
            return Optional.of(next(connections));
        }
        return Optional.empty();
    }

    private boolean isThere(List<Connection> connections) {
        lastActive = lastActive.filter(source -> source == server || connections.contains(source));
        return lastActive.isPresent();
    }

    /** The server and every connection, one after the other. */
    private Source next(List<Connection> connections) {
        rotation = (rotation + 1) % (connections.size() + 1);
        return rotation == 0 ? server : connections.get(rotation - 1);
    }
}
