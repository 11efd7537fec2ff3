package chat.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import support.Peer;
import support.Soak;
import support.Stranger;
import support.Table;

/** Promise 6: nothing that the network sends moves the cursor, sets a title, or forges a notice or another's line. */
class Promise6HostileBytesTest {

    private static final int BLOCK = 10_000;

    private final Table table = Table.apart("alice", "bob", "carol");

    @Test
    void randomBytesOnlyEverMakeLinesOfTheirSender() {
        Random random = new Random(6);
        int blocks = Soak.size(30, 1000);
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            byte[] block = new byte[BLOCK];
            for (int i = 0; i < blocks; i++) {
                random.nextBytes(block);
                bob.send(block);
            }
            bob.send("\nbob/the end\n");
            alice.awaitLine("bob: the end");
            assertHarmless(alice.lines());
            Soak.row(6, "random bytes", (long) blocks * BLOCK / 1000 + " kB", "-");
        }
    }

    @Test
    void everyByteAndEveryTrickOfATerminal() {
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int b = 0; b < 256; b++) {
                all.writeBytes(new byte[] {'b', 'o', 'b', '/', 'x', (byte) b, 'y', '\n'});
            }
            bob.send(all.toByteArray());
            bob.send("bob/a\rcarol: forged\n");
            bob.send("bob/a\u2028carol: forged\u0085* forged\n");
            bob.send("bob/\u001b[1A\u001b[2Kcarol: forged\u009b2J\n");
            bob.send("bob/\u202egnihtemos\n");
            bob.send("* you are mallory\n");
            bob.send("carol/I am carol\n");
            bob.send("bob/the end\n");
            alice.awaitLine("bob: the end");
            assertHarmless(alice.lines());
            assertTrue(alice.lines().contains("bob: a\\rcarol: forged"));
            assertTrue(alice.lines().contains("bob: a\\u2028carol: forged\\x85* forged"));
            assertTrue(alice.lines().contains("bob: \\x1b[1A\\x1b[2Kcarol: forged\\x9b2J"));
            assertTrue(alice.lines().contains("bob: \\u202egnihtemos"));
            assertTrue(alice.lines().contains("bob: * you are mallory"));
            assertTrue(alice.lines().contains("carol? (127.0.0.2): I am carol"));
        }
    }

    @Test
    void halfAMessageThenAReset() {
        try (Peer alice = Peer.start(table, "alice")) {
            for (int i = 0; i < 20; i++) {
                Stranger bob = Stranger.connect(table, "alice", "bob");
                bob.send("bob/whole " + i + "\nbob/half");
                alice.awaitLine("bob: whole " + i);
                bob.reset();
            }
            try (Stranger bob = Stranger.connect(table, "alice", "bob")) {
                bob.send("bob/still served\n");
                alice.awaitLine("bob: still served");
            }
        }
    }

    private static void assertHarmless(List<String> lines) {
        for (String line : lines) {
            assertTrue(line.codePoints().noneMatch(c -> Character.getType(c) == Character.CONTROL
                    || c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069), () -> "control character in " + line);
            assertTrue(line.startsWith("bob: ") || line.startsWith("* ") || line.startsWith("carol? (127.0.0.2): "),
                    () -> "forged: " + line);
        }
        assertEquals(3, lines.stream().filter(line -> line.startsWith("* ")).count(), "notices but the welcome: "
                + lines
                .stream().filter(line -> line.startsWith("* ")).toList());
    }
}
