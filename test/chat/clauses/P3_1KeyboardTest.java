package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import support.Peer;
import support.Table;

/** P3.1: the message is read from stdin. */
class P3_1KeyboardTest {

    @TempDir
    private Path folder;

    private final Table table = Table.of("alice", "bob");

    @Test
    void theEndOfAFileIsSeenAndTheRestGoesOnServing() throws IOException {
        Path typed = folder.resolve("typed.txt");
        Files.writeString(typed, "bob/from a file\nbob/without line feed");
        try (Peer bob = Peer.start(table, "bob"); Peer alice = Peer.start(alice().redirectInput(typed.toFile()))) {
            bob.awaitLine("alice: from a file");
            bob.awaitLine("alice: without line feed");
            alice.awaitLine("* the keyboard has ended; messages are still shown, end the program to leave");
            bob.type("alice/still there?");
            alice.awaitLine("bob: still there?");
        }
    }

    @Test
    void withoutAKeyboardItServes() {
        try (Peer bob = Peer.start(table, "bob");
                Peer alice = Peer.start(alice().redirectInput(new File("/dev/null")))) {
            alice.awaitLineWith("listening on ");
            bob.type("alice/hello");
            alice.awaitLine("bob: hello");
        }
    }

    @Test
    void withStandardInputClosedItServes() {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <&-", "sh"));
        command.addAll(alice().command());
        try (Peer bob = Peer.start(table, "bob"); Peer alice = Peer.start(new ProcessBuilder(command))) {
            alice.awaitLineWith("listening on ");
            bob.type("alice/hello");
            alice.awaitLine("bob: hello");
            assertEquals(3, alice.lines().stream().filter(line -> line.startsWith("* ")).count(), "only the welcome");
        }
    }

    @Test
    void theEndOfAPipeEndsNothing() {
        try (Peer bob = Peer.start(table, "bob"); Peer alice = Peer.start(table, "alice")) {
            alice.type("bob/last words");
            alice.closeKeyboard();
            bob.awaitLine("alice: last words");
            bob.type("alice/still there?");
            alice.awaitLine("bob: still there?");
        }
    }

    private ProcessBuilder alice() {
        return Peer.program(table.file(), Integer.toString(table.port("alice")));
    }
}
