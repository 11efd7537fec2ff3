package support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** {@code make test} says how far it is, and in the end what came of it. */
class RunTestsTest {

    private static List<String> runTests(Class<?> tests) {
        return new ArrayList<>(List.of(Jdk.java(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), "support.RunTests",
                "RunTestsTest." + tests.getSimpleName()));
    }

    @Test
    void onATerminalARowCountsUp() {
        try (TestTerminal terminal = EmulatedTerminal.run(80, runTests(OneThatTakesTwoSeconds.class))) {
            terminal.awaitLastRow(row -> row.matches("0 of 1, 0 failed, 0:[0-9][0-9]"));
            terminal.awaitRows(List.of("1 passed, 0 failed, 0 skipped"));
        }
    }

    @Test
    void itSaysWhatFailedAndForEachReasonHowManyWereSkipped() {
        try (Started run = new Started(new ProcessBuilder(runTests(FourThatEndDifferently.class)))) {
            assertEquals(1, run.awaitExit());
            List<String> lines = run.lines();
            assertTrue(lines.get(0).matches("failed: .*method:fails\\(\\)]"), () -> "" + lines);
            assertTrue(lines.contains("2 skipped: there is a reason"), () -> "" + lines);
            assertEquals("1 passed, 1 failed, 2 skipped", lines.get(lines.size() - 1));
        }
    }

    static class OneThatTakesTwoSeconds {

        @Test
        void takesTwoSeconds() {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (System.nanoTime() - end < 0) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        }
    }

    static class FourThatEndDifferently {

        @Test
        void passes() {
            assertTrue(true);
        }

        @Test
        void fails() {
            fail("as it should");
        }

        @Test
        void isSkipped() {
            assumeTrue(false, "there is a reason");
        }

        @Test
        void isSkippedToo() {
            assumeTrue(false, "there is a reason");
        }
    }
}
