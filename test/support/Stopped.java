package support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Tells whether a process is stopped: on a busy machine a thread may run on for a while after the signal. */
public final class Stopped {

    /** The letters of a thread in /proc that is stopped, or ends. */
    private static final String STILL = "TZX";

    private Stopped() {
    }

    /** Whether every thread of the process stands still; true also if this system does not tell. */
    public static boolean isStopped(long pid) {
        Path threads = Path.of("/proc", Long.toString(pid), "task");
        try (Stream<Path> tasks = Files.list(threads)) {
            for (Path task : tasks.toList()) {
                String stat = Files.readString(task.resolve("stat"), StandardCharsets.ISO_8859_1);
                if (STILL.indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) < 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return Files.notExists(threads); // a thread has ended, or the process
        }
    }
}
