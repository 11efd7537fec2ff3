package chat.dialects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import support.Peer;
import support.Stranger;
import support.Table;

/** Programs that send their whole buffer, and programs that look like them: no message is hidden, little else shown. */
class RecordsTest {

    private static final String OLD = "meet me at nine, says carol\0and bring the keys\0\nand so on and on";

    /**
     * What a program of bob's sends.
     *
     * @param isNamed  whether all friends share an address, so that only names tell who it is
     * @param segments with a silence after each
     * @param shown    the messages on alice's console
     */
    record Sender(String title, boolean isNamed, List<String> segments, List<String> shown) {

        @Override
        public String toString() {
            return title;
        }
    }

    static List<Sender> senders() {
        return List.of(
                named("a text and a NUL, and an older text", List.of("bob/hi\0meet me at nine, says carol\0"),
                        "bob: hi"),
                named("messages with a NUL in one segment", List.of("bob/one\0bob/two\0bob/three\0", "bob/four\0"),
                        "bob: one", "bob: two", "bob: three", "bob: four"),
                named("messages of two friends in one segment", List.of("bob/one\0carol/two\0"), "bob: one",
                        "carol: two"),
                named("NULs, byte by byte", "bob/hi\0bob/there\0".chars().mapToObj(Character::toString).toList(),
                        "bob: hi", "bob: there"),
                named("records", List.of(record("bob/hi", 1024), record("bob/there", 1024)), "bob: hi", "bob: there"),
                named("records with older messages in them, from the second one on", List.of(
                        record("bob/one\0bob/old", 80), record("bob/two\0bob/old", 80),
                        record("bob/three\0bob/old", 80)), "bob: one", "bob: old", "bob: two", "bob: three"),
                named("records in one segment", List.of(record("bob/hi", 100) + record("bob/there", 100)), "bob: hi",
                        "bob: there"),
                named("a record in pieces", List.of(record("bob/hi", 100).substring(0, 40),
                        record("bob/hi", 100).substring(40) + record("bob/there", 100)), "bob: hi", "bob: there"),
                named("records with a line feed", List.of(record("bob/hi\n", 50), record("bob/there\n", 50)), "bob: hi",
                        "bob: there"),
                named("records that begin with a name and a colon", List.of(record("bob: hi", 32), record("bob: yo", 32)),
                        "bob: hi", "bob: yo"),
                named("records that name somebody else first", List.of(record("bob/hi", 64), record("carol/yo", 64)),
                        "bob: hi", "carol: yo"),
                nameless("messages with a NUL in one segment", List.of("one\0two\0three\0", "four\0"),
                        "bob: one", "bob: two", "bob: three", "bob: four"),
                nameless("messages with a line feed and a NUL", List.of("one\n\0two\n\0", "three\n\0"), "bob: one",
                        "bob: two", "bob: three"),
                nameless("messages that are cut at odd places", List.of("first one\0second one\0thi",
                        "rd one\0fourth one\0fif", "th one\0"), "bob: first one", "bob: second one", "bob: third one",
                        "bob: fourth one", "bob: fifth one"),
                nameless("a segment of 1024 bytes, full of messages",
                        List.of("seven..\0".repeat(128), "seven..\0".repeat(128)),
                        IntStream.range(0, 256).mapToObj(i -> "bob: seven..").toArray(String[]::new)),
                nameless("padded records", List.of(padded("hello there, meet me", 100), padded("hi\0lo there, meet me",
                        100), padded("you\0o there, meet me", 100)), "bob: hello there, meet me", "bob: hi", "bob: you"),
                nameless("records: from the second one on", List.of(record("one", 48), record("two", 48),
                        record("three", 48) + record("four", 48)), "bob: one", "bob: meet me at nine, says carol",
                        "bob: two", "bob: three", "bob: four"),
                nameless("fields of a fixed size", List.of(padded(padded("bob", 20) + "hi", 120),
                        padded(padded("bob", 20) + "you", 120)), "bob: hi", "bob: bob", "bob: you"));
    }

    private static Sender named(String title, List<String> segments, String... shown) {
        return new Sender(title + ", named", true, segments, List.of(shown));
    }

    private static Sender nameless(String title, List<String> segments, String... shown) {
        return new Sender(title, false, segments, List.of(shown));
    }

    /** A text, a NUL, and what was in the buffer. */
    private static String record(String text, int size) {
        return (text + "\0" + OLD.repeat(1 + size / OLD.length())).substring(0, size);
    }

    private static String padded(String text, int size) {
        return text + "\0".repeat(size - text.length());
    }

    @ParameterizedTest
    @MethodSource("senders")
    void everyMessageIsShownAndWhatIsLeftOverIsNot(Sender sender) {
        Table table = sender.isNamed() ? Table.of("alice", "bob", "carol") : Table.apart("alice", "bob", "carol");
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            for (String segment : sender.segments()) {
                bob.send(segment);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(segment.length() == 1 ? 1 : 120));
            }
            bob.end();
            bob.awaitEnd();
            assertEquals(0, alice.quit());
            assertEquals(sender.shown(), alice.messages());
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
            assertEquals(1, alice.lines().stream().filter(("* the program of bob sends the rest of its buffer after a "
                    + "message: that is not shown")::equals).count());
        }
    }
}
