package support;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sees to it that the programs which this one starts heed Ctrl-C. */
public final class Interrupts {

    private static final Path STATUS = Path.of("/proc/self/status");
    /** A bit for each signal, that of signal 1 on the right. */
    private static final Pattern IGNORED = Pattern.compile("SigIgn:\\s*(\\p{XDigit}+)");
    private static final Pointer DEFAULT_BEHAVIOUR = Pointer.NULL;

    private Interrupts() {
    }

    /**
     * A shell lets a program that it starts in the background (&) ignore Ctrl-C, and that program's children inherit
     * it. This undoes it for all children that are started from now on. Does nothing if the system does not tell.
     */
    public static void heed() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                Matcher ignored = IGNORED.matcher(line);
                if (ignored.matches() && (Long.parseUnsignedLong(ignored.group(1), 16) >> Libc.SIGINT - 1 & 1) == 1) {
                    Libc.CALL.signal(Libc.SIGINT, DEFAULT_BEHAVIOUR);
                }
            }
        } catch (IOException e) {
            return;
        }
    }
}
