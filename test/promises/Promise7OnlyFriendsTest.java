package promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    /** Five places are taken and all friends share one address: whoever leaves and comes back still finds a place. */
    @Test
    void aFriendWhoEndedAndCameBackIsNeverRefused() {
        Table table = Table.of("alice", "bob", "carol", "dave", "erin", "frank");
        int visits = Soak.size(60, 1000);
        try (Peer alice = Peer.start(table, "alice")) {
            List<Stranger> others = new ArrayList<>();
            for (String name : List.of("bob", "carol", "dave", "erin")) {
                Stranger friend = Stranger.connect(table, "alice", name);
                friend.send(name + "/here\n");
                alice.awaitLine(name + ": here");
                others.add(friend);
            }
            Stranger frank = Stranger.connect(table, "alice", "frank");
            for (int i = 0; i < visits; i++) {
                frank.send("frank/visit " + i + "\n");
                alice.awaitLine("frank: visit " + i);
                // While alice stands still, frank ends and comes again: she may see the new one first.
                alice.signal("STOP");
                frank.close();
                frank = Stranger.connect(table, "alice", "frank");
                alice.signal("CONT");
            }
            frank.close();
            assertEquals(List.of(), alice.lines().stream().filter(line -> line.startsWith("* refused")).toList());
            others.forEach(Stranger::close);
            Soak.row(7, "a friend who ends and comes back, five places taken", visits + " visits", 0, 0, "-");
        }
    }
}
