package support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same assignment in C++ with select(), as a process. */
public final class Twin {

    /** Why tests are skipped that need it. */
    public static final String IS_MISSING = "the C++ twin needs g++";

    private Twin() {
    }

    /** Starts it and waits until it listens; skips the test where it could not be built. */
    public static Started startOrSkip(Table table, String name, String... idleTimeoutSeconds) {
        Path program = Path.of(System.getProperty("peerchat.twin"));
        assumeTrue(Files.isExecutable(program), IS_MISSING);
        List<String> command = new ArrayList<>(List.of(program.toString(), Integer.toString(table.port(name)),
                table.file().toString()));
        command.addAll(List.of(idleTimeoutSeconds));
        Started twin = new Started(new ProcessBuilder(command));
        twin.awaitLineWith("listening on ");
        return twin;
    }
}
