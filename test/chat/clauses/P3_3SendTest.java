package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import support.Peer;
import support.Stranger;
import support.Table;

/** P3.3: the message is sent over the client socket. */
class P3_3SendTest {

    private final Table table = Table.of("alice", "bob");

    @Test
    void theWireCarriesSenderSlashTextAndALineFeed() throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob"); Peer alice = Peer.start(table, "alice")) {
            alice.type("bob/grüße / hello ");
            try (Stranger bob = Stranger.accept(server)) {
                assertEquals("alice/grüße / hello \n", bob.readLine());
                alice.typeRaw("bob/a\0b\r\n".getBytes());
                assertEquals("alice/a b\n", bob.readLine());
            }
        }
    }

    @Test
    void aMessageOfManyKilobytesArrivesWhole() throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob"); Peer alice = Peer.start(table, "alice")) {
            String text = "0123456789abcdef".repeat(20_000);
            alice.type("bob/" + text);
            try (Stranger bob = Stranger.accept(server)) {
                assertEquals("alice/" + text + "\n", bob.readLine());
            }
        }
    }

    @Test
    void answersComeBackOverTheClientSocketToo() throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob"); Peer alice = Peer.start(table, "alice")) {
            alice.type("bob/hello");
            try (Stranger bob = Stranger.accept(server)) {
                bob.readLine();
                bob.send("hello yourself\n");
                alice.awaitLine("bob: hello yourself");
            }
        }
    }

    @Test
    void aBrokenConnectionNamesWhatIsInDoubt() throws IOException {
        try (ServerSocket server = Stranger.listen(table, "bob"); Peer alice = Peer.start(table, "alice")) {
            alice.type("bob/one");
            try (Stranger bob = Stranger.accept(server)) {
                bob.readLine();
                alice.type("bob/two");
                bob.readLine();
                bob.reset();
            }
            alice.awaitLine("* the connection to bob broke");
            alice.awaitLine("* in doubt: the last 2 messages to bob, the first of them: one");
        }
    }

}
