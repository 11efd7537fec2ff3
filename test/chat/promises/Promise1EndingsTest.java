package chat.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import support.Peer;
import support.Stranger;
import support.Table;

/** Promise 1 at the ends of connections: a message is finished, or reported, whichever side ends first and how. */
@Order(1)
class Promise1EndingsTest {

    private static final String LONG = "0123456789abcdef".repeat(25_000);

    private final Table table = Table.of("alice", "bob");

    @Test
    void aHalfWrittenMessageIsFinishedWhenTheFriendEndsItsSide() throws Exception {
        try (ServerSocket server = Stranger.listen(table, "bob"); Peer alice = Peer.start(table, "alice")) {
            alice.type("bob/" + LONG);
            try (Stranger bob = Stranger.accept(server)) {
                assertEquals('a', bob.readByte());
                bob.end();
                pause(300);
                assertEquals("lice/" + LONG + "\n", bob.readLine());
                alice.type("bob/next");
                try (Stranger again = Stranger.accept(server)) {
                    assertEquals("alice/next\n", again.readLine());
                }
            }
        }
    }

    @Test
    void anIdleCloseWaitsForAHalfWrittenMessage() throws Exception {
        try (ServerSocket server = Stranger.listen(table, "bob");
                Peer alice = Peer.start(table, "alice", "--idle-timeout", "0.2")) {
            alice.type("bob/" + LONG);
            try (Stranger bob = Stranger.accept(server)) {
                pause(1200);
                assertEquals("alice/" + LONG + "\n", bob.readLine());
                assertEquals(-1, bob.readByte());
            }
        }
    }

    @Test
    void aMessageIsNotContinuedOnAnotherConnection() throws Exception {
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = listenOnce(alice)) {
            try (Stranger second = Stranger.connect(table, "alice", "127.0.0.1", table.port("bob"))) {
                second.send("hello\n");
                alice.awaitLine("bob: hello");
                assertEquals("alice/" + LONG + "\n", bob.readLine());
            }
        }
    }

    /** Bob listens for one connection only, in which a long message begins; his port is free again then. */
    private Stranger listenOnce(Peer alice) throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob")) {
            alice.type("bob/" + LONG);
            return Stranger.accept(server);
        }
    }

    @Test
    void leavingReportsAHalfWrittenMessage() throws Exception {
        try (ServerSocket server = Stranger.listen(table, "bob"); Peer alice = Peer.start(table, "alice")) {
            alice.type("bob/" + LONG);
            try (Stranger bob = Stranger.accept(server)) {
                alice.awaitLineWith("connected to bob");
                alice.type("/quit");
                alice.awaitExit();
                assertEquals(1, alice.lines().stream()
                        .filter(line -> line.startsWith("* in doubt: 1 message to bob: 0123456789")).count());
                assertTrue(bob.readByte() >= 0);
            }
        }
    }

    @Test
    void leavingShowsWhatCameWithoutAnEnd() throws Exception {
        try (Peer alice = Peer.start(table, "alice");
                Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send("bob/first\n");
            alice.awaitLine("bob: first");
            bob.send("bob/without end");
            alice.quit();
            assertEquals(List.of("bob: first", "bob: without end"), alice.messages());
        }
    }

    @Test
    void aFriendWhoStoodStillThroughAnIdleCloseAndDiedIsReported() {
        try (Peer alice = Peer.start(table, "alice", "--idle-timeout", "2"); Peer bob = Peer.start(table, "bob")) {
            alice.type("bob/seen");
            bob.awaitLine("alice: seen");
            bob.signal("STOP");
            alice.type("bob/unseen");
            alice.awaitLine("* closed the connection to bob: idle for 2 s");
            bob.process().destroyForcibly();
            alice.awaitLine(line -> line.startsWith("* in doubt: ") && line.contains("seen"), "report");
        }
    }

    /** The kernel had handed everything over, but nobody knows whether the friend showed it before it ended. */
    @Test
    void aFriendWhoEndsRightAfterAMessageLeavesItInDoubt() throws Exception {
        try (ServerSocket server = Stranger.listen(table, "bob"); Peer alice = Peer.start(table, "alice")) {
            alice.type("bob/read, but shown?");
            try (Stranger bob = Stranger.accept(server)) {
                assertEquals("alice/read, but shown?\n", bob.readLine());
            }
            alice.awaitLine("* bob closed the connection; the next message needs a new one");
            alice.awaitLine("* in doubt: 1 message to bob: read, but shown?");
        }
    }

    @Test
    void aFriendWhoNeverAnswersTheIdleCloseIsReported() {
        try (Peer alice = Peer.start(table, "alice", "--idle-timeout", "2"); Peer bob = Peer.start(table, "bob")) {
            alice.type("bob/seen");
            bob.awaitLine("alice: seen");
            bob.signal("STOP");
            alice.type("bob/unseen");
            alice.awaitLine(line -> line.startsWith("* in doubt: ") && line.contains("seen"), "report");
        }
    }

    /** Who says something has read what came long before: then a crash puts none of it in doubt. */
    @Test
    void whatCameLongBeforeTheLastAnswerIsNotInDoubt() throws Exception {
        try (ServerSocket server = Stranger.listen(table, "bob"); Peer alice = Peer.start(table, "alice");
                Stranger fromBob = Stranger.connect(table, "alice", "bob")) {
            alice.type("bob/hello 0");
            try (Stranger bob = Stranger.accept(server)) {
                for (int i = 0; i < 40; i++) {
                    assertEquals("alice/hello " + i + "\n", bob.readLine());
                    fromBob.send("bob/answer " + i + "\n");
                    alice.awaitLine("bob: answer " + i);
                    alice.type("bob/hello " + (i + 1));
                }
                assertEquals("alice/hello 40\n", bob.readLine());
                pause(4000); // longer than a program needs that serves its connections, and than any of these writes
                fromBob.send("bob/the last answer\n");
                alice.awaitLine("bob: the last answer");
                bob.reset();
                alice.awaitLine("* the connection to bob broke");
                assertEquals(0, alice.quit());
                assertTrue(alice.lines().stream().noneMatch(line -> line.contains("in doubt")),
                        alice.lines()::toString);
            }
        }
    }

    /** The line of bob's was sent before the break, but read long after it was sent. */
    @Test
    void whatAliceReadLateDoesNotShowThatBobHasReadSince() throws Exception {
        try (ServerSocket server = Stranger.listen(table, "bob"); Peer alice = Peer.start(table, "alice");
                Stranger fromBob = Stranger.connect(table, "alice", "bob")) {
            alice.type("bob/first");
            try (Stranger bob = Stranger.accept(server)) {
                assertEquals("alice/first\n", bob.readLine());
                pause(100);
                alice.type("bob/unread");
                bob.awaitByte();
                alice.signal("STOP");
                fromBob.send("bob/sent at once\n");
                pause(3000); // longer than a program needs that serves its connections
                alice.signal("CONT");
                alice.awaitLine("bob: sent at once");
                bob.reset();
                alice.awaitLine(line -> line.startsWith("* in doubt: "), "report");
                assertTrue(alice.lines().stream().anyMatch(line -> line.startsWith("* in doubt: ")
                        && (line.endsWith(": unread") || line.endsWith(": first"))), alice.lines()::toString);
            }
        }
    }

    @Test
    void aFriendWhoEndsWhileAliceIsStoppedHasAnsweredInTime() throws Exception {
        try (ServerSocket server = Stranger.listen(table, "bob");
                Peer alice = Peer.start(table, "alice", "--idle-timeout", "2")) {
            alice.type("bob/seen");
            try (Stranger bob = Stranger.accept(server)) {
                assertEquals("alice/seen\nthe end", bob.readLine() + (bob.readByte() < 0 ? "the end" : "more"));
                alice.signal("STOP");
                pause(3500); // longer than a friend may take to end a connection
                bob.end();
                alice.signal("CONT");
                alice.type("/users");
                alice.awaitLine("* bob " + table.place("bob") + " no connection");
                pause(100); // the end is seen by a wait, of 50 ms at most
                assertEquals(0, alice.quit());
                assertTrue(alice.lines().stream().noneMatch(line -> line.contains("in doubt")),
                        alice.lines()::toString);
            }
        }
    }

    @Test
    void everyLineThatWasTypedBeforeASignalIsNamed() throws Exception {
        try (ServerSocket server = Stranger.listen(table, "bob"); Peer alice = Peer.start(table, "alice")) {
            alice.type("bob/0 " + LONG);
            try (Stranger bob = Stranger.accept(server)) {
                assertEquals('a', bob.readByte());
                pause(100); // alice is in a write that blocks now
                // So many that some are left in the pipe: the keyboard waits while a mebibyte is unsent.
                int lines = 360;
                for (int i = 1; i < lines; i++) {
                    alice.type("bob/" + i + " " + "x".repeat(3000));
                }
                alice.signal("TERM");
                assertEquals(143, alice.awaitExit());
                Pattern naming = Pattern.compile("(?:not sent|messages? to bob|the first of them): ([0-9]+) ");
                List<Integer> named = alice.lines().stream().map(naming::matcher).filter(Matcher::find)
                        .map(line -> Integer.valueOf(line.group(1))).sorted().toList();
                assertEquals(IntStream.range(0, lines).boxed().toList(), named);
            }
        }
    }

    private static void pause(int millis) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(millis)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
