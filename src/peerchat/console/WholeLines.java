package peerchat.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Plain mode: lines come from a file or a pipe, or from a terminal that edits them itself. (P3.1) */
final class WholeLines implements LineReader {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Screen screen;
    private boolean isTooLong;

    WholeLines(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void take(byte[] typed, int count, Consumer<String> lines) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (typed[i] == '\n') {
                append(typed, start, i);
                finish(lines);
                start = i + 1;
            }
        }
        if (start < count) {
            append(typed, start, count);
        }
    }

    @Override
    public void end(Consumer<String> lines) {
        if (line.size() > 0) {
            finish(lines);
        }
    }

    @Override
    public String unfinished() {
        return line.toString(StandardCharsets.UTF_8);
    }

    private void append(byte[] typed, int from, int to) {
        int room = StandardInput.LONGEST_LINE - line.size();
        isTooLong |= to - from > room;
        line.write(typed, from, Math.min(room, to - from));
    }

    private void finish(Consumer<String> lines) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (isTooLong) {
            StandardInput.reject(text, screen);
        } else {
            lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        }
        isTooLong = false;
    }
}
