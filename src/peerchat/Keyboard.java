package peerchat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard input, read without ever waiting for it (P3.1, D4): only what {@code available()} announces is asked for.
 * <p>
 * Polling sees the end of a file, for its size is known. It cannot see the end of a pipe, nor Ctrl-D on a terminal that
 * edits lines itself: {@code available()} is 0 there for ever, as it is while nobody types.
 */
final class Keyboard {

    /** What was typed, line by line. */
    interface Reader {

        void line(String line);

        /** A line that was longer than a line may be, and was dropped; {@code start} is how it began. */
        void tooLong(String start);

        /** Ctrl-D on a terminal: nothing more will be typed. */
        void leave();

        /** Nothing more will come. */
        void ended();
    }

    /** How lines come from what is typed. */
    interface Typing {

        /** Whether what is typed now is typed here, and not to the shell of a program in the background. */
        boolean isHere();

        /** Takes the first {@code count} bytes, which were typed just now. */
        void take(byte[] typed, int count, Reader reader);

        /** Nothing more will be typed. */
        void end(Reader reader);

        /** What was typed without an Enter after it. */
        String unfinished();

        /** A line that was entered, and could not be delivered, can be entered again. */
        void bringBack(String notDelivered);
    }

    /** Bytes of the longest line that can be typed. */
    static final int LONGEST_LINE = 1024 * 1024;

    /** What is there: nothing, a file (whose end is seen), or a terminal or pipe. */
    enum Kind { NONE, FILE, OTHER }

    private static final Path STANDARD_INPUT = Path.of("/dev/stdin");

    private final InputStream in;
    private final byte[] buffer = new byte[8 * 1024];
    private final Typing typing;
    private Kind kind;

    private Keyboard(InputStream in, Kind kind, Typing typing) {
        this.in = in;
        this.kind = kind;
        this.typing = typing;
    }

    static Keyboard ofStandardInput(Typing typing) {
        return new Keyboard(System.in, kindOfStandardInput(), typing);
    }

    /**
     * Reads what was typed, a buffer at most.
     *
     * @return whether anything was there
     */
    boolean read(Reader reader) {
        if (kind == Kind.NONE || !typing.isHere()) {
            return false;
        }
        try {
            int available = in.available();
            if (available == 0 && kind != Kind.FILE) {
                return false;
            }
            int count = in.read(buffer, 0, Math.max(1, Math.min(available, buffer.length)));
            if (count > 0) {
                typing.take(buffer, count, reader);
            } else if (kind == Kind.FILE) {
                end(reader);
            } // else it was a Ctrl-D at a terminal that edits lines itself, seen only with the line after it
            return true;
        } catch (IOException e) {
            end(reader); // a folder, or a terminal that is gone
            return true;
        }
    }

    /** Whether something was typed that was not read yet. */
    boolean hasMore() {
        try {
            return kind != Kind.NONE && typing.isHere() && in.available() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** What was typed without an Enter after it. */
    String unfinished() {
        return typing.unfinished();
    }

    /** Lets a line that could not be delivered be entered again. */
    void bringBack(String notDelivered) {
        typing.bringBack(notDelivered);
    }

    private void end(Reader reader) {
        kind = Kind.NONE;
        typing.end(reader);
        reader.ended();
    }

    private static Kind kindOfStandardInput() {
        try {
            Path real = STANDARD_INPUT.toRealPath();
            // Started with standard input closed, the JVM opens its own class library as descriptor 0.
            if (real.startsWith(Path.of(System.getProperty("java.home")).toRealPath())) {
                return Kind.NONE;
            }
            return Files.isRegularFile(real) ? Kind.FILE : Kind.OTHER;
        } catch (IOException e) {
            return Kind.OTHER; // pipes and sockets have no path
        }
    }
}
