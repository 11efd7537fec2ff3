package peerchat;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import peerchat.net.Connection;
import peerchat.net.PeerServer;
import peerchat.trace.Trace;

/**
 * {@code select()}, emulated: the place where a turn waits. A program can wait on only one classic socket at a time. So
 * a turn chooses one source and waits on it with a short SO_TIMEOUT. The result is stored for the accept step or the
 * read step. The read step asks the other connections, without a wait.
 */
final class Wait {
    private final PeerServer server;
    private final WaitPolicy policy;
    private final Trace trace;
    /** The last accepted connection, until the accept step takes it. */
    private Optional<Socket> accepted = Optional.empty();
    /** Why the last accept failed. */
    private Optional<IOException> failure = Optional.empty();

    Wait(PeerServer server, WaitPolicy policy, Trace trace) {
        this.server = server;
        this.policy = policy;
        this.trace = trace;
    }

    /**
     * Waits on the source that the policy chooses, if it chooses one.
     *
     * @param toProbe connections that may have ended unseen. Each is waited on, too, for 1 ms: only a wait sees an end
     */
    void onOneSource(List<Connection> connections, List<Connection> toProbe) {
        int millis = policy.choose(connections);
        toProbe.forEach(connection -> on(connection, WaitPolicy.SHORTEST_WAIT));
        if (millis > 0 && policy.connection().isPresent()) {
            on(policy.connection().get(), millis);
        } else if (millis > 0) {
            onServer(millis);
        }
    }

    void onServer(int millis) {
        if (accepted.isPresent()) {
            return; // the accept step has not taken the last one yet
        }
        trace.waits(Optional.empty(), millis);
        try {
            accepted = server.accept(millis);
            failure = Optional.empty();
        } catch (IOException e) {
            failure = Optional.of(e);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis)); // accept() did not wait: do not spin
        }
        trace.waited();
    }

    void on(Connection connection, int millis) {
        trace.waits(Optional.of(connection), millis);
        connection.readWaiting(millis);
        trace.waited();
    }

    /**
     * Takes the connection that was accepted during the wait, if there is one. (P1)
     *
     * @throws IOException if accepting failed: the process may have no descriptor left
     */
    Optional<Socket> takeAccepted() throws IOException {
        Optional<IOException> why = failure;
        Optional<Socket> taken = accepted;
        failure = Optional.empty();
        accepted = Optional.empty();
        if (why.isPresent()) {
            throw why.get();
        }
        return taken;
    }
}
