package peerchat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Plain mode: lines come from a file or a pipe, or from a terminal that edits them itself. (P3.1) */
final class WholeLines implements Keyboard.Typing {

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean overflowed;

    @Override
    public boolean isHere() {
        return true;
    }

    @Override
    public void take(byte[] typed, int count, Keyboard.Reader reader) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (typed[i] == '\n') {
                append(typed, start, i);
                finish(reader);
                start = i + 1;
            }
        }
        append(typed, start, count);
    }

    @Override
    public void end(Keyboard.Reader reader) {
        if (line.size() > 0) {
            finish(reader);
        }
    }

    @Override
    public String unfinished() {
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void bringBack(String notDelivered) {
        // Where nothing can be edited, nothing comes back.
    }

    private void append(byte[] typed, int from, int to) {
        int room = Keyboard.LONGEST_LINE - line.size();
        overflowed |= to - from > room;
        line.write(typed, from, Math.min(room, to - from));
    }

    private void finish(Keyboard.Reader reader) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (overflowed) {
            overflowed = false;
            reader.tooLong(Text.excerpt(text));
        } else {
            reader.line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        }
    }
}
