package peerchat.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import peerchat.text.Text;

/**
 * Standard input, read without a wait (P3.1, D4): only bytes that {@code available()} announces are
 * read, except from a file.
 * <p>
 * Polling sees the end of a file, whose size is known. It cannot see the end of a pipe, nor Ctrl-D on a terminal that
 * edits lines itself. There {@code available()} stays 0, as it is while nobody types.
 */
public final class StandardInput {
    /** The most bytes of a typed line. */
    public static final int LONGEST_LINE = 1024 * 1024;

    /** NONE: nothing more comes. PIPE: also a socket, and every input whose kind is unknown. */
    private enum Kind { NONE, FILE, TERMINAL, PIPE }

    private final InputStream in = System.in;
    private final byte[] buffer = new byte[8 * 1024];
    private final LineReader reader;
    private final Screen screen;
    private Kind kind = kindOfStandardInput();
    /** Time of the last input, in nanoseconds of {@link System#nanoTime()}; long ago if there was none. */
    private long lastActive = System.nanoTime() - TimeUnit.HOURS.toNanos(1);

    StandardInput(LineReader reader, Screen screen) {
        this.reader = reader;
        this.screen = screen;
    }

    /** Reads typed bytes, a buffer at most, and hands on the lines that were entered. (P3.1) */
    public void read(Consumer<String> lines) {
        if (kind == Kind.NONE) {
            return;
        }
        try {
            int available = available();
            if (available == 0 && kind != Kind.FILE) {
                return;
            }
            lastActive = System.nanoTime();
            int count = in.read(buffer, 0, Math.max(1, Math.min(available, buffer.length)));
            if (count > 0) {
                reader.take(buffer, count, lines);
            } else if (kind == Kind.FILE) {
                end(lines);
            } // else it was Ctrl-D on a terminal that edits lines itself: it is seen only when the next line comes
        } catch (IOException e) {
            end(lines); // a folder, or a terminal that is gone
        }
    }

    /** Returns true for a terminal: its user can enter a refused line again. */
    public boolean isTerminal() {
        return kind == Kind.TERMINAL;
    }

    public long lastActive() {
        return lastActive;
    }

    /** Returns true if something was typed that was not read yet. */
    public boolean hasMore() {
        try {
            return kind != Kind.NONE && available() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** How many bytes can be read: none in the background, because the terminal's input is for another program. */
    private int available() throws IOException {
        int count = in.available();
        if (count == 0 || kind != Kind.TERMINAL) {
            return count;
        }
        return Terminal.isInBackground() ? 0 : in.available(); // asked again: the shell may have read them
    }

    /** Tells that a line is too long. */
    static void reject(String line, Screen screen) {
        screen.notice("not sent: a line has at most " + LONGEST_LINE + " bytes: " + Text.excerpt(line));
    }

    private void end(Consumer<String> lines) {
        kind = Kind.NONE;
        reader.end(lines);
        screen.notice("the input has ended; messages are still shown until you end the program");
    }

    private static Kind kindOfStandardInput() {
        try {
            Path real = Path.of("/dev/stdin").toRealPath();
            // If standard input is closed at the start, the JVM opens its own class library as descriptor 0.
            if (real.startsWith(Path.of(System.getProperty("java.home")).toRealPath())) {
                return Kind.NONE;
            }
            // On macOS every input is /dev/fd/0.
            return Files.isRegularFile(real) ? Kind.FILE : real.startsWith("/dev") && !real.startsWith("/dev/fd")
                    ? Kind.TERMINAL : Kind.PIPE;
        } catch (IOException e) {
            return Kind.PIPE; // pipes and sockets have no path
        }
    }
}
