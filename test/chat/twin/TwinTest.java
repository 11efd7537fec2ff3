package chat.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import support.Peer;
import support.Started;
import support.Stranger;
import support.Table;
import support.Twin;

/** The Java program and its C++ twin: they chat with each other, and do the same with the same bytes. */
class TwinTest {

    private static final int MESSAGES = 10;

    private final Table table = Table.apart("alice", "bob", "carol");

    @Test
    void theyChatBothWays() {
        try (Peer alice = Peer.start(table, "alice"); Started bob = Twin.startOrSkip(table, "bob")) {
            for (int i = 0; i < MESSAGES; i++) {
                alice.type("bob/to bob, größer/" + i);
                bob.type("alice/to alice, größer/" + i);
            }
            alice.awaitLine("bob: to alice, größer/" + (MESSAGES - 1));
            bob.awaitLine("alice: to bob, größer/" + (MESSAGES - 1));
            assertEquals(numbered("bob: to alice, größer/"), alice.messages());
            assertEquals(numbered("alice: to bob, größer/"), bob.messages());
            bob.type("/quit");
            assertEquals(0, bob.awaitExit());
            alice.type("bob/are you there?");
            alice.awaitLine("* bob is offline (connection refused): not sent: are you there?");
        }
    }

    @Test
    void theyShowTheSameForTheSameBytes() {
        byte[][] parts = {{'\n'}, {'\r', '\n'}, {0}, {'\r'}, {'\t'}, "bob/x".getBytes(StandardCharsets.UTF_8),
            "alice/y".getBytes(StandardCharsets.UTF_8), "carol/z".getBytes(StandardCharsets.UTF_8),
            {0x1b, '[', '2', 'J'},
            {(byte) 0xc0, (byte) 0x8a}, {(byte) 0xe2, (byte) 0x80, (byte) 0xae},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, "grüße 你好 \uD83D\uDE00"
            .getBytes(StandardCharsets.UTF_8),
            {(byte) 0xf0, (byte) 0x9f}, {(byte) 0xef, (byte) 0xbf, (byte) 0xbd}, {(byte) 0xc2, (byte) 0x9b}};
        Random random = new Random(4);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes("bob/begin\n".getBytes(StandardCharsets.UTF_8)); // so that silence ends no message
        for (int i = 0; i < 20_000; i++) {
            stream.writeBytes(random.nextInt(4) == 0 ? new byte[] {(byte) random.nextInt(256)}
                    : parts[random.nextInt(parts.length)]);
        }
        stream.writeBytes(("\nbob/" + "ü".repeat(100_000) + "\nbob/the end\n").getBytes(StandardCharsets.UTF_8));
        Table others = Table.apart("alice", "bob", "carol");
        try (Peer java = Peer.start(table, "alice"); Started cpp = Twin.startOrSkip(others, "alice");
                Stranger toJava = Stranger.connect(table, "alice", "bob");
                Stranger toCpp = Stranger.connect(others, "alice", "bob")) {
            for (Stranger bob : List.of(toJava, toCpp)) {
                byte[] bytes = stream.toByteArray();
                Random cuts = new Random(5);
                for (int at = 0; at < bytes.length;) {
                    int count = Math.min(bytes.length - at, 1 + cuts.nextInt(3000));
                    bob.send(Arrays.copyOfRange(bytes, at, at + count));
                    at += count;
                }
            }
            java.awaitLine("bob: the end");
            cpp.awaitLine("bob: the end");
            for (int i = 0; i < java.messages().size(); i++) { // line by line: a failure shows one line, not thousands
                assertEquals(java.messages().get(i), i < cpp.messages().size() ? cpp.messages().get(i) : "nothing");
            }
            assertEquals(java.messages().size(), cpp.messages().size());
            assertTrue(java.messages().size() > 1000, "too few messages to compare");
        }
    }

    @Test
    void theTwinUsesItsClientSocketAgainAndClosesItWhenIdle() throws IOException {
        try (ServerSocket bob = Stranger.listen(table, "bob"); Started alice = Twin.startOrSkip(table, "alice", "1")) {
            alice.type("bob/one");
            try (Stranger first = Stranger.accept(bob)) {
                assertEquals("alice/one\n", first.readLine());
                alice.type("bob/two");
                assertEquals("alice/two\n", first.readLine());
                assertEquals(-1, first.readByte());
                first.send("bob/sent after your end\n");
                alice.awaitLine("bob: sent after your end");
            }
            alice.awaitLine("* closed the connection to bob: idle for 1 s");
            alice.type("bob/three");
            try (Stranger second = Stranger.accept(bob)) {
                assertEquals("alice/three\n", second.readLine());
            }
        }
    }

    @Test
    void theTwinAnswersWhatCannotBeSentAndServesOn() {
        try (Started alice = Twin.startOrSkip(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            alice.type("no slash");
            alice.type("zed/hi");
            alice.type("carol/hi");
            alice.awaitLineWith("not sent: write friend/text");
            alice.awaitLine("* not sent: unknown friend \"zed\"; your friends: bob, carol");
            alice.awaitLine("* carol is offline (connection refused): not sent: hi");
            bob.send("no end");
            alice.awaitLine("bob: no end");
        }
    }

    private static List<String> numbered(String text) {
        return IntStream.range(0, MESSAGES).mapToObj(i -> text + i).toList();
    }
}
