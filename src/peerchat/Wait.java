package peerchat;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import peerchat.net.Connection;
import peerchat.net.PeerServer;
import peerchat.trace.Trace;

/**
 * {@code select()}, emulated: the place where a turn waits. The classic sockets can be waited on one by one only. So a
 * turn chooses one source, waits on it with a short SO_TIMEOUT, and keeps the outcome for the step whose clause it is. The
 * other sources are asked by the later steps, without a wait.
 */
final class Wait {

    private static final int SHORTEST_MILLIS = 1;

    private final PeerServer server;
    private final WaitPolicy policy;
    private final Trace trace;
    /** The connection that was made during the wait. */
    private Optional<Socket> accepted = Optional.empty();
    /** Why none could be accepted. */
    private Optional<IOException> failure = Optional.empty();
    /** The connection that was waited on last while leaving. */
    private int next;

    Wait(PeerServer server, WaitPolicy policy, Trace trace) {
        this.server = server;
        this.policy = policy;
        this.trace = trace;
    }

    /**
     * Waits on the source that will probably speak next, or on none if an answer is on its way.
     *
     * @param toProbe connections that were quiet and are going to be written to: each is waited on, too, for 1 ms, because
     *                it may have ended without anybody having seen it
     */
    void onOneSource(List<Connection> connections, List<Connection> toProbe) {
        forget();
        int millis = policy.choose(connections);
        toProbe.forEach(connection -> on(connection, SHORTEST_MILLIS));
        if (millis > 0 && policy.connection().isPresent()) {
            on(policy.connection().get(), millis);
        } else if (millis > 0) {
            onServer(millis);
        }
    }

    /** Waits for somebody to connect, as short as possible. */
    void onServer() {
        forget();
        onServer(SHORTEST_MILLIS);
    }

    /** Waits on one connection after the other, as short as possible: there is no server any more. */
    void onNext(List<Connection> connections) {
        next = (next + 1) % connections.size();
        on(connections.get(next), SHORTEST_MILLIS);
    }

    private void forget() {
        accepted = Optional.empty();
        failure = Optional.empty();
    }

    private void onServer(int millis) {
        trace.waits(Optional.empty(), millis);
        try {
            accepted = server.accept(millis);
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        trace.waited();
    }

    private void on(Connection connection, int millis) {
        trace.waits(Optional.of(connection), millis);
        connection.await(millis);
        trace.waited();
    }

    /**
     * The connection that was made during the wait, if any. (P1)
     *
     * @throws IOException if the system has no room for another connection
     */
    Optional<Socket> accepted() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        return accepted;
    }
}
