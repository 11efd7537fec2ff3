package chat.clauses;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import support.Peer;
import support.Table;

/** U1: users.txt holds name, IP address and port, separated by spaces. */
class U1UsersFileTest {

    @Test
    void aFileAsPeopleWriteItIsUnderstood() throws IOException {
        Table table = Table.of("alice", "bob");
        Files.writeString(table.file(), "# our group\n\nalice   localhost " + table.port("alice")
                + "\n\tbob\t127.0.0.1\t"
                + table.port("bob") + " # at home\n");
        try (Peer alice = Peer.start(table, "alice"); Peer bob = Peer.start(table, "bob")) {
            alice.type("bob/hello");
            bob.awaitLine("alice: hello");
            bob.type("alice/hello");
            alice.awaitLine("bob: hello");
        }
    }
}
