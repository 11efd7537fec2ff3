package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import support.DeafHost;
import support.Peer;
import support.Table;

/** D4: the communication is asynchronous; the console is always ready for a new message. */
class D4AsynchronousTest {

    @Test
    void messagesAreShownWhileALineIsHalfTyped() {
        Table table = Table.of("alice", "bob");
        try (Peer alice = Peer.start(table, "alice"); Peer bob = Peer.start(table, "bob")) {
            alice.typeRaw("bob/first ha".getBytes());
            bob.type("alice/one");
            bob.type("alice/two");
            alice.awaitLine("bob: two");
            alice.typeRaw("lf, second half\n".getBytes());
            bob.awaitLine("alice: first half, second half");
            assertEquals(List.of("bob: one", "bob: two"), alice.messages());
        }
    }

    @Test
    void theConsoleIsReadyWhileAFriendDoesNotAnswer() throws IOException {
        Table table = Table.of("alice", "bob", "carol");
        try (DeafHost carol = new DeafHost(table, "carol");
                Peer alice = Peer.start(table, "alice", "--connect-timeout", "60000");
                Peer bob = Peer.start(table, "bob")) {
            carol.goDeaf();
            alice.type("carol/are you there?");
            alice.type("bob/carol does not answer");
            bob.awaitLine("alice: carol does not answer");
            bob.type("alice/try later");
            alice.awaitLine("bob: try later");
            assertEquals(List.of(), alice.lines().stream().filter(line -> line.contains("offline")).toList());
        }
    }

    @Test
    void aFriendWhoDoesNotAnswerIsOfflineAfterTheConnectTimeout() throws IOException {
        Table table = Table.of("alice", "carol");
        try (DeafHost carol = new DeafHost(table, "carol");
                Peer alice = Peer.start(table, "alice", "--connect-timeout", "300")) {
            carol.goDeaf();
            alice.type("carol/are you there?");
            alice.awaitLine("* carol is offline (no answer within 300 ms): not sent: are you there?");
        }
    }

    @Test
    void whatWasTypedIsSentInOrder() {
        Table table = Table.of("alice", "bob");
        try (Peer alice = Peer.start(table, "alice")) {
            StringBuilder lines = new StringBuilder();
            try (Peer bob = Peer.start(table, "bob")) {
                for (int i = 0; i < 1000; i++) {
                    lines.append("bob/").append(i).append('\n');
                }
                alice.typeRaw(lines.toString().getBytes());
                bob.awaitLine("alice: 999");
                List<String> expected = new ArrayList<>();
                for (int i = 0; i < 1000; i++) {
                    expected.add("alice: " + i);
                }
                assertEquals(expected, bob.messages());
            }
        }
    }
}
