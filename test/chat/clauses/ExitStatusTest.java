package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import support.Faulty;
import support.Peer;
import support.Stranger;
import support.Table;

/** What the user is shown when the program itself is wrong: one line, and no stack trace unless asked for. */
class ExitStatusTest {

    @TempDir
    private Path folder;

    private final Table table = Table.of("alice", "bob");

    @Test
    void anInternalErrorIsOneLineAndClosesTheSockets() {
        try (Peer alice = startFaulty(); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send("bob/hello\n");
            alice.awaitLine("bob: hello");
            alice.type("bob/this hits the fault");
            assertEquals(70, alice.awaitExit());
            assertEquals(List.of(
                    "peerchat: internal error, sorry: java.lang.IllegalStateException: a fault made for a test"
                    + " (--verbose shows where)"), alice.errors());
            bob.awaitEnd();
        }
    }

    @Test
    void verboseShowsWhereItHappened() {
        try (Peer alice = startFaulty("--verbose")) {
            alice.type("bob/this hits the fault");
            assertEquals(70, alice.awaitExit());
            assertTrue(alice.errors().stream().anyMatch(line -> line.contains("at peerchat.PeerChat.turn")));
        }
    }

    private Peer startFaulty(String... options) {
        Peer peer = Peer.start(new ProcessBuilder(Faulty.command(folder, table, "alice", options)));
        peer.awaitLineWith("listening on ");
        return peer;
    }
}
