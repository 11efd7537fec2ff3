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
    private final Look look;
    private final Below below;
    private final Lines turn;
    private boolean isGone;

    Screen(OutputStream out, Look look, Below below) {
        this.out = out;
        this.look = look;
        this.below = below;
        this.turn = new Lines(look);
    }

    static Screen ofStandardOutput(Look look, Below below) {
        return new Screen(new FileOutputStream(FileDescriptor.out), look, below);
    }

    Look look() {
        return look;
    }

    void message(Speaker.Said said, Span text) {
        turn.message(said, text);
        flushIfLarge();
    }

    void notice(String text) {
        turn.notice(text);
        flushIfLarge();
    }

    /** A line of the trace, which is escaped already. */
    void trace(String line) {
        turn.trace(line);
        flushIfLarge();
    }

    /** What the user has entered, and would not be seen any more. */
    void typed(String text) {
        turn.typed(text);
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

    /** Shows what was collected, and takes away the line that is being typed. */
    void flushWithoutPrompt() {
        below.hide();
        show();
    }

    /** Shows what was collected, as long as there is somebody to show it to. */
    void flush() {
        if (!turn.isEmpty() || below.hasNews()) {
            show();
        }
    }

    private void show() {
        try {
            below.write(turn, out);
        } catch (IOException e) {
            isGone = true;
        }
        turn.clear();
    }
}
