package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import support.Peer;
import support.Table;

/** D2: the user_info table names every friend with address and port; it is static and shared beforehand. */
class D2UserInfoTableTest {

    @Test
    void theTableSaysWhoIAmAndWhoMyFriendsAre() {
        Table table = Table.of("alice", "bob", "carol");
        try (Peer bob = Peer.start(table, "bob")) {
            bob.awaitLine("* you are bob, listening on " + table.place("bob"));
            bob.awaitLine("* your friends: alice, carol");
            bob.type("/users");
            bob.awaitLine("* bob " + table.place("bob") + " you");
            bob.awaitLine("* alice " + table.place("alice") + " no connection");
            bob.awaitLine("* carol " + table.place("carol") + " no connection");
        }
    }

    @Test
    void theTableIsReadOnceAndStaysAsItWas() throws IOException {
        Table table = Table.of("alice", "bob");
        try (Peer alice = Peer.start(table, "alice"); Peer bob = Peer.start(table, "bob")) {
            Files.writeString(table.file(), "mallory 127.0.0.1 " + table.port("bob") + "\n");
            alice.type("bob/still you?");
            bob.awaitLine("alice: still you?");
            alice.type("mallory/hi");
            alice.awaitLine("* not sent: unknown friend \"mallory\"; your friends: bob");
        }
    }

    @Test
    void everyMistakeIsToldBeforeAnythingIsBound() throws IOException {
        Table table = Table.of("alice", "bob");
        Files.writeString(table.file(), "alice 127.0.0.1 " + table.port("alice") + "\nbob 127.0.0.1 70000\ncarol\n");
        Peer alice = Peer.start(Peer.program(table.file(), Integer.toString(table.port("alice"))));
        assertEquals(2, alice.awaitExit());
        assertEquals(List.of(table.file() + ":2: port must be 1 to 65535, but is \"70000\"",
                table.file() + ":3: a line is \"name ip port\", but this one has 1 field: \"carol\""), alice.errors());
        assertEquals(List.of(), alice.lines());
    }

    @Test
    void theNameSaysWhichLineIsMineWhereTheTableDoesNot() throws IOException {
        Table table = Table.of("alice");
        int port = table.port("alice");
        Files.writeString(table.file(), "alice 198.51.100.1 " + port + "\nbob 198.51.100.2 " + port + "\n");
        Peer nobody = Peer.start(Peer.program(table.file(), Integer.toString(port)));
        assertEquals(2, nobody.awaitExit());
        assertEquals(List.of(table.file() + ":1: no line with port " + port
                + " has an address of this machine: correct one, or say which "
                + "is yours: --name alice or --name bob"), nobody.errors());
        try (Peer bob = Peer.start(Peer.program(table.file(), "--name", "bob", Integer.toString(port)))) {
            bob.awaitLine("* you are bob, listening on every address, port " + port);
        }
    }
}
