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
        turn.append(Text.visible(sender)).append(": ").append(Text.visible(text)).append('\n');
    }

    void notice(String text) {
        turn.append("* ").append(Text.visible(text)).append('\n');
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
