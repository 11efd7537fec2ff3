package support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code make test} says while it runs. */
class RunTestsTest {

    @Test
    void onATerminalARowCountsUp() {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                "-Dpeerchat.jar=" + Peer.jar(), "support.RunTests", "P4IdleTest"));
        try (TestTerminal terminal = EmulatedTerminal.run(80, command)) {
            terminal.awaitLastRow(row -> row.matches("[0-9]+ of 4, 0 failed, 0:[0-9][0-9]"));
            terminal.awaitRows(List.of("4 passed, 0 failed, 0 skipped"));
        }
    }
}
