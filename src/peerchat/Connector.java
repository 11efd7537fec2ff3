package peerchat;

import java.net.InetAddress;
import java.net.Socket;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the client sockets that are needed (P3.2): one slice a turn, and as much time for the rest of the loop. */
final class Connector {

    /** What came of an attempt. */
    interface Outcome {

        void connected(ClientSocket client, Socket socket);

        /** The messages cannot be sent; {@code why} goes on after the friend's name. */
        void failed(ClientSocket client, String why);

        /** It takes longer, which has to be told. */
        void waits(ClientSocket client, String what);
    }

    /** Milliseconds, so that leaving takes no longer than it may. */
    private static final int LONGEST_SLICE_ON_LEAVING = 300;

    private final Optional<InetAddress> from;
    private final int fromPort;
    private final int timeoutMillis;
    private final Trace trace;
    private final Map<ClientSocket, ConnectAttempt> attempts = new HashMap<>();
    private long restsUntil = System.nanoTime();
    private int longestSlice = Integer.MAX_VALUE;

    /**
     * @param me            whose address the client sockets leave from, where it is an address of this machine
     * @param dialect       whether they leave from my port, too
     * @param timeoutMillis after how many milliseconds an attempt is given up
     */
    Connector(User me, Dialect dialect, int timeoutMillis, Trace trace) {
        this.trace = trace;
        this.fromPort = dialect.fromOwnPort() ? me.port() : 0;
        this.from = UserTable.addressHere(me);
        this.timeoutMillis = timeoutMillis;
    }

    /** Whether an attempt is under way. */
    boolean isTrying() {
        return !attempts.isEmpty();
    }

    /** The user leaves: no slice takes long any more. */
    void hurry() {
        longestSlice = LONGEST_SLICE_ON_LEAVING;
    }

    /** Spends one slice on the friend whose slice is the shortest, if any lacks a connection that it needs. */
    void tryOne(Collection<ClientSocket> clients, Outcome outcome) {
        long now = System.nanoTime();
        attempts.keySet().removeIf(client -> !client.needsConnection());
        clients.stream().filter(client -> client.endsEveryConnection() && client.needsConnection())
                .forEach(client -> outcome.failed(client, "ends every connection at once"));
        Optional<ClientSocket> shortest = clients.stream()
                .filter(client -> client.needsConnection() && attemptFor(client, now).isDue(now))
                .min(Comparator.comparingInt(client -> attemptFor(client, now).nextSlice(now)));
        if (shortest.isEmpty()) {
            return;
        }
        ClientSocket client = shortest.get();
        ConnectAttempt attempt = attemptFor(client, now);
        int millis = Math.min(attempt.nextSlice(now), longestSlice);
        boolean isShort = millis <= ConnectAttempt.FIRST_SLICE;
        if (!isShort && now - restsUntil < 0) {
            return;
        }
        trace.tries(client.friend(), millis);
        try {
            Optional<Socket> socket = attempt.tryOnce(millis);
            if (socket.isPresent()) {
                attempts.remove(client);
                outcome.connected(client, socket.get());
            } else {
                trace.triesAgain(client.friend());
                attempt.news(now).ifPresent(what -> outcome.waits(client, what));
            }
        } catch (ConnectAttempt.FailedException e) {
            attempts.remove(client);
            trace.unreached(client.friend(), e.getMessage());
            outcome.failed(client, e.getMessage());
        }
        long after = System.nanoTime();
        if (!isShort) {
            restsUntil = after + (after - now);
        }
    }

    private ConnectAttempt attemptFor(ClientSocket client, long now) {
        return attempts.computeIfAbsent(client,
                missing -> new ConnectAttempt(client.friend(), from, fromPort, timeoutMillis, now));
    }
}
