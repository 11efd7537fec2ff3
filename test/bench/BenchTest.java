package bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import support.Jdk;
import support.Started;

/** The benchmark itself, in little: it runs, checks what is shown, and writes its results. Speed is no matter here. */
class BenchTest {

    @TempDir
    private Path folder;

    @Test
    void everyPartRunsAndTheResultsAreWritten() throws IOException {
        try (Started bench = bench("small", "wire", "keyboard", "human", "burst", "large", "idle", "silence",
                "cold", "memory", "start")) {
            assertEquals(0, bench.awaitExit(), () -> "" + bench.errors());
            for (String row : List.of("wire to screen, one friend: p50", "wire to screen, five friends in turn: p99",
                    "keyboard to wire: p99", "human pace, a talk of two: worst", "CPU during the talk of two",
                    "the keys after it: p99", "the same, no connection", "cold burst",
                    "burst of 20-byte messages, five senders", "messages of 64 KiB", "peak memory",
                    "start to listening")) {
                assertEquals(1, bench.lines().stream().filter(line -> line.startsWith("| " + row)).count(), row);
            }
            bench.awaitLineWith(" messages, each shown whole, once and in order");
        }
        assertTrue(Files.readString(folder.resolve("bench.json")).contains("\"nanosAtPercentile\""));
        assertTrue(Files.readString(folder.resolve("bench.svg")).endsWith("</svg>\n"));
    }

    @Test
    void typingIsMeasuredOnATerminal() throws IOException {
        try (Started bench = bench("small", "typing")) {
            assertEquals(0, bench.awaitExit(), () -> "" + bench.errors());
            assertEquals(1, bench.lines().stream().filter(line -> line.startsWith("| key to screen")).count());
        }
    }

    @Test
    void anUnknownPartIsNamed() throws IOException {
        try (Started bench = bench("wires")) {
            assertEquals(2, bench.awaitExit());
            assertEquals(List.of("no part is named wires: there are wire, keyboard, human, burst, large, idle, silence,"
                    + " cold, memory, waits, start, typing, trace, and small for little of each"), bench.errors());
        }
    }

    private Started bench(String... parts) {
        ProcessBuilder builder = new ProcessBuilder(Jdk.java(),
                "--enable-native-access=ALL-UNNAMED", "-Dpeerchat.jar=" + System.getProperty("peerchat.jar"),
                "-Dpeerchat.twin=" + System.getProperty("peerchat.twin"), "-cp", System.getProperty("peerchat.bench"),
                "bench.Bench", folder.toString());
        builder.command().addAll(List.of(parts));
        return new Started(builder);
    }
}
