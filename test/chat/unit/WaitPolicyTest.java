package peerchat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peerchat.console.Console;
import peerchat.net.Connection;
import peerchat.trace.Trace;
import peerchat.users.UserTable;
import peerchat.wire.Decoder;

/** The turns of a loop that does nothing but wait, over real connections. What is checked is what was planned. */
class WaitPolicyTest {

    /** Milliseconds. */
    private static final int SERVER_AGAIN_AFTER = 60;
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path folder;

    private final List<Socket> friends = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private WaitPolicy policy;
    /** Milliseconds of waits that were planned since the server was waited on. */
    private int sinceServer;

    @BeforeEach
    void start() throws Exception {
        Path file = Files.writeString(folder.resolve("users.txt"), "alice 127.0.0.1 5000\nbob 127.0.0.1 5001\n");
        UserTable table = UserTable.read(file);
        policy = new WaitPolicy(Console.find(true, false, table.users().get(0), table).keyboard(), Trace.OFF);
    }

    @AfterEach
    void close() throws Exception {
        for (Socket friend : friends) {
            friend.close();
        }
        connections.forEach(Connection::close);
    }

    private Connection connect(boolean isAccepted) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket friend = new Socket();
            friend.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
            friends.add(friend);
            Connection connection = new Connection(server.accept(), isAccepted, Optional.empty(),
                    Duration.ofMinutes(1), new Decoder(new HashMap<>()));
            connections.add(connection);
            return connection;
        }
    }

    /** One turn: where it waited, and for how many milliseconds. The server is named by nothing. */
    private Map.Entry<Optional<Connection>, Integer> turn() {
        int millis = policy.choose(connections);
        Optional<Connection> on = millis == 0 ? Optional.empty() : policy.connection();
        if (on.isPresent()) {
            on.get().readWaiting(millis);
            sinceServer += millis;
        } else if (millis > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            sinceServer = 0;
        }
        connections.forEach(Connection::read);
        assertTrue(sinceServer <= SERVER_AGAIN_AFTER, "the server was not waited on for " + sinceServer + " ms");
        return Map.entry(on, millis);
    }

    @Test
    void theServerAndEachConnectionAreWaitedOnHoweverManyThereAre() throws Exception {
        for (int i = 0; i < 9; i++) {
            connect(i % 2 == 0);
        }
        Set<Connection> waitedOn = new HashSet<>();
        long begin = System.nanoTime();
        while (waitedOn.size() < connections.size()) {
            turn().getKey().ifPresent(waitedOn::add);
            assertTrue(System.nanoTime() - begin < DEADLINE, () -> "only " + waitedOn.size() + " were waited on");
        }
    }

    @Test
    void longWaitsAreOnWhoSpokeLastAndGrowWithTheSilence() throws Exception {
        for (int i = 0; i < 5; i++) {
            connect(true);
        }
        Connection speaker = connections.get(2);
        friends.get(2).getOutputStream().write('\n');
        while (speaker.read() != Connection.Found.BYTES) {
            Thread.onSpinWait();
        }
        connect(false); // to a client socket this side speaks first
        int longest = 0;
        long begin = System.nanoTime();
        while (longest < 8) {
            Map.Entry<Optional<Connection>, Integer> wait = turn();
            if (wait.getValue() > 1) {
                assertEquals(Optional.of(speaker), wait.getKey());
                longest = Math.max(longest, wait.getValue());
            }
            assertTrue(System.nanoTime() - begin < DEADLINE, "the longest wait of a pause is 8 ms");
        }
        assertEquals(8, longest);
    }

    @Test
    void withoutAConnectionTheServerIsTheOneToWaitOn() {
        long begin = System.nanoTime();
        while (turn().getValue() < 2) {
            assertTrue(System.nanoTime() - begin < DEADLINE, "the waits do not grow");
        }
        assertEquals(Optional.empty(), policy.connection());
    }

    @Test
    void aConnectionThatCannotBeReadIsNotWaitedOn() throws Exception {
        Connection ended = connect(true);
        ended.remoteEnded();
        long begin = System.nanoTime();
        while (turn().getValue() < 2) {
            assertTrue(System.nanoTime() - begin < DEADLINE, "the loop spins");
        }
        assertEquals(Optional.empty(), policy.connection());
    }

    @Test
    void whileManyConnectTheServerIsWaitedOnAgainAtOnce() throws Exception {
        connect(true);
        while (!(turn().getKey().isPresent())) { // up to a wait on the connection
            continue;
        }
        policy.noteAccepted();
        assertEquals(1, policy.choose(connections));
        assertEquals(Optional.empty(), policy.connection());
    }
}
