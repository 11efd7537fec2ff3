package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import support.Peer;
import support.Stranger;
import support.Table;

/** Leaving cleanly: what was typed is sent, what was sent is shown, connections are closed politely. */
class LeavingTest {

    private final Table table = Table.of("alice", "bob");

    @Test
    void quitSendsWhatWasTypedBefore() {
        try (Peer alice = Peer.start(table, "alice"); Peer bob = Peer.start(table, "bob")) {
            alice.typeRaw("bob/last words\n/quit\nbob/too late\n".getBytes());
            assertEquals(0, alice.awaitExit());
            bob.awaitLine("alice: last words");
            bob.quit();
            assertFalse(bob.lines().contains("alice: too late"));
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalSendsWhatWasTypedBefore(String signal, int status) {
        try (Peer alice = Peer.start(table, "alice"); Peer bob = Peer.start(table, "bob")) {
            alice.type("bob/one");
            bob.awaitLine("alice: one");
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 1000; i++) {
                lines.append("bob/number ").append(i).append('\n');
            }
            alice.typeRaw((lines + "bob/no Enter").getBytes());
            alice.signal(signal);
            assertEquals(status, alice.awaitExit());
            bob.awaitLine("alice: number 999");
            alice.awaitLine("* not sent, Enter was missing: bob/no Enter");
            assertEquals(1001, bob.messages().size());
        }
    }

    @Test
    void whatTheFriendSentBeforeIsStillShown() throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob"); Peer alice = Peer.start(table, "alice")) {
            alice.type("bob/hello");
            try (Stranger bob = Stranger.accept(server)) {
                bob.readLine();
                alice.type("/quit");
                assertEquals(-1, bob.readByte());
                bob.send("bob/good bye\n");
                bob.end();
                assertEquals(0, alice.awaitExit());
                alice.awaitLine("bob: good bye");
            }
        }
    }

    @Test
    void anUnreachableFriendDoesNotHoldTheLeaverForLong() {
        try (Peer alice = Peer.start(table, "alice")) {
            alice.typeRaw("bob/nobody home\n/quit\n".getBytes());
            assertEquals(0, alice.awaitExit());
            alice.awaitLine("* bob is offline (connection refused): not sent: nobody home");
        }
    }
}
