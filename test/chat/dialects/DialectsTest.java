package chat.dialects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

/** This program and a classmate's, whatever it makes of the assignment: messages each way, whole and in order. */
@Order(1)
class DialectsTest {

    private static final List<String> TEXTS = List.of("hello", "with spaces in it", "with/a/slash",
            "gr\u00fc\u00dfe \u4e2d\u6587",
            "bob", "6", "7 7", "x".repeat(500), "?!", "the last one");
    /** Where a pause keeps the messages apart. */
    private static final List<String> FEW_TEXTS = List.of("hello", "with/a/slash", "x".repeat(500), "the last one");

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
                allFromBob(dialect, bob, alice);
            }
            List<String> texts = textsFor(dialect);
            alice.typeRaw(texts.stream().map(text -> "bob/" + text + "\n").collect(Collectors.joining())
                    .getBytes("UTF-8"));
            List<String> expected = texts.stream().map(text -> "alice: " + text).toList();
            Await.until(() -> bob.heard().size() >= texts.size(), () -> "bob has only heard " + bob.heard());
            assertEquals(expected, bob.heard());
            if (dialect.connecting() == Habits.Connecting.REPLIES) {
                allFromBob(dialect, bob, alice);
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
            allFromBob(dialect, bob, alice);
        }
    }

    private static List<String> textsFor(Habits dialect) {
        return dialect.takesEachReadForAMessage() && !dialect.isOneMessagePerConnection() ? FEW_TEXTS : TEXTS;
    }

    private static Table tableFor(Habits dialect) {
        return dialect.hasAddress() ? Table.apart("alice", "bob", "carol") : Table.of("alice", "bob", "carol");
    }

    private static void allFromBob(Habits dialect, Classmate bob, Peer alice) throws IOException {
        List<String> expected = new ArrayList<>();
        for (String text : textsFor(dialect)) {
            bob.say("alice", text);
            expected.add("bob: " + text);
            if (dialect.takesTurns()) {
                alice.awaitLine("bob: " + text);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(60)); // a silence that can be heard
            }
        }
        alice.awaitLine("bob: " + TEXTS.get(TEXTS.size() - 1));
        assertEquals(expected, alice.messages());
    }

    /** Two chats and four classmates, who cannot understand each other, at one table and on one host. */
    @Test
    void fiveFriendsOfFiveDialectsAtOneTable() throws IOException {
        Table table = Table.of("alice", "bob", "carol", "dave", "erin", "frank");
        Map<String, Habits> dialects = Map.of("carol", dialect("records, sender/text"), "dave", dialect("name: text"),
                "erin", dialect("the name once, then texts"), "frank", dialect("a connection for each message"));
        String[] options = {"--wire", "carol=%s/%m\\0", "--pause", "carol=300", "--wire", "dave=%s: %m\\n", "--hello",
            "erin=%s\\n", "--wire", "erin=%m\\n", "--one-shot", "frank"};
        Map<String, Classmate> classmates = new TreeMap<>();
        try (Peer alice = Peer.start(table, "alice", options); Peer bob = Peer.start(table, "bob", options)) {
            for (String name : dialects.keySet()) {
                classmates.put(name, new Classmate(dialects.get(name), table, name));
            }
            Map<String, Peer> chats = Map.of("alice", alice, "bob", bob);
            alice.type("bob/between us");
            bob.awaitLine("alice: between us");
            bob.type("alice/all right");
            alice.awaitLine("bob: all right");
            for (String chat : chats.keySet()) {
                for (Map.Entry<String, Classmate> classmate : classmates.entrySet()) {
                    String name = classmate.getKey();
                    for (int i = 0; i < 3; i++) {
                        classmate.getValue().say(chat, "number " + i + " for " + chat);
                        chats.get(chat).awaitLine(name + ": number " + i + " for " + chat);
                        chats.get(chat).type(name + "/answer " + i);
                        String heard = chat + ": answer " + i;
                        Await.until(() -> classmate.getValue().heard().contains(heard), () -> name + " has only heard "
                                + classmate.getValue().heard());
                    }
                }
            }
            for (Peer chat : chats.values()) {
                assertEquals(3 * classmates.size() + 1, chat.messages().size(), chat.messages()::toString);
            }
            alice.type("/users");
            alice.awaitLine(line -> line.startsWith("* carol ") && line.endsWith(" --pause 300 --wire '%s/%m\\0'"),
                    "options for carol");
            alice.awaitLine(line -> line.startsWith("* frank ") && line.endsWith(" --one-shot"), "options for frank");
        } finally {
            for (Classmate classmate : classmates.values()) {
                classmate.close();
            }
        }
    }

    private static Habits dialect(String title) {
        return Habits.ALL.stream().filter(dialect -> dialect.title().equals(title)).findFirst().orElseThrow();
    }

    /** On one host nothing but that name tells who it is. */
    @Test
    void aConnectionThatHasNamedItselfOnceIsThatFriends() {
        Table table = Table.of("alice", "bob", "carol");
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob");
                Stranger carol = Stranger.connect(table, "alice", "carol");
                Stranger nobody = Stranger.connect(table, "alice", "carol")) {
            bob.send("bob/hello\nand more\n");
            alice.awaitLine("bob: and more");
            carol.send("carol: hello\nnews: the host/port is down\n");
            alice.awaitLine("carol: news: the host/port is down");
            nobody.send("who am I?\n");
            alice.awaitLine("127.0.0.1:" + nobody.socket().getLocalPort() + ": who am I?");
            assertEquals(5, alice.messages().size());
        }
    }

    /** A greeting is no message, but this may be one. */
    @Test
    void aNameAloneIsShownIfNothingElseComes() {
        Table table = Table.apart("alice", "bob", "carol");
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send("bob\n");
            bob.end();
            alice.awaitLine("bob: bob");
        }
    }

    /** The port tells that it is bob, who speaks of carol. */
    @Test
    void theNameOfSomebodyElseIsNoGreeting() {
        Table table = Table.of("alice", "bob", "carol");
        try (Peer alice = Peer.start(table, "alice");
                Stranger bob = Stranger.connectFromOwnPort(table, "alice", "bob")) {
            bob.send("carol\ncarol: are you there?\n");
            alice.awaitLine("bob: carol");
            alice.awaitLine("bob: carol: are you there?");
        }
    }

    @Test
    void whatIsSaidOfSendingSaysHowToRead() {
        Table table = Table.of("alice", "bob", "carol");
        try (Peer alice = Peer.start(table, "alice", "--wire", "[%s] %m\\n", "--wire", "carol=MSG %s>%r %m\\n");
                Stranger bob = Stranger.connect(table, "alice", "bob");
                Stranger carol = Stranger.connect(table, "alice", "carol")) {
            bob.send("[bob] hello: you/me\n");
            alice.awaitLine("bob: hello: you/me");
            carol.send("MSG carol>alice hello\n");
            alice.awaitLine("carol: hello");
            bob.send("bob/as usual\n");
            alice.awaitLine("bob: as usual");
        }
    }

    @Test
    void anOptionForSomebodyWhoIsNoFriendIsRefused() {
        Table table = Table.of("alice", "bob");
        try (Peer alice = Peer.startWith("--users", table.file().toString(), "--one-shot", "bbo",
                Integer.toString(table.port("alice")))) {
            assertEquals(2, alice.awaitExit());
            alice.awaitErrorWith("peerchat: an option names \"bbo\", who is not among your friends: bob; "
                    + "\"*\" names them all");
        }
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
