package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import support.Peer;
import support.Stranger;
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
            alice.awaitLine("* the input has ended; messages are still shown until you end the program");
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

    /** A script cannot type again what was refused. */
    @ParameterizedTest
    @ValueSource(strings = {"cat \"$0\" | \"$@\"", "\"$@\" < \"$0\""})
    void aPipeOrAFileWaitsForASlowFriend(String script) throws IOException {
        Path typed = folder.resolve("typed.txt");
        String text = "x".repeat(2500);
        int lines = 1200;
        Files.writeString(typed, ("bob/" + text + "\n").repeat(lines));
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, typed.toString()));
        command.addAll(alice().command());
        try (ServerSocket server = Stranger.listen(table, "bob")) {
            server.setReceiveBufferSize(4096); // loopback opens a window in steps of it
            try (Peer alice = Peer.start(new ProcessBuilder(command)); Stranger bob = Stranger.accept(server)) {
                bob.readSlowly(20_000);
                bob.readLine();
                for (int left = lines - 20_000 / ("alice/" + text + "\n").length() - 1; left > 0; left--) {
                    assertEquals("alice/" + text + "\n", bob.readLine());
                }
                assertEquals(List.of(), alice.lines().stream().filter(line -> line.contains("not sent")).toList());
            }
        }
    }

    private ProcessBuilder alice() {
        return Peer.program(table.file(), Integer.toString(table.port("alice")));
    }
}
