package chat.dialects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import support.Await;
import support.Jdk;
import support.Networks;
import support.Peer;
import support.Stranger;
import support.Table;

/** The options with which this program speaks otherwise than usual. */
class SpeakingTest {

    @TempDir
    private Path folder;

    private final Table table = Table.of("alice", "bob");

    static List<Arguments> formats() {
        return List.of(
                Arguments.of("%s/%m\\n", "alice/a%s b\n"),
                Arguments.of("%m\\0", "a%s b\0"),
                Arguments.of("%m", "a%s b"),
                Arguments.of("%s/%m", "alice/a%s b"),
                Arguments.of("%s %m\\n", "alice a%s b\n"),
                Arguments.of("%r/%m\\n", "bob/a%s b\n"),
                Arguments.of("100%%\\t%m\\\\\\r\\n", "100%\ta%s b\\\r\n"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void theFormatSaysWhatGoesOut(String format, String bytes) throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob");
                Peer alice = Peer.start(table, "alice", "--wire", format)) {
            alice.type("bob/a%s b");
            alice.type("/quit");
            try (Stranger bob = Stranger.accept(server)) {
                assertEquals(bytes, bob.readToEnd());
            }
        }
    }

    @Test
    void aFormatThatCannotBeUsedIsNamed() {
        try (Peer alice = Peer.startWith("--wire", "%s/", "--users", table.file().toString(),
                Integer.toString(table.port("alice")))) {
            assertEquals(2, alice.awaitExit());
            alice.awaitErrorWith("peerchat: --wire: \"%s/\" sends no text: write %m once, where it belongs");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s/%m", "%r/%m"})
    void messagesWithoutAnEndAreToldApartBySilence(String format) {
        Table apart = Table.apart("alice", "bob");
        try (Peer alice = Peer.start(apart, "alice", "--wire", format); Peer bob = Peer.start(apart, "bob")) {
            IntStream.range(0, 5).forEach(i -> alice.type("bob/number " + i));
            bob.awaitLine("alice: number 4");
            assertEquals(IntStream.range(0, 5).mapToObj(i -> "alice: number " + i).toList(), bob.messages());
        }
    }

    @Test
    void eachMessageHasAConnectionOfItsOwn() throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob");
                Peer alice = Peer.start(table, "alice", "--one-shot")) {
            alice.typeRaw("bob/one\nbob/two\nbob/three\n".getBytes());
            for (String text : List.of("one", "two", "three")) {
                try (Stranger bob = Stranger.accept(server)) {
                    assertEquals("alice/" + text + "\n", bob.readToEnd());
                    bob.send("bob/" + text + " has come\n");
                }
            }
            alice.awaitLine("bob: three has come");
            assertEquals(List.of("bob: one has come", "bob: two has come", "bob: three has come"), alice.messages());
            assertTrue(alice.lines().stream().noneMatch(line -> line.contains("connected to")
                    || line.contains("in doubt")),
                    () -> "" + alice.lines());
        }
    }

    @Test
    void aProgramThatNeverEndsItsConnectionsGetsTheNextMessageAllTheSame() throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob");
                Peer alice = Peer.start(table, "alice", "--one-shot")) {
            alice.typeRaw("bob/one\nbob/two\n".getBytes());
            try (Stranger one = Stranger.accept(server); Stranger two = Stranger.accept(server)) {
                assertEquals("alice/one\n", one.readToEnd());
                assertEquals("alice/two\n", two.readToEnd());
            }
        }
    }

    /** Types a message, and takes it over the connection that is made for it. */
    private static Stranger oneShot(Peer alice, ServerSocket server, String text) {
        alice.type("bob/" + text);
        Stranger bob = Stranger.accept(server);
        assertEquals("alice/" + text + "\n", bob.readToEnd());
        return bob;
    }

    @Test
    void aProgramThatNeverEndsItsConnectionsIsToldOnce() throws IOException {
        List<Stranger> connections = new ArrayList<>();
        try (ServerSocket server = Stranger.listen(table, "bob");
                Peer alice = Peer.start(table, "alice", "--one-shot")) {
            for (String text : List.of("one", "two", "three")) {
                connections.add(oneShot(alice, server, text));
            }
            alice.awaitLine("* in doubt: 1 message to bob: one");
            alice.awaitLine("* bob's program left its side open: such doubts are told only once");
            assertEquals(0, alice.quit());
            assertEquals(1, alice.lines().stream().filter(line -> line.startsWith("* in doubt")).count(),
                    alice.lines()::toString);
        } finally {
            connections.forEach(Stranger::close);
        }
    }

    @Test
    void aFriendWhoEndedConnectionsAndThenHangsIsReportedEachTime() throws IOException {
        List<Stranger> connections = new ArrayList<>();
        try (ServerSocket server = Stranger.listen(table, "bob");
                Peer alice = Peer.start(table, "alice", "--one-shot")) {
            for (String text : List.of("one", "two", "three")) {
                connections.add(oneShot(alice, server, text));
                if (text.equals("one")) {
                    connections.get(0).end();
                } else {
                    alice.awaitLine("* in doubt: 1 message to bob: " + text);
                }
            }
        } finally {
            connections.forEach(Stranger::close);
        }
    }

    @Test
    void eachConnectionIsGreeted() throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob");
                Peer alice = Peer.start(table, "alice", "--one-shot", "--hello", "I am %s\\r\\n")) {
            alice.typeRaw("bob/one\nbob/two\n".getBytes());
            for (String text : List.of("one", "two")) {
                try (Stranger bob = Stranger.accept(server)) {
                    assertEquals("I am alice\r\nalice/" + text + "\n", bob.readToEnd());
                }
            }
        }
    }

    /** Nothing but a pause tells the end of such a greeting. */
    @Test
    void aGreetingWithoutAnEndStandsAlone() {
        Table three = Table.of("alice", "bob", "carol");
        try (Peer bob = Peer.start(three, "bob");
                Peer alice = Peer.start(three, "alice", "--hello", "bob=%s", "--wire", "bob=%m\\n")) {
            alice.type("bob/hello");
            alice.type("bob/and more");
            bob.awaitLine("alice: and more");
            assertEquals(List.of("alice: hello", "alice: and more"), bob.messages());
        }
    }

    /** The system of a machine that is gone acknowledges nothing: that is told of every message. */
    @Test
    void whatIsNotEvenAcknowledgedIsInDoubtEachTime() throws IOException {
        List<Stranger> connections = new ArrayList<>();
        String text = "x".repeat(6000);
        try (ServerSocket server = new ServerSocket(); Peer alice = Peer.start(table, "alice", "--one-shot")) {
            server.setReceiveBufferSize(1024); // the rest of the message, and the end, wait in alice's system
            server.bind(new InetSocketAddress(table.host("bob"), table.port("bob")));
            alice.typeRaw(("bob/1" + text + "\nbob/2" + text + "\n").getBytes());
            for (int i = 1; i <= 2; i++) {
                connections.add(Stranger.accept(server));
            }
            alice.awaitLine("* in doubt: 1 message to bob: 1" + text);
            alice.awaitLine("* in doubt: 1 message to bob: 2" + text);
        } finally {
            connections.forEach(Stranger::close);
        }
    }

    @Test
    void aMessageThatWasNotReadIsInDoubt() throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob");
                Peer alice = Peer.start(table, "alice", "--one-shot")) {
            alice.type("bob/one");
            try (Stranger bob = Stranger.accept(server)) {
                bob.awaitByte();
                bob.reset();
            }
            alice.awaitLine("* in doubt: 1 message to bob: one");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--one-shot", "--plain"})
    void whoIsRefusedHearsOfEveryMessage(String option) throws IOException {
        Table apart = Table.apart("alice", "bob", "carol");
        Path withoutAlice = Files.writeString(folder.resolve("users.txt"), "bob " + apart.place("bob").replace(':', ' ')
                + "\ncarol " + apart.place("carol").replace(':', ' ') + "\n");
        try (Peer bob = Peer.start(Peer.program(withoutAlice, Integer.toString(apart.port("bob"))));
                Peer alice = Peer.start(apart, "alice", option)) {
            bob.awaitLineWith("listening on");
            for (String text : List.of("one", "two", "three", "four")) {
                alice.type("bob/" + text);
                alice.awaitLine(line -> line.startsWith("* ") && line.endsWith(": " + text), "word about " + text);
            }
            assertEquals(List.of(), bob.messages());
        }
    }

    @Test
    void theFriendsOwnConnectionIsNotMadeAOneShot() throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob");
                Peer alice = Peer.start(table, "alice", "--one-shot");
                Stranger bob = Stranger.connectFromOwnPort(table, "alice", "bob")) {
            bob.send("bob/before\n");
            alice.awaitLine("bob: before");
            alice.type("bob/one");
            try (Stranger once = Stranger.accept(server)) {
                assertEquals("alice/one\n", once.readToEnd());
            }
            bob.send("bob/after\n");
            alice.awaitLine("bob: after");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--wire=%m", "--wire=%s/%m\\n", "--one-shot"})
    void whoEndsEveryConnectionIsNotAskedForEver(String option) throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket server = Stranger.listen(table, "bob");
                Peer alice = Peer.start(table, "alice", option)) {
            Thread bob = new Thread(() -> {
                try {
                    while (true) {
                        server.accept().close();
                        connections.incrementAndGet();
                    }
                } catch (IOException e) {
                    return; // the test is over
                }
            });
            bob.start();
            alice.typeRaw("bob/one\nbob/two\nbob/three\nbob/four\n/users\n".getBytes()); // a few connections each
            alice.awaitLineWith("* alice " + table.place("alice"));
            // With --one-shot, a friend who ends right after the write is taken at its word: four connections are four
            // messages.
            Await.until(() -> option.equals("--one-shot") && connections.get() >= 4
            || alice.lines().stream().anyMatch(line ->
                    line.matches("\\* (in doubt: .*|bob .* not sent:) four|\\* in doubt: .* last .*")),
                    () -> "no word about the last message in " + alice.lines());
            assertEquals(0, alice.quit());
            assertTrue(connections.get() <= 20, () -> connections + " connections: " + alice.lines());
        }
    }

    @Test
    void aFormatThatTheLocaleCannotReadIsNamed() throws IOException {
        // Without the launcher, which sees to the locale.
        Path jar = Files.copy(Peer.jar(), folder.resolve("peerchat.jar"));
        try (Peer alice = Peer.start(new ProcessBuilder("env", "LC_ALL=C",
                Jdk.java(), "-jar", jar.toString(),
                "--wire", "\u00e9%m", "--users", table.file().toString(), Integer.toString(table.port("alice"))))) {
            assertEquals(2, alice.awaitExit());
            alice.awaitErrorWith("--wire: this system's locale cannot read");
        }
    }

    @Test
    void clientSocketsLeaveFromMyOwnPortAndAnswersComeBackOverThem() {
        try (Peer alice = Peer.start(table, "alice", "--source-port");
                Peer bob = Peer.start(table, "bob", "--source-port")) {
            for (int i = 0; i < 3; i++) {
                alice.type("bob/ping " + i);
                bob.awaitLine("alice: ping " + i);
                bob.type("alice/pong " + i);
                alice.awaitLine("bob: pong " + i);
            }
            bob.type("/users");
            bob.awaitLine(line -> line.startsWith("* alice " + table.place("alice") + " accepted (idle")
                    && !line.contains("client socket"), "line with the one connection");
            assertTrue(bob.lines().stream().noneMatch(line -> line.contains("connected to")), () -> "" + bob.lines());
        }
    }

    @Test
    void whoSpeaksFirstIsNoMatterAndBothAtOnceNeither() {
        try (Peer alice = Peer.start(table, "alice", "--source-port");
                Peer bob = Peer.start(table, "bob", "--source-port")) {
            alice.type("bob/hello");
            bob.type("alice/hello");
            alice.awaitLine("bob: hello");
            bob.awaitLine("alice: hello");
        }
    }

    @Test
    void aPortThatIsTakenIsNotSharedWithAnotherChat() {
        try (Peer alice = Peer.start(table, "alice", "--source-port");
                Peer again = Peer.startWith("--source-port", "--users", table.file().toString(),
                        Integer.toString(table.port("alice")))) {
            assertEquals(1, again.awaitExit());
            again.awaitErrorWith("cannot listen on port " + table.port("alice"));
            assertEquals(0, alice.quit());
        }
    }

    @Test
    void afterAnIdleCloseTheNextMessageConnectsAgain() {
        try (Peer alice = Peer.start(table, "alice", "--source-port", "--idle-timeout", "0.3");
                Peer bob = Peer.start(table, "bob")) {
            for (int i = 0; i < 3; i++) {
                int round = i;
                alice.type("bob/message " + i);
                bob.awaitLine("alice: message " + i);
                alice.awaitCount(line -> line.startsWith("* closed the connection to bob"), round + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void betweenHostsTheLastConnectionLingersWhereTcpHasNoTimestamps(boolean hasTimestamps) throws IOException {
        Path users = Files.writeString(folder.resolve("users.txt"), "alice 10.77.0.1 5000\nbob 10.77.0.2 5000\n");
        try (Networks hosts = Networks.orSkip()) {
            hosts.addTwoHosts("alice", "bob");
            hosts.on("alice", "sh", "-c", "echo " + (hasTimestamps ? 1 : 0) + " > /proc/sys/net/ipv4/tcp_timestamps");
            try (Peer alice = hosts.start("alice", users, "--source-port", "--idle-timeout", "0.3", "5000");
                    Peer bob = hosts.start("bob", users, "5000")) {
                alice.type("bob/one");
                bob.awaitLine("alice: one");
                alice.awaitLineWith("closed the connection to bob: idle");
                Await.until(() -> isLingering(hosts), () -> "nothing lingers");
                alice.type("bob/two");
                if (hasTimestamps) {
                    bob.awaitLine("alice: two");
                } else {
                    alice.awaitLineWith("* bob: the last connection from port 5000 lingers in TIME_WAIT, for a "
                            + "minute at most: trying again for 2.");
                    alice.awaitLine("* bob cannot be reached (the last connection from port 5000 lingers in TIME_WAIT, "
                            + "for a minute at most): not sent: two");
                    alice.type("bob/three");
                    alice.awaitCount(line -> line.contains("trying again"), 2);
                    hosts.on("alice", "ss", "-K", "-t", "state", "time-wait");
                    assumeFalse(isLingering(hosts), "the minute cannot be cut short here: ss -K does not work");
                    bob.awaitLine("alice: three");
                }
            }
        }
    }

    private static boolean isLingering(Networks hosts) {
        return Networks.works(hosts.inside("alice", List.of("sh", "-c", "test -n \"$(ss -H -t -n state time-wait)\"")));
    }
}
