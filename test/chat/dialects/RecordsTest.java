package chat.dialects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import support.Await;
import support.Peer;
import support.Stranger;
import support.Table;

/** Programs that send their whole buffer, and programs that look like them: no message is hidden, little else shown. */
class RecordsTest {

    private static final String OLD = "meet me at nine, says carol\0and bring the keys\0\nand so on, and on, and ";

    /** Bytes that come together, and the messages on alice's console after them. */
    record Step(String bytes, List<String> shown) {}

    /**
     * What a program of bob's sends.
     *
     * @param isNamed whether all friends share an address, so that only names tell who it is
     * @param steps   with a silence after each one that shows something
     */
    record Sender(String title, boolean isNamed, List<Step> steps) {

        @Override
        public String toString() {
            return title;
        }
    }

    static List<Sender> senders() {
        return List.of(
                named("a text and a NUL, and an older text",
                        step("bob/hi\0meet me at nine, says carol\0", "bob: hi")),
                named("messages with a NUL in one segment",
                        step("bob/one\0bob/two\0bob/three\0", "bob: one", "bob: two", "bob: three"),
                        step("bob/four\0", "bob: four")),
                named("messages of two friends in one segment",
                        step("bob/one\0carol/two\0", "bob: one", "carol: two")),
                named("NULs, byte by byte", Stream.concat("bob/hi\0bob/there".chars()
                        .mapToObj(c -> step(Character.toString(c))), Stream.of(step("\0", "bob: hi", "bob: there")))
                        .toArray(Step[]::new)),
                named("records", step(record("bob/hi", 1024), "bob: hi"),
                        step(record("bob/there", 1024), "bob: there")),
                named("records with older messages in them, from the second one on",
                        step(record("bob/one\0bob/old", 80), "bob: one", "bob: old"),
                        step(record("bob/two\0bob/old", 80), "bob: two"),
                        step(record("bob/three\0bob/old", 80), "bob: three")),
                named("records in one segment",
                        step(record("bob/hi", 100) + record("bob/there", 100), "bob: hi", "bob: there")),
                named("a record in pieces", step(record("bob/hi", 100).substring(0, 40), "bob: hi"),
                        step(record("bob/hi", 100).substring(40) + record("bob/there", 100), "bob: there")),
                named("messages of two lines, and a NUL",
                        step("bob/one\0bob/two\nlines\0bob/three\0", "bob: one", "bob: two", "bob: lines",
                                "bob: three")),
                named("a long message after a NUL", step("bob/short\0bob/" + "y".repeat(70_000) + "end\0", "bob: short",
                        "bob: " + "y".repeat(65_532), "bob: " + "y".repeat(4468) + "end")),
                named("records with a line feed", step(record("bob/hi\n", 50), "bob: hi"),
                        step(record("bob/there\n", 50), "bob: there")),
                named("records that begin with a name and a colon", step(record("bob: hi", 32), "bob: hi"),
                        step(record("bob: yo", 32), "bob: yo")),
                named("records that name somebody else", step(record("bob/hi", 64), "bob: hi"),
                        step(record("carol/yo", 64), "carol: yo")),
                nameless("messages with a NUL in one segment",
                        step("one\0two\0three\0", "bob: one", "bob: two", "bob: three"), step("four\0", "bob: four")),
                nameless("messages with a line feed and a NUL", step("one\n\0two\n\0", "bob: one", "bob: two"),
                        step("three\n\0", "bob: three")),
                nameless("messages that are cut at odd places",
                        step("first one\0second one\0thi", "bob: first one", "bob: second one"),
                        step("rd one\0fourth one\0fif", "bob: third one", "bob: fourth one"),
                        step("th one\0", "bob: fifth one")),
                nameless("segments of 1024 bytes, full of messages", step("seven..\0".repeat(128), seven()),
                        step("seven..\0".repeat(128), seven())),
                nameless("padded records", step(padded("hello there, meet me", 100), "bob: hello there, meet me"),
                        step(padded("hi\0lo there, meet me", 100), "bob: hi"),
                        step(padded("you\0o there, meet me", 100), "bob: you")),
                nameless("records: from the second one on",
                        step(record("one", 60), "bob: one", "bob:  me at nine, says carol", "bob: and bring the keys"),
                        step(record("two", 60), "bob: two"),
                        step(record("three", 60) + record("four", 60), "bob: three", "bob: four")),
                nameless("padded messages, and then others", step(padded("hello", 32), "bob: hello"),
                        step(padded("there", 32), "bob: there"), step("hi\0", "bob: hi"), step("you\0", "bob: you"),
                        step("bye\0", "bob: bye")),
                nameless("fields of a fixed size", step(padded(padded("bob", 20) + "hi", 120), "bob: hi"),
                        step(padded(padded("bob", 20) + "you", 120), "bob: bob", "bob: you")));
    }

    private static String[] seven() {
        return Collections.nCopies(128, "bob: seven..").toArray(String[]::new);
    }

    private static Step step(String bytes, String... shown) {
        return new Step(bytes, List.of(shown));
    }

    private static Sender named(String title, Step... steps) {
        return new Sender(title + ", named", true, List.of(steps));
    }

    private static Sender nameless(String title, Step... steps) {
        return new Sender(title, false, List.of(steps));
    }

    /** A text, a NUL, and what is still in the buffer from before. */
    private static String record(String text, int size) {
        return text + "\0" + OLD.repeat(1 + size / OLD.length()).substring(text.length() + 1, size);
    }

    private static String padded(String text, int size) {
        return text + "\0".repeat(size - text.length());
    }

    @ParameterizedTest
    @MethodSource("senders")
    void everyMessageIsShownAndWhatIsLeftOverIsNot(Sender sender) {
        Table table = sender.isNamed() ? Table.of("alice", "bob", "carol") : Table.apart("alice", "bob", "carol");
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            List<String> expected = new ArrayList<>();
            for (Step step : sender.steps()) {
                bob.send(step.bytes());
                expected.addAll(step.shown());
                Await.until(() -> alice.messages().size() >= expected.size(), () -> "only " + alice.messages());
                if (!step.shown().isEmpty()) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(60)); // a silence that can be heard
                }
            }
            bob.end();
            bob.awaitEnd();
            assertEquals(0, alice.quit());
            assertEquals(expected, alice.messages());
        }
    }

    @Test
    void aConnectionForEachRecord() {
        Table table = Table.apart("alice", "bob");
        try (Peer alice = Peer.start(table, "alice")) {
            for (String text : List.of("one", "two", "three")) {
                try (Stranger bob = Stranger.connect(table, "alice", "bob")) {
                    bob.send(record(text, 50));
                    bob.end();
                    bob.awaitEnd();
                }
            }
            assertEquals(0, alice.quit());
            List<String> shown = alice.messages();
            assertEquals(List.of("bob: two", "bob: three"), shown.subList(shown.size() - 2, shown.size()));
            assertEquals("bob: one", shown.get(0));
        }
    }

    @Test
    void aFloodOfMessagesWithANulIsShownWhole() {
        Table table = Table.apart("alice", "bob");
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            StringBuilder flood = new StringBuilder();
            IntStream.range(0, 20_000).forEach(i -> flood.append("number ").append(i).append('\0'));
            byte[] bytes = flood.toString().getBytes(StandardCharsets.UTF_8);
            for (int at = 0; at < bytes.length; at += 4096) { // as a buffered stream writes it
                bob.send(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 4096)));
            }
            alice.awaitLine("bob: number 19999");
            assertEquals(IntStream.range(0, 20_000).mapToObj(i -> "bob: number " + i).toList(), alice.messages());
        }
    }

    /** As over a slow line: segments of one size, which end anywhere, with a silence after each. */
    @ParameterizedTest
    @CsvSource({"'', 1460", "bob/, 1460", "'', 4096"})
    void aSlowStreamOfMessagesWithANulIsNotTakenForRecords(String introduction, int size) {
        Table table = Table.apart("alice", "bob");
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            StringBuilder stream = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int i = 0; stream.length() < 8 * size; i++) {
                stream.append(introduction).append("message number ").append(i).append('\0');
                expected.add("bob: message number " + i);
            }
            for (int at = 0; at < stream.length(); at += size) {
                int end = Math.min(stream.length(), at + size);
                bob.send(stream.substring(at, end));
                long whole = stream.substring(0, end).chars().filter(c -> c == 0).count();
                Await.until(() -> alice.messages().size() >= whole, () -> alice.messages().size() + " of " + whole);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(60));
            }
            assertEquals(expected, alice.messages());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob=16", "16"})
    void aTextMayFillItsBlock(String block) {
        Table table = Table.apart("alice", "bob");
        try (Peer alice = Peer.start(table, "alice", "--block", block);
                Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send("x".repeat(16) + "fifteen chars..\0two\0een chars..\0three\0n chars..\0");
            alice.awaitLine("bob: three");
            assertEquals(List.of("bob: " + "x".repeat(16), "bob: fifteen chars..", "bob: two", "bob: three"),
                    alice.messages());
        }
    }

    @Test
    void withTheSizeOfTheBlocksNothingIsGuessed() {
        Table table = Table.apart("alice", "bob");
        try (Peer alice = Peer.start(table, "alice", "--block", "bob=40");
                Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send(record("one", 40) + record("two", 40) + "x".repeat(40) + record("bob", 40));
            alice.awaitLine("bob: bob");
            assertEquals(List.of("bob: one", "bob: two", "bob: " + "x".repeat(40), "bob: bob"), alice.messages());
        }
    }

    @Test
    void theUserIsToldOnceThatSomethingIsNotShown() {
        Table table = Table.of("alice", "bob", "carol");
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            for (String text : List.of("one", "two", "three")) {
                bob.send(record("bob/" + text, 100));
                alice.awaitLine("bob: " + text);
            }
            assertEquals(1, alice.lines().stream().filter(("* the program of bob sends old bytes after a "
                    + "message: they are not shown (if text is missing, start with --block BYTES)")::equals).count());
        }
    }
}
