package peerchat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines for the console, collected as bytes. Messages are {@code sender: text}, one a line (P2); notices begin with a
 * star, which no message does, for a sender is followed by a colon.
 */
final class Lines {

    private static final int FIRST_SIZE = 512;
    /** Bytes that are kept for the next lines; more were needed for an exception only. */
    private static final int LARGE = 256 * 1024;

    private final Look look;
    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;

    Lines(Look look) {
        this.look = look;
    }

    void message(Speaker.Said said, Span text) {
        if (look.hasTimes()) {
            append(look.time());
        }
        Span shown = text.isPlain() ? text : Span.of(Text.visible(text.text()));
        makeRoom(said.shown().length + shown.length());
        put(said.shown(), 0, said.shown().length);
        put(shown.bytes(), shown.from(), shown.length());
        end();
    }

    void notice(String text) {
        trace("* " + Text.visible(text));
    }

    /** A line of the trace, which is shown like a notice, and begins with a time. */
    void trace(String line) {
        append(look.beforeNotice());
        append(line);
        append(look.afterNotice());
        end();
    }

    void typed(String text) {
        append(Text.visible(text));
        end();
    }

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
        out.flush();
    }

    void clear() {
        length = 0;
        if (bytes.length > LARGE) {
            bytes = new byte[FIRST_SIZE];
        }
    }

    private void append(String text) {
        append(text.getBytes(StandardCharsets.UTF_8));
    }

    private void append(byte[] all) {
        makeRoom(all.length);
        put(all, 0, all.length);
    }

    /** For so many bytes, and for the end of the line. */
    private void makeRoom(int count) {
        if (length + count >= bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count + 1));
        }
    }

    private void put(byte[] from, int start, int count) {
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    private void end() {
        bytes[length++] = '\n';
    }
}
