package support;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Starts a command in a session of its own, so that it can have a terminal and be ended with all that it has started.
 * The program {@code setsid} does that. If there is none, a JVM does it and then becomes the command, which takes
 * longer.
 */
public final class Session {

    private static final boolean HAS_SETSID = isOnPath("setsid");

    /** More than any C library's set of signals takes. */
    private static final int SIGNAL_SET_BYTES = 128;

    private Session() {
    }

    /** The command line that does it; its process becomes the command, and leads the session. */
    public static List<String> of(String... command) {
        List<String> all = new ArrayList<>(HAS_SETSID ? List.of("setsid") : List.of(
                Jdk.java(), "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp",
                place(Session.class) + File.pathSeparator + place(Library.class), Session.class.getName()));
        all.addAll(List.of(command));
        return all;
    }

    public static void main(String[] command) {
        byte[] none = new byte[SIGNAL_SET_BYTES];
        Libc.CALL.sigemptyset(none);
        Libc.CALL.pthread_sigmask(Libc.SIG_SETMASK, none, Pointer.NULL); // a JVM holds some signals back
        Libc.CALL.setsid();
        Libc.CALL.execvp(command[0], command);
    }

    /** A command as the shell reads it: each word in quotes. */
    public static String quoted(List<String> command) {
        return command.stream().map(word -> "'" + word.replace("'", "'\\''") + "'").collect(Collectors.joining(" "));
    }

    /** Whether the shell would find a program of this name. */
    public static boolean isOnPath(String program) {
        return Arrays.stream(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The jar that a class comes from. */
    public static Path place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
