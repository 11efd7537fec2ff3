package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import support.Await;
import support.Peer;
import support.Stranger;
import support.Table;

/** P3.2: the client socket to the friend is used if it exists, else it is created from the table. */
class P3_2ClientSocketTest {

    private static final long QUIET_NANOS = 20_000_000L;
    private static final int ROUNDS = 40;
    /** Where in its turn the chat stands still is another place each time. */
    private static final int CLOSINGS = 100;

    private final Table table = Table.of("alice", "bob");

    @Test
    void oneClientSocketIsCreatedWhenItIsNeededAndReused() throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob"); Peer alice = Peer.start(table, "alice")) {
            server.setSoTimeout(200);
            Assertions.assertThrows(SocketTimeoutException.class, server::accept,
                    "connected before there was a message");
            server.setSoTimeout(30_000);
            alice.type("bob/one");
            try (Stranger bob = Stranger.accept(server)) {
                assertEquals("alice/one\n", bob.readLine());
                alice.awaitLine("* connected to bob (" + table.place("bob") + ")");
                for (int i = 0; i < ROUNDS; i++) {
                    alice.type("bob/again " + i);
                    assertEquals("alice/again " + i + "\n", bob.readLine());
                }
                server.setSoTimeout(200);
                Assertions.assertThrows(SocketTimeoutException.class, server::accept, "a second client socket");
            }
        }
    }

    @Test
    void anOfflineFriendIsToldAndTheNextMessageTriesAgain() {
        try (Peer alice = Peer.start(table, "alice")) {
            alice.type("bob/anybody there?");
            alice.awaitLine("* bob is offline (connection refused): not sent: anybody there?");
            try (Peer bob = Peer.start(table, "bob")) {
                alice.type("bob/and now?");
                bob.awaitLine("alice: and now?");
                assertEquals(1, bob.messages().size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bye\n"})
    void aFriendWhoClosedMeanwhileIsConnectedAgainAndNothingIsLost(String lastWords) throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob"); Peer alice = Peer.start(table, "alice")) {
            for (int i = 0; i < CLOSINGS; i++) {
                alice.type("bob/message " + i);
                try (Stranger bob = Stranger.accept(server)) {
                    assertEquals("alice/message " + i + "\n", bob.readLine());
                    // While alice stands still, bob closes and she types: the end and the line are there together.
                    alice.signal("STOP");
                    long stopped = System.nanoTime();
                    Await.until(() -> System.nanoTime() - stopped > QUIET_NANOS, () -> "the time stands still");
                    bob.send(lastWords);
                }
                alice.type("bob/message " + ++i);
                alice.signal("CONT");
                try (Stranger bob = Stranger.accept(server)) {
                    assertEquals("alice/message " + i + "\n", bob.readLine());
                }
                alice.awaitCount("* bob closed the connection; the next message needs a new one"::equals, i + 1);
            }
        }
    }

    @Test
    void aFriendWhoRestartedIsConnectedAgain() {
        try (Peer alice = Peer.start(table, "alice")) {
            for (int i = 0; i < 3; i++) {
                try (Peer bob = Peer.start(table, "bob")) {
                    alice.type("bob/life " + i);
                    bob.awaitLine("alice: life " + i);
                    bob.quit();
                }
                alice.awaitCount("* bob closed the connection; the next message needs a new one"::equals, i + 1);
            }
        }
    }

    @Test
    void aConnectionFromAFriendsOwnPortServesAsClientSocket() throws IOException {
        try (Peer alice = Peer.start(table, "alice");
                Stranger bob = Stranger.connect(table, "alice", "127.0.0.1", table.port("bob"))) {
            bob.send("hello\n");
            alice.awaitLine("bob: hello");
            alice.type("bob/back over the same connection");
            assertEquals("alice/back over the same connection\n", bob.readLine());
        }
    }
}
