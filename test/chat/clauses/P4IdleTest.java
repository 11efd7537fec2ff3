package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import support.Peer;
import support.Stranger;
import support.Table;

/** P4: a client socket without activity for the timeout is closed. */
class P4IdleTest {

    private final Table table = Table.of("alice", "bob");

    @Test
    void anIdleClientSocketIsClosedPolitely() throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob");
                Peer alice = Peer.start(table, "alice", "--idle-timeout", "0.5")) {
            alice.type("bob/hello");
            try (Stranger bob = Stranger.accept(server)) {
                assertEquals("alice/hello\n", bob.readLine());
                assertEquals(-1, bob.readByte());
                alice.awaitLine("* closed the connection to bob: idle for 0.5 s");
                bob.send("bob/still heard while it closes\n");
                bob.end();
                alice.awaitLine("bob: still heard while it closes");
            }
        }
    }

    @Test
    void theNextMessageOpensANewOne() {
        try (Peer alice = Peer.start(table, "alice", "-i", "1"); Peer bob = Peer.start(table, "bob", "-i", "1")) {
            for (int i = 1; i <= 3; i++) {
                alice.type("bob/hello " + i);
                bob.awaitLine("alice: hello " + i);
                alice.awaitCount("* closed the connection to bob: idle for 1 s"::equals, i);
            }
            assertEquals(List.of("alice: hello 1", "alice: hello 2", "alice: hello 3"), bob.messages());
            assertEquals(List.of(), bob.lines().stream().filter(line -> line.contains("closed")).toList(),
                    "the side that opened it goes first");
        }
    }

    @Test
    void activityPostponesTheClose() throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob");
                Peer alice = Peer.start(table, "alice", "--idle-timeout", "2")) {
            alice.type("bob/start");
            try (Stranger bob = Stranger.accept(server)) {
                bob.readLine();
                long start = System.nanoTime();
                // Either direction counts; together they last longer than the timeout.
                for (int i = 0; System.nanoTime() - start < 3_000_000_000L; i++) {
                    if (i % 2 == 0) {
                        alice.type("bob/" + i);
                        assertEquals("alice/" + i + "\n", bob.readLine());
                    } else {
                        bob.send("bob/" + i + "\n");
                        alice.awaitLine("bob: " + i);
                    }
                }
                assertTrue(alice.lines().stream().noneMatch(line -> line.contains("closed")), "closed too early");
                assertEquals(-1, bob.readByte());
            }
        }
    }

    @Test
    void anIdleAcceptedConnectionIsClosedAfterTwiceTheTime() {
        try (Peer alice = Peer.start(table, "alice", "--idle-timeout", "0.3");
                Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send("bob/hello\n");
            alice.awaitLine("* closed the connection from bob: idle for 0.6 s");
            assertEquals(-1, bob.readByte());
        }
    }
}
