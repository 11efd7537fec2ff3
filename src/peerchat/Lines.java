package peerchat;

import java.io.IOException;
import java.io.OutputStream;
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
        append(said.shown(), 0, said.shown().length);
        append(text.isPlain() ? text : Span.of(Text.visible(text.text())));
        end();
    }

    void notice(String text) {
        append(look.beforeNotice());
        append(Span.of("* " + Text.visible(text)));
        append(look.afterNotice());
        end();
    }

    void typed(String text) {
        append(Span.of(Text.visible(text)));
        end();
    }

    void add(Lines others) {
        append(others.bytes, 0, others.length);
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

    private void append(byte[] all) {
        append(all, 0, all.length);
    }

    private void append(Span span) {
        append(span.bytes(), span.from(), span.length());
    }

    private void append(byte[] from, int start, int count) {
        if (length + count >= bytes.length) { // one more is left for the end of the line
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count + 1));
        }
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    private void end() {
        bytes[length++] = '\n';
    }
}
