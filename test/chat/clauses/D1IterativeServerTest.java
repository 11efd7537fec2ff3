package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import support.Peer;
import support.Stranger;
import support.Table;

/** D1: the entire application runs in a single process; the server is iterative, not concurrent. */
class D1IterativeServerTest {

    private static final String[] FRIENDS = {"bob", "carol", "dave", "erin", "frank"};

    @Test
    void fiveConnectionsAreServedWithoutAnotherProcessOrThread() throws IOException {
        Table table = Table.apart("alice", "bob", "carol", "dave", "erin", "frank");
        ProcessBuilder program = Peer.program(table.file(), Integer.toString(table.port("alice")));
        // A JVM adds compiler threads of its own when it has much to compile, unless it has all of them from the start.
        program.environment().merge("PEERCHAT_JVM_OPTIONS", "-XX:-UseDynamicNumberOfCompilerThreads",
                (given, option) -> given + " " + option);
        try (Peer alice = Peer.start(program)) {
            alice.awaitLineWith("listening on ");
            Path threads = Path.of("/proc", Long.toString(alice.process().pid()), "task");
            assumeTrue(Files.isDirectory(threads), "there is no /proc here to count threads in");
            List<Stranger> friends = new ArrayList<>();
            connectAndTalk(table, alice, friends, FRIENDS[0]);
            List<String> before = names(threads);
            for (int i = 1; i < FRIENDS.length; i++) {
                connectAndTalk(table, alice, friends, FRIENDS[i]);
            }
            assertEquals(before, names(threads), "threads with one and with five connections");
            assertEquals(0, alice.process().children().count(), "child processes");
            friends.forEach(Stranger::close);
        }
    }

    @Test
    void everyConnectionIsServedInTurn() {
        Table table = Table.apart("alice", "bob", "carol", "dave", "erin", "frank");
        try (Peer alice = Peer.start(table, "alice")) {
            List<Stranger> friends = new ArrayList<>();
            for (String name : FRIENDS) {
                friends.add(Stranger.connect(table, "alice", name));
            }
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < FRIENDS.length; i++) {
                    friends.get(i).send(FRIENDS[i] + "/round " + round + "\n");
                }
            }
            for (String name : FRIENDS) {
                alice.awaitLine(name + ": round 19");
                assertEquals(Stream.iterate(0, i -> i + 1).limit(20).map(i -> name + ": round " + i).toList(),
                        alice.messages().stream().filter(line -> line.startsWith(name)).toList());
            }
            friends.forEach(Stranger::close);
        }
    }

    private static void connectAndTalk(Table table, Peer alice, List<Stranger> friends, String name) {
        Stranger friend = Stranger.connect(table, "alice", name);
        friends.add(friend);
        friend.send(name + "/hello\n");
        alice.awaitLine(name + ": hello");
    }

    /** Of all threads, in order. */
    private static List<String> names(Path threads) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                names.add(Files.readString(thread.resolve("comm"), StandardCharsets.ISO_8859_1).strip());
            }
        }
        Collections.sort(names);
        return names;
    }
}
