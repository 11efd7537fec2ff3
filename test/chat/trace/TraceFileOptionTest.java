package chat.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import support.Peer;
import support.Stranger;
import support.Table;
import support.TraceFormat;

/** --trace-file: the loop for a viewer of traces. */
class TraceFileOptionTest {

    @TempDir
    private Path folder;

    private final Table table = Table.of("alice", "bob", "carol");

    private Path file(String name) {
        return folder.resolve(name + ".json");
    }

    private Peer traced(String name, String... options) {
        return Peer.start(table, name, Stream.concat(Stream.of("--trace-file", file(name).toString()),
                Stream.of(options)).toArray(String[]::new));
    }

    @Test
    void aConversationObeysTheFormatAndMessagesAreArrows() {
        try (Peer alice = traced("alice", "--idle-timeout", "1"); Peer bob = traced("bob")) {
            alice.type("bob/one");
            bob.awaitLine("alice: one");
            alice.type("bob/two");
            bob.awaitLine("alice: two");
            bob.type("alice/three");
            alice.awaitLine("bob: three");
            alice.awaitLine("* closed the connection to bob: idle for 1 s");
            alice.type("bob/four");
            bob.awaitLine("alice: four");
            assertEquals(0, alice.quit());
            assertEquals(0, bob.quit());
        }
        TraceFormat ofAlice = TraceFormat.read(file("alice")).check();
        TraceFormat ofBob = TraceFormat.read(file("bob")).check();
        for (TraceFormat trace : List.of(ofAlice, ofBob)) {
            for (String step : List.of("turn", "accept", "read", "keyboard", "send", "close", "show", "wait")) {
                assertTrue(trace.events("X", step).findAny().isPresent(), step);
            }
            assertTrue(trace.events("B", "pausing").findAny().isPresent(), "the gears of the pace");
        }
        long opened = ofAlice.events("b", "client socket").count();
        assertTrue(opened >= 2, "it was not opened again"); // more often on a machine that sleeps for a second
        assertEquals(opened, ofAlice.events("e", "client socket").count());
        assertEquals(1, ofAlice.events("b", "accepted connection").count());
        assertEquals(1, ofAlice.events("e", "accepted connection").count());
        assertEquals(0, ofAlice.events("i", "pace").count(), "the gears have a track of their own");
        assertArrows(3, ofAlice, ofBob);
        assertArrows(1, ofBob, ofAlice);
    }

    private static void assertArrows(int count, TraceFormat from, TraceFormat to) {
        List<JsonObject> starts = from.events("s", "message").toList();
        assertEquals(count, starts.size());
        for (JsonObject start : starts) {
            List<JsonObject> ends = to.events("f", "message").filter(end -> end.get("id").equals(start.get("id")))
                    .toList();
            assertEquals(1, ends.size(), () -> "arrow " + start);
            assertTrue(TraceFormat.time(start) < TraceFormat.time(ends.get(0)), () -> "against time: " + start);
        }
    }

    @Test
    void everyTurnIsThereOrCounted() throws IOException {
        try (ServerSocket bob = Stranger.listen(table, "bob"); Peer alice = traced("alice", "--idle-timeout", "3.5")) {
            alice.type("bob/one");
            try (Stranger first = Stranger.accept(bob)) {
                first.awaitEnd();
            }
            alice.awaitLine("* closed the connection to bob: idle for 3.5 s");
            assertEquals(0, alice.quit());
        }
        TraceFormat trace = TraceFormat.read(file("alice")).check();
        long written = trace.events("X", "turn").count();
        long counted = trace.events("X", "empty turns").mapToLong(slice ->
                slice.getAsJsonObject("args").get("turns").getAsLong()).sum();
        JsonObject left = trace.events("i", "left").findFirst().orElseThrow().getAsJsonObject("args");
        assertEquals(left.get("turns").getAsLong(), written + counted);
        Set<Long> numbers = trace.events("X", "turn").map(turn -> turn.getAsJsonObject("args").get("number")
                .getAsLong())
                .collect(Collectors.toSet());
        assertEquals(written, numbers.size());
        assertEquals(1, left.get("sent").getAsLong());
    }

    @Test
    void aKilledChatLeavesATraceThatOnlyLacksItsEnd() {
        try (Peer alice = traced("alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send("bob/last words\n");
            alice.awaitLine("bob: last words");
            bob.send("bob/and these\n");
            alice.awaitLine("bob: and these");
            alice.process().destroyForcibly();
            alice.awaitExit();
        }
        TraceFormat trace = TraceFormat.readUnfinished(file("alice"));
        assertTrue(trace.says("received").contains("a message from bob: last words"));
        assertEquals(0, trace.events("i", "left").count());
    }

    @Test
    void hostileBytesDoNotBreakIt() {
        byte[] hostile = {'b', 'o', 'b', '/', '"', '\\', 0x1b, '[', '2', 'J', (byte) 0xc3, '"', 0x7f, (byte) 0xed,
            (byte) 0xa0, (byte) 0x80, '\t', '}', ']', '\n'};
        try (Peer alice = traced("alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send(hostile);
            bob.send("bob/\ud83d\ude00".repeat(30) + "\nbob/end\n");
            alice.awaitLine("bob: end");
            assertEquals(0, alice.quit());
        }
        TraceFormat trace = TraceFormat.read(file("alice")).check();
        assertTrue(trace.says("received").get(0)
                .matches("a message from bob: \"\\\\\u001b\\[2J\ufffd\"\u007f\ufffd+\t}]"),
                () -> "" + trace.says("received"));
    }

    @Test
    void anotherFileIsNotOverwrittenAndATraceIs() throws IOException {
        Files.writeString(file("alice"), "dear diary");
        assertRefused("--trace-file: " + file("alice")
                + " exists and is not a trace: name another file, or delete this one");
        assertEquals("dear diary", Files.readString(file("alice")));
        Files.delete(file("alice"));
        for (int i = 0; i < 2; i++) {
            try (Peer alice = traced("alice")) {
                assertEquals(0, alice.quit());
            }
            assertEquals(1, TraceFormat.read(file("alice")).check().events("i", "listening").count());
        }
    }

    @Test
    void twoChatsDoNotShareAFile() {
        try (Peer bob = Peer.start(table, "bob", "--trace-file", file("alice").toString())) {
            assertRefused("--trace-file: another chat is writing to " + file("alice") + ": name a file for each");
            assertEquals(0, bob.quit());
        }
        TraceFormat.read(file("alice")).check();
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        Path nowhere = folder.resolve("no-such-folder").resolve("t.json");
        try (Peer alice = Peer.startWith("--users", table.file().toString(), "--trace-file", nowhere.toString(),
                Integer.toString(table.port("alice")))) {
            assertEquals(2, alice.awaitExit());
            alice.awaitErrorWith("--trace-file: cannot write " + nowhere
                    + " (NoSuchFileException): name a file in a folder"
                    + " that exists and is yours");
        }
    }

    @Test
    void aFullDiskEndsTheTraceAndNotTheChat() {
        assumeTrue(Files.isWritable(Path.of("/dev/full")), "needs /dev/full");
        try (Peer alice = Peer.start(table, "alice", "--trace-file", "/dev/full");
                Stranger bob = Stranger.connect(table, "alice", "bob")) {
            alice.awaitLineWith("* the trace file cannot be written (");
            bob.send("bob/still there?\n");
            alice.awaitLine("bob: still there?");
            assertEquals(0, alice.quit());
            assertEquals(1, alice.lines().stream().filter(line -> line.contains("trace file")).count());
        }
    }

    private void assertRefused(String error) {
        try (Peer alice = Peer.startWith("--users", table.file().toString(), "--trace-file", file("alice").toString(),
                Integer.toString(table.port("alice")))) {
            assertEquals(2, alice.awaitExit());
            alice.awaitErrorWith("peerchat: " + error);
        }
    }
}
