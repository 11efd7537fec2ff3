package clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import support.Peer;
import support.Ports;
import support.Stranger;
import support.Table;

/** P1: the server binds a well-known port, keeps listening, and supports five connections. */
class P1WellKnownPortTest {

    @Test
    void fiveConnectionsAreOpenAtOnceAndASixthIsRefused() {
        Table table = Table.apart("alice", "bob", "carol", "dave", "erin", "frank");
        try (Peer alice = Peer.start(table, "alice")) {
            List<Stranger> five = new ArrayList<>();
            for (String name : List.of("bob", "carol", "dave", "erin", "frank")) {
                Stranger friend = Stranger.connect(table, "alice", name);
                friend.send(name + "/here\n");
                alice.awaitLine(name + ": here");
                five.add(friend);
            }
            try (Stranger sixth = Stranger.connect(table, "alice", "bob")) {
                sixth.awaitEnd();
                alice.awaitLine("* refused a connection from 127.0.0.2:" + sixth.socket().getLocalPort()
                        + ": 5 are open already");
            }
            for (Stranger friend : five) {
                friend.send("still open\n");
            }
            alice.awaitCount(line -> line.endsWith(": still open"), 5);
            five.forEach(Stranger::close);
        }
    }

    @Test
    void aPlaceThatGotFreeIsGivenAgain() {
        Table table = Table.apart("alice", "bob");
        try (Peer alice = Peer.start(table, "alice")) {
            for (int i = 0; i < 12; i++) {
                try (Stranger bob = Stranger.connect(table, "alice", "bob")) {
                    bob.send("bob/visit " + i + "\n");
                    alice.awaitLine("bob: visit " + i);
                    bob.end();
                    bob.awaitEnd();
                }
            }
        }
    }

    @Test
    void aStrangerIsRefusedAtOnce() {
        Table table = Table.apart("alice", "bob");
        try (Peer alice = Peer.start(table, "alice");
                Stranger stranger = Stranger.connect(table, "alice", "127.0.0.9", 0)) {
            stranger.awaitEnd();
            alice.awaitLine("* refused a connection from 127.0.0.9:" + stranger.socket().getLocalPort()
                    + ": no line of the table has this address");
            assertEquals(List.of(), alice.messages());
        }
    }

    @Test
    void aTableOfLoopbackAddressesIsNotReachableFromElsewhere() {
        Table table = Table.apart("alice", "bob");
        try (Peer bob = Peer.start(table, "bob")) {
            bob.awaitLine("* you are bob, listening on 127.0.0.2:" + table.port("bob"));
            try (java.net.ServerSocket sameport = new java.net.ServerSocket()) {
                // The same port on another address is still free, so the server did not take every address.
                sameport.setReuseAddress(false);
                sameport.bind(new java.net.InetSocketAddress(Ports.loopback(3), table.port("bob")));
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
