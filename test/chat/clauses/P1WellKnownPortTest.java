package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import support.Peer;
import support.Ports;
import support.Stranger;
import support.Table;

/** P1: the server binds a well-known port, keeps listening, and supports five connections. */
class P1WellKnownPortTest {

    private static final List<String> FRIENDS = List.of("bob", "carol", "dave", "erin", "frank");

    @TempDir
    private Path folder;

    @Test
    void fiveConnectionsAreOpenAtOnceAndASixthIsRefused() {
        Table table = Table.of("alice", "bob", "carol", "dave", "erin", "frank");
        try (Peer alice = Peer.start(table, "alice")) {
            List<Stranger> five = connectAll(table, alice);
            try (Stranger sixth = Stranger.connect(table, "alice", "bob")) {
                sixth.awaitEnd();
                alice.awaitLine("* refused a connection from 127.0.0.1:" + sixth.socket().getLocalPort()
                        + ": 5 are open already");
            }
            for (int i = 0; i < five.size(); i++) {
                five.get(i).send(FRIENDS.get(i) + "/still open\n");
                alice.awaitLine(FRIENDS.get(i) + ": still open");
            }
            five.forEach(Stranger::close);
        }
    }

    @Test
    void aFriendWhoCameBackGetsInAtOnceAndTheStaleConnectionGivesWay() {
        Table table = Table.apart("alice", "bob", "carol", "dave", "erin", "frank");
        try (Peer alice = Peer.start(table, "alice")) {
            List<Stranger> five = connectAll(table, alice);
            try (Stranger dave = Stranger.connect(table, "alice", "dave")) {
                dave.send("dave/back again\n");
                alice.awaitLine("dave: back again");
                alice.awaitLine("* closed the connection from dave: it gives way to a new one");
                five.get(FRIENDS.indexOf("dave")).awaitEnd();
            }
            five.forEach(Stranger::close);
        }
    }

    private static List<Stranger> connectAll(Table table, Peer alice) {
        List<Stranger> five = new ArrayList<>();
        for (String name : FRIENDS) {
            Stranger friend = Stranger.connect(table, "alice", name);
            friend.send(name + "/here\n");
            alice.awaitLine(name + ": here");
            five.add(friend);
        }
        return five;
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

    /** The welcome always has the address: a name does not say where friends can connect. */
    @ParameterizedTest
    @CsvSource({"localhost, 127.0.0.1, 127.0.0.1:PORT", "alicehost, 127.0.1.1, 'every address, port PORT'",
        "127.0.1.1, 127.0.1.1, 127.0.1.1:PORT"})
    void theWelcomeSaysOnWhichAddressItListens(String host, String address, String place) throws IOException {
        int port = Ports.free();
        Path users = Files.writeString(folder.resolve("users.txt"), "alice " + host + " " + port + "\n");
        Path names = Files.writeString(folder.resolve("hosts"), address + " " + host + "\n");
        ProcessBuilder program = Peer.program(users, Integer.toString(port));
        program.environment().put("PEERCHAT_JVM_OPTIONS", "-Djdk.net.hosts.file=" + names);
        try (Peer alice = Peer.start(program)) {
            alice.awaitLine("* you are alice, listening on " + place.replace("PORT", Integer.toString(port)));
        }
    }
}
