package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import support.Peer;
import support.Stranger;
import support.Table;

/** P2: the server accepts a connection, reads the data, extracts the message and displays it on the console. */
class P2ReadAndDisplayTest {

    private final Table table = Table.apart("alice", "bob", "carol");

    @Test
    void aReadIsNotAMessage() {
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send("bob/one\nbob/two\r\nbob/three\0\n\nbob/fo");
            alice.awaitLine("bob: three");
            bob.send("ur\n");
            alice.awaitLine("bob: four");
            for (byte b : "bob/größer\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
                bob.send(new byte[] {b});
            }
            alice.awaitLine("bob: größer");
            assertEquals(List.of("bob: one", "bob: two", "bob: three", "bob: four", "bob: größer"), alice.messages());
        }
    }

    @ParameterizedTest
    @CsvSource({"ar, EG", "fa, IR", "bn, BD", "mr, IN"})
    void theTimeBeforeAMessageHasTheSameDigitsInEveryLanguage(String language, String country) {
        ProcessBuilder program = Peer.program(table.file(), "--timestamps", Integer.toString(table.port("alice")));
        program.environment().put("PEERCHAT_JVM_OPTIONS", "-Duser.language=" + language + " -Duser.country=" + country);
        try (Peer alice = Peer.start(program)) {
            alice.awaitLineWith("listening on");
            try (Stranger bob = Stranger.connect(table, "alice", "bob")) {
                bob.send("bob/hello\n");
                alice.awaitLine(line -> line.matches("[0-2][0-9]:[0-5][0-9]:[0-5][0-9] bob: hello"), "message");
            }
        }
    }

    @Test
    void bytesWithoutAnEndAreShownWhenTheConnectionCloses() {
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send("bob/first\nbob/no end");
            bob.end();
            alice.awaitLine("bob: no end");
            bob.awaitEnd();
        }
    }

    @Test
    void bytesWithoutAnEndAreShownAfterASilence() {
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send("bob/no end");
            alice.awaitLine("bob: no end");
            bob.send("bob/nor here");
            alice.awaitLine("bob: nor here");
        }
    }

    @Test
    void theSenderIsFoundByTheRules() {
        Table sameHost = Table.of("alice", "bob", "carol");
        try (Peer alice = Peer.start(table, "alice"); Peer other = Peer.start(sameHost, "alice");
                Stranger carol = Stranger.connect(table, "alice", "carol");
                Stranger fromBobsPort = Stranger.connect(sameHost, "alice", "127.0.0.1", sameHost.port("bob"));
                Stranger somebody = Stranger.connect(sameHost, "alice", "127.0.0.1", 0)) {
            carol.send("carol/it is me\nbob/it is bob\nalice/as typed\nbare\nzed/slash\n");
            alice.awaitLine("carol: zed/slash");
            assertEquals(List.of("carol: it is me", "bob? (127.0.0.3): it is bob", "carol: as typed", "carol: bare",
                    "carol: zed/slash"), alice.messages());
            fromBobsPort.send("bare\n");
            other.awaitLine("bob: bare");
            somebody.send("bare\n");
            other.awaitLine("127.0.0.1:" + somebody.socket().getLocalPort() + ": bare");
        }
    }

    @Test
    void aLongMessageIsShownInPiecesBySameSender() {
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            String text = "0123456789abcde/".repeat(3 * 4096);
            bob.send("bob/" + text + "\nbob/after\n");
            alice.awaitLine("bob: after");
            StringBuilder whole = new StringBuilder();
            alice.messages().stream().filter(line -> !line.endsWith("after")).forEach(line -> {
                assertEquals("bob: ", line.substring(0, 5));
                whole.append(line.substring(5));
            });
            assertEquals(text, whole.toString());
        }
    }

    @Test
    void controlCharactersAreShownAndNeverObeyed() {
        try (Peer alice = Peer.start(table, "alice"); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send("bob/\u001b]0;title\u0007\u001b[2J\rcarol: hi\n");
            alice.awaitLine("bob: \\x1b]0;title\\x07\\x1b[2J\\rcarol: hi");
            bob.send(new byte[] {'b', 'o', 'b', '/', (byte) 0xc0, (byte) 0x9b, '!', '\n'});
            alice.awaitLine("bob: \ufffd\ufffd!");
        }
    }
}
