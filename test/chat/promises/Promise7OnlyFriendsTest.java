package chat.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import support.Await;
import support.Peer;
import support.Soak;
import support.Stranger;
import support.Table;

/** Promise 7: only friends get in, and they do get in. */
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
            Soak.row(7, "strangers", strangers + " connections", 0, 0, "-");
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
            Soak.row(7, "a friend who ends and comes back, five places taken", visits + " visits", 0, 0, "-");
        }
    }
}
