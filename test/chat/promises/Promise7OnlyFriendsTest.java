package chat.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import support.Await;
import support.Libc;
import support.Peer;
import support.Soak;
import support.Stranger;
import support.Table;
import support.TraceFormat;

/** Promise 7: only friends get in, if there is room. */
class Promise7OnlyFriendsTest {

    @Test
    void strangersAreRefusedBeforeAByteIsRead() {
        Table table = Table.apart("alice", "bob");
        int strangers = Soak.size(50, 2000);
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            for (int i = 0; i < strangers; i++) {
                try (Stranger stranger = Stranger.connect(table, "alice", "127.0.0.9", 0)) {
                    stranger.sendIfOpen("bob/I am bob\n");
                    stranger.awaitEnd();
                }
            }
            bob.send("bob/the true one\n");
            alice.awaitLine("bob: the true one");
            assertEquals(List.of("bob: the true one"), alice.messages());
            long notices = alice.lines().stream().filter(line -> line.startsWith("* refused ")).count();
            assertTrue(notices >= 1 && notices < strangers, notices + " notices for " + strangers + " strangers");
            Soak.row(7, "strangers", strangers + " connections", "-");
        }
    }

    /**
     * Five places are taken, all friends share one address, and one of them keeps talking, so that ends are seldom
     * looked for: whoever leaves and comes back still finds a place.
     */
    @Test
    void aFriendWhoEndedAndCameBackIsNeverRefused() throws InterruptedException {
        Table table = Table.of("alice", "bob", "carol", "dave", "erin", "frank");
        int visits = Soak.size(20, 500);
        AtomicInteger here = new AtomicInteger();
        AtomicInteger visited = new AtomicInteger();
        Queue<String> refusals = new ConcurrentLinkedQueue<>();
        try (Peer alice = Peer.watch(table, "alice", line -> {
            if (line.endsWith(": here")) {
                here.incrementAndGet();
            } else if (line.startsWith("frank: visit ")) {
                visited.incrementAndGet();
            } else if (line.startsWith("* refused")) {
                refusals.add(line);
            }
        })) {
            List<Stranger> others = new ArrayList<>();
            for (String name : List.of("bob", "carol", "dave", "erin")) {
                Stranger friend = Stranger.connect(table, "alice", name);
                friend.send(name + "/here\n");
                others.add(friend);
            }
            Await.until(() -> here.get() == others.size(), () -> here + " are here");
            AtomicBoolean over = new AtomicBoolean();
            Thread talker = Heartbeat.daemon("talker", () -> {
                while (!over.get()) {
                    others.get(0).send("bob/and so on\n");
                }
            });
            for (int i = 1; i <= visits; i++) {
                try (Stranger frank = Stranger.connect(table, "alice", "frank")) {
                    frank.send("frank/visit " + i + "\n");
                    int expected = i;
                    Await.until(() -> visited.get() == expected || !refusals.isEmpty(), () -> visited + " visits");
                }
                assertEquals(List.of(), List.copyOf(refusals));
            }
            over.set(true);
            talker.join();
            assertEquals(0, alice.quit());
            others.forEach(Stranger::close);
            Soak.row(7, "a friend who ends and comes back, five places taken", visits + " visits", "-");
        }
    }

    /** On one host nobody can tell friends by their addresses, but each connection has named its friend. */
    @Test
    void aFriendWhoOpensAConnectionForEachMessageAndClosesNoneIsAlwaysHeard() {
        Table table = Table.of("alice", "bob", "carol", "dave");
        List<Stranger> connections = new ArrayList<>();
        try (Peer alice = Peer.start(table, "alice")) {
            Stranger carol = Stranger.connect(table, "alice", "carol");
            connections.add(carol);
            carol.send("carol/first\n");
            alice.awaitLine("carol: first");
            long before = descriptors(alice);
            for (int i = 0; i < 30; i++) {
                Stranger bob = Stranger.connect(table, "alice", "bob");
                connections.add(bob);
                bob.send("bob/message " + i + "\n");
                alice.awaitLine("bob: message " + i);
            }
            carol.send("carol/still here\n");
            alice.awaitLine("carol: still here");
            assertTrue(descriptors(alice) <= before + 10,
                    () -> "connections are left: " + before + " descriptors before");
            assertTrue(alice.lines().stream().noneMatch(line -> line.startsWith("* refused")), alice.lines()::toString);
        } finally {
            connections.forEach(connection -> {
                try {
                    connection.close();
                } catch (java.io.UncheckedIOException e) {
                    return; // alice has closed it
                }
            });
        }
    }

    @Test
    void aKindOfNoticesHidesNoOtherKindAndTellsHowManyItLeftOut() {
        Table table = Table.apart("alice", "bob");
        try (Peer alice = Peer.start(table, "alice")) {
            List<Stranger> five = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                five.add(Stranger.connect(table, "alice", "bob"));
                five.get(i).send("bob/" + i + "\n");
                alice.awaitLine("bob: " + i);
            }
            for (int i = 0; i < 5; i++) {
                try (Stranger stranger = Stranger.connect(table, "alice", "127.0.0.9", 0)) {
                    stranger.awaitEnd();
                }
            }
            try (Stranger sixth = Stranger.connect(table, "alice", "bob")) {
                sixth.send("bob/5\n");
                alice.awaitLine("bob: 5");
                alice.awaitLine("* closed the connection from bob: it gives way to a new one");
                alice.awaitLineWith("* refused a connection from 127.0.0.9:");
                alice.awaitLine(line -> line.matches("\\* refused \\d more connections? from outside the table"),
                        "number of the other strangers");
                five.forEach(Stranger::close);
            }
        }
    }

    /** A wait of a later step would hear one connection, and keep all the others waiting. */
    @Test
    void aSixthConnectionMakesNoLaterStepOfTheTurnWait(@TempDir Path folder) {
        Table table = Table.of("alice", "bob", "carol", "dave", "erin", "frank");
        Path file = folder.resolve("trace.json");
        try (Peer alice = Peer.start(table, "alice", "--trace-file", file.toString())) {
            List<Stranger> five = new ArrayList<>();
            for (String name : List.of("bob", "carol", "dave", "erin", "frank")) {
                Stranger friend = Stranger.connect(table, "alice", name);
                five.add(friend);
                friend.send(name + "/here\n");
                alice.awaitLine(name + ": here");
            }
            try (Stranger sixth = Stranger.connect(table, "alice", "bob")) {
                sixth.awaitEnd();
            }
            assertEquals(0, alice.quit());
            five.forEach(Stranger::close);
        }
        TraceFormat trace = TraceFormat.read(file).check();
        List<JsonObject> turns = trace.events("X", "accept").toList();
        assertTrue(!turns.isEmpty());
        for (JsonObject accept : turns) {
            assertEquals(0, trace.events("X", "wait").filter(wait -> TraceFormat.time(wait) >= TraceFormat.time(accept)
                    && TraceFormat.end(wait) <= TraceFormat.end(accept)).count(), accept::toString);
        }
    }

    /** A system without a descriptor left accepts nothing, and says so at once: the loop must not spin on it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutDescriptorsTheLoopServesWhatItHasAndAcceptsAgainWhenItCan(boolean hasConnection) {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "only Linux has /proc/PID/fd and prlimit()");
        Table table = Table.apart("alice", "bob", "carol");
        try (Peer alice = Peer.start(table, "alice")) {
            Optional<Stranger> bob = hasConnection ? Optional.of(Stranger.connect(table, "alice", "bob"))
                    : Optional.empty();
            bob.ifPresent(friend -> friend.send("bob/before\n"));
            bob.ifPresent(friend -> alice.awaitLine("bob: before"));
            int pid = (int) alice.process().pid();
            long[] old = new long[2];
            Libc.CALL.prlimit(pid, Libc.RLIMIT_NOFILE, null, old);
            Libc.CALL.prlimit(pid, Libc.RLIMIT_NOFILE, new long[] {firstFree(pid), old[1]}, null);
            try (Stranger carol = Stranger.connect(table, "alice", "carol")) {
                carol.send("carol/let me in\n");
                alice.awaitLineWith("* cannot accept connections: ");
                Duration before = cpu(alice);
                long start = System.nanoTime();
                for (int i = 0; i < 20; i++) {
                    String text = "number " + i;
                    bob.ifPresent(friend -> friend.send("bob/" + text + "\n"));
                    bob.ifPresent(friend -> alice.awaitLine("bob: " + text));
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
                long busy = cpu(alice).minus(before).toNanos();
                long elapsed = System.nanoTime() - start;
                assertTrue(busy < elapsed / 2, "busy for " + busy + " of " + elapsed + " ns");
                assertEquals(1, alice.lines().stream().filter(line -> line.contains("cannot accept")).count());
                Libc.CALL.prlimit(pid, Libc.RLIMIT_NOFILE, old, null);
                alice.awaitLine("carol: let me in");
            }
            bob.ifPresent(Stranger::close);
        }
    }

    /** How many the process has; 0 where the system does not tell. */
    private static int descriptors(Peer peer) {
        String[] all = new File("/proc/" + peer.process().pid() + "/fd").list();
        return all == null ? 0 : all.length;
    }

    /** The descriptor that the process would get next. */
    private static long firstFree(int pid) {
        return IntStream.iterate(0, i -> i + 1).filter(i -> !Files.exists(Path.of("/proc/" + pid + "/fd/" + i),
                LinkOption.NOFOLLOW_LINKS)).findFirst().orElseThrow();
    }

    private static Duration cpu(Peer peer) {
        return peer.process().info().totalCpuDuration().orElseThrow();
    }
}
