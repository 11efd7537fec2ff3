package chat.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import support.Await;
import support.DeafHost;
import support.EmulatedTerminal;
import support.Peer;
import support.Session;
import support.Stranger;
import support.Table;
import support.TestTerminal;

/** --trace: the loop told in words, a line for each thing that happened. */
class TraceTest {

    /** Seconds, the clause or nothing, what happened. */
    private static final Pattern LINE = Pattern.compile(" *[0-9]+\\.[0-9]{4}  ([DPU][0-9.]*)? +(\\S.*)");
    private static final Pattern SILENCE =
            Pattern.compile("[0-9,]+ empty turns?, (without a wait|waits up to [0-9]+ ms)");
    /** On a busy machine a connection may take more than one slice; the friend sees those that were given up, too. */
    private static final Pattern AGAIN = Pattern.compile("P3.2: (not connected to .* yet|connecting to .* "
            + "again, try ).*");
    private static final String HOST = "127.0.0.1:";
    private static final String READ_12 = "P2: read 12 bytes from ";

    @TempDir
    private Path folder;

    private final Table table = Table.of("alice", "bob", "carol");

    /** The lines without their times: the clause, a colon, what happened; those of the pace and of silence left out. */
    private static List<String> story(List<String> lines) {
        List<String> story = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            assertTrue(matcher.matches(), () -> "not a line of a trace: " + line);
            if (!matcher.group(2).startsWith("the pace is ") && !SILENCE.matcher(matcher.group(2)).matches()) {
                story.add((matcher.group(1) == null ? "" : matcher.group(1)) + ": " + matcher.group(2));
            }
        }
        return story;
    }

    @Test
    void aConversationIsTold() {
        try (Peer alice = Peer.start(table, "alice", "--trace", "--idle-timeout", "5");
                Peer bob = Peer.start(table, "bob", "--trace")) {
            alice.type("bob/hello");
            bob.awaitLine("alice: hello");
            alice.awaitErrorWith("wrote 12 bytes to bob");
            alice.type("bob/still there?");
            bob.awaitLine("alice: still there?");
            alice.awaitErrorWith("wrote 19 bytes to bob");
            alice.type("zed/who are you?");
            alice.awaitLineWith("unknown friend");
            alice.type("carol/hi");
            alice.awaitLineWith("carol is offline");
            alice.awaitErrorWith("closed the client socket to bob");
            assertEquals(0, alice.quit());
            assertEquals(0, bob.quit());
            assertEquals(List.of(
                    "P1: listening on " + table.place("alice") + ": friends connect here",
                    "P3.1: typed: bob/hello",
                    "P3.2: no client socket to bob: connecting to " + table.place("bob") + ", for 20 ms at most",
                    "P3.2: the client socket to bob is open",
                    "P3.3: a message to bob: hello",
                    "P3.3: wrote 12 bytes to bob",
                    "P3.1: typed: bob/still there?",
                    "P3.3: a message to bob over the connection that exists (P3.2): still there?",
                    "P3.3: wrote 19 bytes to bob",
                    "P3.1: typed: zed/who are you?",
                    "D3: not sent: unknown friend \"zed\"; your friends: bob, carol",
                    "P3.1: typed: carol/hi",
                    "P3.2: no client socket to carol: connecting to " + table.place("carol")
                    + ", for 20 ms at most",
                    "P3.2: carol is offline (connection refused): no client socket",
                    "P4: the client socket to bob was idle for 5 s",
                    ": closing the client socket to bob: sending ends, reading goes on until bob closes too",
                    "P2: bob has ended the connection: a read found the end of the stream",
                    ": closed the client socket to bob",
                    "P3.1: typed: /quit",
                    ": leaving: pending messages are sent, then all connections end"),
                    withoutLast(story(alice.errors()).stream().filter(line -> !AGAIN.matcher(line).matches())
                            .toList()));
            List<String> ofBob = story(bob.errors());
            String from = ofBob.stream().filter(line -> line.startsWith(READ_12)).findFirst().orElse("")
                    .replace(READ_12, "");
            ofBob.removeIf(line -> line.contains("connection") && line.contains(HOST) && !line.contains(from));
            assertEquals(List.of(
                    "P1: listening on " + table.place("bob") + ": friends connect here",
                    "P1: accepted a connection from " + from,
                    READ_12 + from,
                    "P2: a message from alice: hello",
                    "P2: read 19 bytes from alice",
                    "P2: a message from alice: still there?",
                    "P2: alice has ended the connection: a read found the end of the stream",
                    ": closed the connection from alice",
                    "P3.1: typed: /quit",
                    ": leaving: pending messages are sent, then all connections end"), withoutLast(ofBob));
        }
    }

    private static List<String> withoutLast(List<String> story) {
        String last = story.get(story.size() - 1);
        assertTrue(last.matches(
                ": left after [0-9,]+ turns \\([0-9,]+ of them empty\\) and [0-9,]+ waits; \\d messages? sent, \\d "
                + "received"),
                last);
        return story.subList(0, story.size() - 1);
    }

    @Test
    void silenceIsCountedWhenItEndsAndTheConsoleIsAsEver() {
        try (Peer alice = Peer.start(table, "alice", "--trace")) {
            alice.awaitErrorWith("the pace is pausing: a turn waits 1 to 8 ms for the last speaker, or for "
                    + "somebody to connect");
            alice.awaitErrorWith("the pace is silent: a turn waits 50 ms for the last speaker, or 100 ms if nobody "
                    + "is connected");
            int before = alice.errors().size();
            try (Stranger bob = Stranger.connect(table, "alice", "bob")) {
                bob.send("bob/good morning\n");
                alice.awaitLine("bob: good morning");
                alice.awaitErrorWith("a message from bob: good morning");
            }
            assertTrue(alice.errors().get(before)
                    .matches(" *[0-9.]+ +[0-9,]+ empty turns, waits up to [0-9]+ ms"),
                    () -> alice.errors().get(before));
            assertTrue(alice.errors().get(before + 1).contains("accepted a connection from "),
                    () -> "" + alice.errors());
            assertEquals(0, alice.quit());
            String last = alice.errors().get(alice.errors().size() - 1);
            assertEquals(numberBefore(last, " of them empty"), alice.errors().stream()
                    .filter(line -> line.contains(" empty turn")).mapToLong(line -> numberBefore(line, " empty turn"))
                    .sum());
            assertEquals(List.of("bob: good morning"), alice.messages());
            assertEquals(3, alice.lines().stream().filter(line -> line.startsWith("* ")).count());
            assertEquals(4, alice.lines().size());
        }
    }

    private static long numberBefore(String line, String part) {
        String before = line.substring(0, line.indexOf(part));
        return Long.parseLong(before.substring(before.lastIndexOf(' ') + 1).replaceAll("[,(]", ""));
    }

    @Test
    void everySliceOfAnAttemptIsTold() throws IOException {
        try (DeafHost carol = new DeafHost(table, "carol");
                Peer alice = Peer.start(table, "alice", "--trace", "--connect-timeout", "2000")) {
            carol.goDeaf();
            alice.type("carol/are you there?");
            alice.awaitLineWith("carol is offline");
            assertEquals(0, alice.quit());
            List<String> tries = story(alice.errors()).stream().filter(line -> line.contains("carol")
                    && line.startsWith("P3.2"))
                    .toList();
            assertEquals(List.of(
                    "P3.2: no client socket to carol: connecting to " + table.place("carol")
                    + ", for 20 ms at most",
                    "P3.2: not connected to carol yet: the others have their turn, then it is tried again",
                    "P3.2: connecting to carol again, try 2, for 60 ms at most"), tries.subList(0, 3));
            assertEquals("P3.2: carol is offline (no answer within 2000 ms): no client socket",
                    tries.get(tries.size() - 1));
        }
    }

    @Test
    void whoIsNotInTheTableIsToldToBeRefused() {
        try (Peer alice = Peer.start(table, "alice", "--trace");
                Stranger stranger = Stranger.connect(table, "alice", "127.0.0.9", 0)) {
            stranger.awaitEnd();
            alice.awaitErrorWith("P1    refused a connection from 127.0.0.9:" + stranger.socket().getLocalPort()
                    + ": no line of the table has this address");
        }
    }

    @Test
    void aFloodIsToldInPartAndCounted() {
        int messages = 2000;
        try (Peer alice = Peer.start(table, "alice", "--trace"); Stranger bob = Stranger.connect(table, "alice",
                "bob")) {
            bob.send("bob/x\n".repeat(messages));
            bob.send("bob/end\n");
            alice.awaitLine("bob: end");
            assertEquals(0, alice.quit());
            List<String> story = story(alice.errors());
            long told = story.stream().filter(line -> line.startsWith("P2: a message from bob: ")).count();
            long counted = story.stream().map(line -> line.replaceFirst("^: and ([0-9,]+) messages? more in this turn$",
                    "$1"))
                    .filter(line -> line.matches("[0-9,]+")).mapToLong(line -> Long.parseLong(line.replace(",", "")))
                    .sum();
            assertEquals(messages + 1, told + counted);
            assertTrue(counted > 0, "each was told");
            assertTrue(story.get(story.size() - 1).endsWith("; 0 messages sent, 2,001 received"), () -> "" + story);
        }
    }

    @Test
    void aGreetingIsNoMessage() throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob");
                Peer alice = Peer.start(table, "alice", "--trace", "--hello", "%s\\n")) {
            alice.type("bob/hi");
            try (Stranger bob = Stranger.accept(server)) {
                alice.awaitErrorWith("wrote the greeting to bob");
                alice.awaitErrorWith("wrote 9 bytes to bob");
                alice.type("/quit");
                assertEquals("alice\nalice/hi\n", bob.readToEnd());
            }
        }
    }

    @Test
    void nothingFromTheNetworkReachesATerminalUnescaped() {
        try (Peer alice = Peer.start(table, "alice", "--trace"); Stranger bob = Stranger.connect(table, "alice",
                "bob")) {
            bob.send("bob/\u001b[2Jgone\r\u202e\n");
            alice.awaitErrorWith("P2    a message from bob: \\x1b[2Jgone\\r\\u202e");
            assertTrue(alice.errors().stream().noneMatch(line -> line.contains("\u001b")), () -> "" + alice.errors());
        }
    }

    @Test
    void onATerminalTheTypedLineStaysWholeAndKeysAreNotTold() {
        try (TestTerminal alice = EmulatedTerminal.chat(100, table, "alice", "--trace");
                Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send("bob/hello\n");
            alice.awaitRow("bob: hello"::equals);
            alice.type("bob/I am ty");
            alice.awaitLastRow("alice> bob/I am ty", 18);
            for (int i = 0; i < 5; i++) {
                alice.press("Left");
                alice.awaitLastRow("alice> bob/I am ty", 17);
                alice.press("Right");
                alice.awaitLastRow("alice> bob/I am ty", 18);
            }
            bob.send("bob/second\n");
            alice.awaitRow("bob: second"::equals);
            alice.awaitLastRow("alice> bob/I am ty", 18);
            List<String> lines = alice.allLines();
            int told = indexOf(lines,
                    "D4    the message is shown, and a half-typed line is kept: bob/I am ty");
            assertEquals("bob: second", lines.get(told + 1));
            assertEquals(2, lines.stream().filter(line -> line.contains("P2    a message from bob: ")).count());
            long talks = lines.stream().filter(line -> line.contains("the pace is talking")).count();
            assertTrue(talks <= 4, () -> "keys are told: " + lines); // it starts, he connects, and speaks twice
        }
    }

    private static int indexOf(List<String> lines, String end) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith(end)) {
                return i;
            }
        }
        throw new AssertionError("no \"" + end + "\" in " + lines);
    }

    @Test
    void fromATerminalItCanBeSentElsewhere() throws IOException {
        Path elsewhere = folder.resolve("trace");
        String command = Session.quoted(Peer.program(table.file(), "--trace", Integer.toString(table.port("alice")))
                .command());
        try (TestTerminal alice = EmulatedTerminal.run(80, List.of("sh", "-c", "exec " + command + " 2>"
                + elsewhere))) {
            alice.awaitRow("alice>"::equals);
            alice.type("zed/hi");
            alice.press("Enter");
            alice.awaitRow(row -> row.startsWith("* not sent: unknown friend"));
            Await.until(() -> read(elsewhere).stream().anyMatch(line -> line.endsWith("P3.1  typed: zed/hi")),
                    () -> "not in the file: " + read(elsewhere));
            assertTrue(alice.allLines().stream().noneMatch(line -> LINE.matcher(line).matches()),
                    () -> "" + alice.allLines());
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
