package clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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
        try (ServerSocket deaf = deaf(table, "carol")) {
            List<Socket> filling = fillBacklog(deaf);
            try (Peer alice = Peer.start(table, "alice", "--connect-timeout", "60000");
                    Peer bob = Peer.start(table, "bob")) {
                alice.type("carol/are you there?");
                alice.type("bob/carol does not answer");
                bob.awaitLine("alice: carol does not answer");
                bob.type("alice/try later");
                alice.awaitLine("bob: try later");
                assertEquals(List.of(), alice.lines().stream().filter(line -> line.contains("offline")).toList());
            }
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    @Test
    void aFriendWhoDoesNotAnswerIsOfflineAfterTheConnectTimeout() throws IOException {
        Table table = Table.of("alice", "carol");
        try (ServerSocket deaf = deaf(table, "carol")) {
            List<Socket> filling = fillBacklog(deaf);
            try (Peer alice = Peer.start(table, "alice", "--connect-timeout", "300")) {
                alice.type("carol/are you there?");
                alice.awaitLine("* carol is offline (no answer within 300 ms): not sent: are you there?");
            }
            for (Socket socket : filling) {
                socket.close();
            }
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

    private static ServerSocket deaf(Table table, String name) throws IOException {
        return new ServerSocket(table.port(name), 1, new InetSocketAddress(table.host(name), 0).getAddress());
    }

    /** Fills the backlog of a server that never accepts: the kernel then leaves further connections unanswered. */
    private static List<Socket> fillBacklog(ServerSocket server) throws IOException {
        List<Socket> filling = new ArrayList<>();
        while (filling.size() < 20) {
            Socket socket = new Socket();
            try {
                socket.connect(server.getLocalSocketAddress(), 300);
                filling.add(socket);
            } catch (SocketTimeoutException e) {
                socket.close();
                return filling;
            }
        }
        throw new AssertionError("the backlog cannot be filled");
    }
}
