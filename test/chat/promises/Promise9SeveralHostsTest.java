package chat.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import support.Await;
import support.Networks;
import support.Peer;
import support.Soak;
import support.Started;

/** Promise 9: on several hosts, with the same port everywhere, over cables that are pulled and lines that are bad. */
@Order(1)
class Promise9SeveralHostsTest {

    private static final List<String> NAMES = List.of("alice", "bob", "carol", "dave", "erin");
    private static final String PORT = "5000";

    @TempDir
    private Path folder;

    @Test
    void fiveHostsOnOneBridgeAndACableThatIsPulled() throws IOException {
        Path users = table(NAMES);
        Map<String, Peer> peers = new LinkedHashMap<>();
        try (Networks hosts = Networks.orSkip()) {
            hosts.addHost("hub");
            hosts.on("hub", "ip", "link", "add", "bridge", "type", "bridge");
            hosts.on("hub", "ip", "link", "set", "bridge", "up");
            for (int i = 0; i < NAMES.size(); i++) {
                connectToHub(hosts, NAMES.get(i), i + 1);
                peers.put(NAMES.get(i), hosts.start(NAMES.get(i), users, PORT));
            }
            for (String from : NAMES) {
                peers.get(from).type("*/hello from " + from);
            }
            for (String to : NAMES) {
                for (String from : NAMES) {
                    if (!from.equals(to)) {
                        peers.get(to).awaitLine(from + ": hello from " + from);
                    }
                }
            }
            Soak.row(9, "five hosts, all to all", "20 pairs", "-");
            int typed = typeWhileTheCableIsPulled(hosts, peers.get("alice"));
            assertEquals(0, peers.get("alice").quit());
            assertEquals(0, peers.get("bob").quit());
            Ledger ledger = new Ledger(typed, peers.get("alice").lines(), peers.get("bob").lines());
            Soak.row(9, "cable pulled for 10 s", typed + " messages, " + ledger.inDoubt() + " in doubt",
                    ledger.lost().cardinality(), ledger.duplicated());
            ledger.assertBalanced("cable pulled");
            assertTrue(ledger.shown() > typed / 4, "only " + ledger.shown() + " of " + typed + " were shown");
        } finally {
            peers.values().forEach(Peer::close);
        }
    }

    private static int typeWhileTheCableIsPulled(Networks hosts, Peer alice) {
        int number = 0;
        number = type(alice, number, 2);
        hosts.on("hub", "ip", "link", "set", "bob", "down");
        number = type(alice, number, 10);
        hosts.on("hub", "ip", "link", "set", "bob", "up");
        return type(alice, number, 8);
    }

    /** Something that is tried between alice's host and bob's. */
    private interface Trial {

        void run(Networks hosts) throws IOException;
    }

    /** Joins two hosts by a line that takes 200 ms each way. */
    private void overABadLine(int lossPercent, Trial trial) throws IOException {
        Path program = folder.resolve("bad_line");
        assumeTrue(Networks.works("gcc", "-o", program.toString(), "test/support/bad_line.c"),
                "there is no gcc here to make a bad line");
        try (Networks hosts = Networks.orSkip()) {
            hosts.addHost("alice");
            hosts.addHost("bob");
            String one = hosts.device("a");
            String two = hosts.device("b");
            try (Started line = new Started(new ProcessBuilder(program.toString(), one, two, "200",
                    Integer.toString(lossPercent), "9"))) {
                assumeTrue(isReady(line), "no TAP device can be made here");
                address(hosts, "alice", one, 1);
                address(hosts, "bob", two, 2);
                trial.run(hosts);
            }
        }
    }

    @Test
    void aLineThatLosesAndDelays() throws IOException {
        Path users = table(List.of("alice", "bob"));
        overABadLine(5, hosts -> {
            try (Peer alice = hosts.start("alice", users, PORT); Peer bob = hosts.start("bob", users, PORT)) {
                int typed = type(alice, 0, Soak.size(8, 60));
                alice.awaitLine(message -> message.contains("connected to bob") || message.contains("not sent"),
                        "sign of a connection");
                bob.awaitLine("alice: " + (typed - 1));
                alice.quit();
                bob.quit();
                Ledger ledger = new Ledger(typed, alice.lines(), bob.lines());
                Soak.row(9, "5 % loss, 200 ms delay each way", typed + " messages, " + ledger.inDoubt() + " in doubt",
                        ledger.lost().cardinality(), ledger.duplicated());
                ledger.assertBalanced("bad line");
            }
        });
    }

    @Test
    void aFriendFarAwayIsReachedWhileTheHostsOfOthersAnswerNothing() throws IOException {
        Path users = folder.resolve("users.txt");
        Files.writeString(users, "alice 10.77.0.1 5000\ncarol 10.77.0.3 5000\ndave 10.77.0.4 5000\n"
                + "erin 10.77.0.5 5000\nbob 10.77.0.2 5000\n");
        overABadLine(0, hosts -> {
            for (int silent = 3; silent <= 5; silent++) {
                hosts.on("alice", "ip", "neigh", "add", "10.77.0." + silent, "lladdr", "02:00:00:00:00:0" + silent,
                        "dev", hosts.device("a"));
            }
            try (Peer alice = hosts.start("alice", users, PORT); Peer bob = hosts.start("bob", users, PORT)) {
                alice.typeRaw("carol/hello\ndave/hello\nerin/hello\nbob/hello\n".getBytes());
                bob.awaitLine("alice: hello");
                for (String silent : List.of("carol", "dave", "erin")) {
                    alice.awaitLine("* " + silent + " is offline (no answer within 3000 ms): not sent: hello");
                }
            }
        });
    }

    /** As on Debian and Ubuntu: the hosts file gives the machine's own name the address 127.0.1.1. */
    @Test
    void aTableOfHostNamesWhereEachMachineKnowsItsOwnAsALoopbackAddress() throws IOException {
        Path users = folder.resolve("users.txt");
        Files.writeString(users, "alice alicehost 5000\nbob bobhost 5000\n");
        try (Networks hosts = Networks.orSkip()) {
            hosts.addTwoHosts("alice", "bob");
            try (Peer alice = startWithNames(hosts, "alice", users, "127.0.1.1 alicehost\n10.77.0.2 bobhost\n");
                    Peer bob = startWithNames(hosts, "bob", users, "10.77.0.1 alicehost\n127.0.1.1 bobhost\n")) {
                alice.type("bob/hello bob");
                bob.awaitLine("alice: hello bob");
                bob.type("alice/hello alice");
                alice.awaitLine("bob: hello alice");
            }
        }
    }

    private Peer startWithNames(Networks hosts, String name, Path users, String hostsFile) throws IOException {
        Path names = Files.writeString(folder.resolve(name + ".hosts"), hostsFile);
        ProcessBuilder program = new ProcessBuilder(hosts.inside(name,
                Peer.command("--users", users.toString(), PORT)));
        program.environment().put("PEERCHAT_JVM_OPTIONS", "-Djdk.net.hosts.file=" + names);
        Peer peer = Peer.start(program);
        peer.awaitLine("* you are " + name + ", listening on every address, port " + PORT);
        return peer;
    }

    @Test
    void aSlowLineIsNotCutOff() throws IOException {
        Path users = table(List.of("alice", "bob"));
        try (Networks hosts = Networks.orSkip()) {
            hosts.addTwoHosts("alice", "bob");
            assumeTrue(Networks.works(hosts.inside("alice", List.of("tc", "qdisc", "add", "dev", "eth0", "root", "tbf",
                    "rate", "160kbit", "burst", "3000", "latency", "1000ms"))),
                    "no slow line can be made here: tc or its tbf is missing");
            try (Peer alice = hosts.start("alice", users, PORT); Peer bob = hosts.start("bob", users, PORT)) {
                int kilobytes = Soak.size(100, 600);
                for (int i = 0; i < kilobytes; i++) {
                    alice.type("bob/" + i + " " + "x".repeat(1000));
                }
                // Twenty times the time that it takes: this only ends a test that hangs.
                bob.awaitLine(message -> message.startsWith("alice: " + (kilobytes - 1) + " "), kilobytes,
                        "last message");
                alice.quit();
                Ledger ledger = new Ledger(kilobytes, alice.lines(), bob.lines());
                Soak.row(9, "a line of 20 KB/s", kilobytes + " KB", ledger.lost().cardinality(), ledger.duplicated());
                assertEquals(kilobytes, ledger.shown(), () -> "" + alice.lines());
            }
        }
    }

    private static boolean isReady(Started line) {
        Await.until(() -> !line.lines().isEmpty() || !line.process().isAlive(), () -> "the bad line is silent");
        return line.process().isAlive();
    }

    private static void connectToHub(Networks hosts, String name, int number) {
        hosts.addHost(name);
        hosts.on("hub", "ip", "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", hosts.name(name));
        hosts.on("hub", "ip", "link", "set", name, "master", "bridge", "up");
        hosts.on(name, "ip", "addr", "add", "10.77.0." + number + "/24", "dev", "eth0");
        hosts.on(name, "ip", "link", "set", "eth0", "up");
    }

    /** Moves a device to a host and gives it the address of that number. */
    private static void address(Networks hosts, String host, String device, int number) {
        hosts.run("ip", "link", "set", device, "netns", hosts.name(host));
        hosts.on(host, "ip", "addr", "add", "10.77.0." + number + "/24", "dev", device);
        hosts.on(host, "ip", "link", "set", device, "up");
    }

    private Path table(List<String> names) throws IOException {
        Path users = folder.resolve("users.txt");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            text.append(names.get(i)).append(" 10.77.0.").append(i + 1).append(' ').append(PORT).append('\n');
        }
        Files.writeString(users, text);
        return users;
    }

    /** Types numbered messages, twenty a second; returns the next number. */
    private static int type(Peer alice, int first, int seconds) {
        int number = first;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - end < 0) {
            alice.type("bob/" + number++);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return number;
    }
}
