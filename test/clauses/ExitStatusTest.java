package clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import support.Peer;
import support.Stranger;
import support.Table;

/** What the user is shown when the program itself is wrong: one line, and no stack trace unless asked for. */
class ExitStatusTest {

    @TempDir
    private Path folder;

    private final Table table = Table.of("alice", "bob");

    @Test
    void anInternalErrorIsOneLineAndClosesTheSockets() throws IOException {
        try (Peer alice = startFaulty(); Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send("bob/hello\n");
            alice.awaitLine("bob: hello");
            alice.type("bob/this hits the fault");
            assertEquals(70, alice.awaitExit());
            assertEquals(List.of("peerchat: internal error, sorry: java.lang.IllegalStateException: a fault made for a test"
                    + " (--verbose shows where)"), alice.errors());
            bob.awaitEnd();
        }
    }

    @Test
    void verboseShowsWhereItHappened() throws IOException {
        try (Peer alice = startFaulty("--verbose")) {
            alice.type("bob/this hits the fault");
            assertEquals(70, alice.awaitExit());
            assertTrue(alice.errors().stream().anyMatch(line -> line.contains("at peerchat.PeerChat.turn")));
        }
    }

    /** The program with one class put before its own: it throws on whatever is typed. */
    private Peer startFaulty(String... options) throws IOException {
        Path source = folder.resolve("TypedLine.java");
        String original = Files.readString(Path.of("src/peerchat/TypedLine.java"));
        Files.writeString(source, original.replace("if (line.isBlank()) {",
                "if (true) { throw new IllegalStateException(\"a fault made for a test\"); } if (line.isBlank()) {"));
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(),
                source.toString()));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", folder + ":" + Peer.jar(),
                "peerchat.Main"));
        command.addAll(List.of(options));
        command.addAll(List.of("--users", table.file().toString(), Integer.toString(table.port("alice"))));
        Peer peer = Peer.start(new ProcessBuilder(command));
        peer.awaitLineWith("listening on ");
        return peer;
    }
}
