package peerchat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The console's output. Messages are {@code sender: text}, one a line (P2); notices begin with a star, which no
 * message does, for a sender is followed by a colon. What a turn shows is collected and written at once.
 */
final class Screen {

    private static final int LARGE = 64 * 1024;

    private final OutputStream out;
    private boolean isGone;
    private final StringBuilder turn = new StringBuilder();

    Screen(OutputStream out) {
        this.out = out;
    }

    static Screen ofStandardOutput() {
        return new Screen(new FileOutputStream(FileDescriptor.out));
    }

    void message(String sender, String text) {
        appendMessage(turn, sender, text);
        flushIfLarge();
    }

    /** Shows messages that were kept back as lines. */
    void lines(CharSequence lines) {
        turn.append(lines);
        flushIfLarge();
    }

    void notice(String text) {
        turn.append("* ");
        Text.appendVisible(turn, text);
        turn.append('\n');
        flushIfLarge();
    }

    /** Writes a message as the line that the console shows. */
    static void appendMessage(StringBuilder lines, String sender, String text) {
        Text.appendVisible(lines, sender);
        lines.append(": ");
        Text.appendVisible(lines, text);
        lines.append('\n');
    }

    /** Ten connections' buffers, escaped, would be many megabytes. */
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
        if (turn.length() == 0) {
            return;
        }
        byte[] bytes = turn.toString().getBytes(StandardCharsets.UTF_8);
        turn.setLength(0);
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            isGone = true;
        }
    }
}
