package support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Whether Ctrl-C can be tested: a background job of a script ignores it, and so does all that it starts. */
public final class Interrupts {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";
    private static final long SIGINT_BIT = 1L << (2 - 1);

    private Interrupts() {
    }

    /** Skips the running test where SIGINT is ignored from the start. */
    public static void assumeHeeded() {
        Assumptions.assumeFalse(areIgnored(), "SIGINT is ignored here, as in a background job of a script");
    }

    private static boolean areIgnored() {
        try {
            return Files.exists(STATUS) && Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(IGNORED))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(IGNORED.length()).strip(), 16) & SIGINT_BIT) != 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
