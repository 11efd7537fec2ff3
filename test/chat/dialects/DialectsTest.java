package chat.dialects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import support.Await;
import support.Peer;
import support.Stranger;
import support.Table;

/** This program and a classmate's, whatever it makes of the assignment: ten messages each way, whole and in order. */
@Order(1)
class DialectsTest {

    private static final List<String> TEXTS = List.of("hello", "with spaces in it", "with/a/slash",
            "gr\u00fc\u00dfe \u4e2d\u6587",
            "bob", "6", "7 7", "x".repeat(500), "?!", "the last one");

    static List<Habits> dialects() {
        return Habits.ALL;
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void bothUnderstandEachOther(Habits dialect) throws IOException {
        Table table = tableFor(dialect);
        try (Classmate bob = new Classmate(dialect, table, "bob");
                Peer alice = Peer.start(table, "alice", dialect.options().toArray(String[]::new))) {
            if (dialect.connecting() != Habits.Connecting.REPLIES) {
                tenFromBob(dialect, bob, alice);
            }
            alice.typeRaw(TEXTS.stream().map(text -> "bob/" + text + "\n").collect(Collectors.joining())
                    .getBytes("UTF-8"));
            List<String> expected = TEXTS.stream().map(text -> "alice: " + text).toList();
            Await.until(() -> bob.heard().size() >= TEXTS.size(), () -> "bob has only heard " + bob.heard());
            assertEquals(expected, bob.heard());
            if (dialect.connecting() == Habits.Connecting.REPLIES) {
                tenFromBob(dialect, bob, alice);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void listeningNeedsNoOption(Habits dialect) throws IOException {
        Table table = tableFor(dialect);
        try (Classmate bob = new Classmate(dialect, table, "bob"); Peer alice = Peer.start(table, "alice",
                dialect.needsOptionsToListen() ? dialect.options().toArray(String[]::new) : new String[0])) {
            if (dialect.connecting() == Habits.Connecting.REPLIES) {
                alice.type("bob/are you there?");
            }
            tenFromBob(dialect, bob, alice);
        }
    }

    private static Table tableFor(Habits dialect) {
        return dialect.hasAddress() ? Table.apart("alice", "bob", "carol") : Table.of("alice", "bob", "carol");
    }

    private static void tenFromBob(Habits dialect, Classmate bob, Peer alice) throws IOException {
        List<String> expected = new ArrayList<>();
        for (String text : TEXTS) {
            bob.say("alice", text);
            expected.add("bob: " + text);
            if (dialect.takesTurns()) {
                alice.awaitLine("bob: " + text);
            }
        }
        alice.awaitLine("bob: " + TEXTS.get(TEXTS.size() - 1));
        assertEquals(expected, alice.messages());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void aHundredConnectionsOneAfterTheOtherAreHeardInOrder(String end) {
        Table table = Table.of("alice", "bob", "carol");
        try (Peer alice = Peer.start(table, "alice")) {
            for (int i = 0; i < 100; i++) {
                try (Stranger bob = Stranger.connect(table, "alice", "bob")) {
                    bob.send("bob/" + i + end);
                }
            }
            alice.awaitCount(line -> line.startsWith("bob: "), 100);
            assertEquals(IntStream.range(0, 100).mapToObj(i -> "bob: " + i).toList(), alice.messages());
        }
    }

    @Test
    void aLongMessageWithoutAnEndIsShownAndSoIsTheNextOne() {
        Table table = Table.apart("alice", "bob");
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send("x".repeat(100_000));
            alice.awaitLine("bob: " + "x".repeat(100_000 - 64 * 1024));
            bob.send("bob/hello");
            alice.awaitLine("bob: hello");
            bob.send("bob/and more");
            alice.awaitLine("bob: and more");
            assertEquals(4, alice.messages().size());
        }
    }

    @Test
    void aClassmateMayChangeTheDialectWithTheConnection() {
        Table table = Table.apart("alice", "bob", "carol");
        List<String> connections = List.of("bob/lines\nbob/of them\n", "bare\0and NUL\0", "bob/no end",
                "alice/as it was typed\r\n",
                "bare, no end", "bob/lines again\n");
        try (Peer alice = Peer.start(table, "alice")) {
            for (String bytes : connections) {
                try (Stranger bob = Stranger.connect(table, "alice", "bob")) {
                    bob.send(bytes);
                    bob.end();
                    bob.awaitEnd();
                }
            }
            alice.awaitLine("bob: lines again");
            assertEquals(List.of("bob: lines", "bob: of them", "bob: bare", "bob: and NUL", "bob: no end",
                    "bob: as it was typed", "bob: bare, no end", "bob: lines again"), alice.messages());
        }
    }
}
