package chat.promises;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import support.Await;
import support.Peer;
import support.Soak;
import support.Stranger;
import support.Table;

/** Promise 5: memory and descriptors are bounded, whatever is sent; the program runs with a heap of 48 MiB. */
class Promise5BoundedMemoryTest {

    private static final List<String> FRIENDS = List.of("bob", "carol", "dave", "erin", "frank");
    private static final int LONGEST_SECONDS = 900;

    private final Table table = Table.apart("alice", "bob", "carol", "dave", "erin", "frank");

    @Test
    void oneEndlessLineOnEveryConnection() throws InterruptedException {
        int megabytes = Soak.size(20, 1000);
        Map<String, AtomicLong> shown = new ConcurrentHashMap<>();
        AtomicInteger greetings = new AtomicInteger();
        FRIENDS.forEach(name -> shown.put(name, new AtomicLong()));
        try (Peer alice = Peer.watch(table, "alice", line -> {
            int colon = line.indexOf(": ");
            if (line.endsWith(": still here")) {
                greetings.incrementAndGet();
            } else if (colon > 0 && shown.containsKey(line.substring(0, colon))) {
                shown.get(line.substring(0, colon)).addAndGet(line.length() - colon - 2);
            }
        })) {
            List<Thread> senders = new ArrayList<>();
            for (String name : FRIENDS) {
                Stranger friend = Stranger.connect(table, "alice", name);
                friend.send(name + "/");
                byte[] block = "x".repeat(1_000_000).getBytes();
                senders.add(Heartbeat.daemon("endless line of " + name, () -> {
                    for (int i = 0; i < megabytes; i++) {
                        friend.send(block);
                    }
                    friend.send("\n" + name + "/still here\n");
                }));
            }
            for (Thread sender : senders) {
                sender.join();
            }
            Await.until(() -> greetings.get() == FRIENDS.size(), LONGEST_SECONDS, () -> shown + " " + alice.errors());
            FRIENDS.forEach(name -> assertTrue(shown.get(name).get() == megabytes * 1_000_000L,
                    name + ": " + shown.get(name)));
            Soak.row(5, "one endless line on each of five connections", megabytes + " MB each", "-");
        }
    }

    @Test
    void shortLivedConnectionsLeaveNothingBehind() throws Exception {
        int connections = Soak.size(3000, 100_000);
        AtomicInteger shown = new AtomicInteger();
        try (Peer alice = Peer.watch(table, "alice", line -> {
            if (line.contains(": visit ")) {
                shown.incrementAndGet();
            }
        })) {
            Path descriptors = Path.of("/proc", Long.toString(alice.process().pid()), "fd");
            assumeTrue(Files.isDirectory(descriptors), "there is no /proc here to count descriptors in");
            visit("bob", -1); // what the program opens for its first visitor stays open
            Await.until(() -> shown.get() == 1, () -> "the first visit was not shown");
            long before = count(descriptors);
            List<Thread> visitors = new ArrayList<>();
            for (String name : FRIENDS) {
                visitors.add(Heartbeat.daemon("visits of " + name, () -> {
                    for (int i = 0; i < connections / FRIENDS.size(); i++) {
                        visit(name, i);
                    }
                }));
            }
            for (Thread visitor : visitors) {
                visitor.join();
            }
            Await.until(() -> shown.get() == connections + 1, () -> shown + " of " + connections + " were shown");
            Await.until(() -> count(descriptors) <= before, () -> "descriptors: " + before + ", then "
                    + count(descriptors));
            int missing = connections + 1 - shown.get();
            Soak.row(5, "short-lived connections", connections + " connections", Math.max(0, missing),
                    Math.max(0, -missing));
        }
    }

    private void visit(String name, int number) {
        try (Stranger visitor = Stranger.connect(table, "alice", name)) {
            visitor.send(name + "/visit " + number + "\n");
            visitor.end();
            visitor.awaitEnd();
        }
    }

    private static long count(Path descriptors) {
        try (Stream<Path> list = Files.list(descriptors)) {
            return list.count();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
