package peerchat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The console's output: what a turn shows is collected and written at once. */
final class Screen {

    /** Bytes; ten connections' buffers, escaped, would be many megabytes. */
    private static final int LARGE = 64 * 1024;

    private final OutputStream out;
    private final Lines turn = new Lines();
    private boolean isGone;

    Screen(OutputStream out) {
        this.out = out;
    }

    static Screen ofStandardOutput() {
        return new Screen(new FileOutputStream(FileDescriptor.out));
    }

    void message(Speaker.Said said, Span text) {
        turn.message(said, text);
        flushIfLarge();
    }

    /** Shows messages that were kept back. */
    void lines(Lines lines) {
        turn.add(lines);
        flushIfLarge();
    }

    void notice(String text) {
        turn.notice(text);
        flushIfLarge();
    }

    private void flushIfLarge() {
        if (turn.length() > LARGE) {
            flush();
        }
    }

    /** Whether nobody looks any more: who read the console is gone, a closed pipe for instance. */
    boolean isGone() {
        return isGone;
    }

    /** Shows what was collected, as long as there is somebody to show it to. */
    void flush() {
        if (turn.isEmpty()) {
            return;
        }
        try {
            turn.writeTo(out);
        } catch (IOException e) {
            isGone = true;
        }
        turn.clear();
    }
}
