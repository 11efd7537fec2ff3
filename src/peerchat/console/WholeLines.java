package peerchat.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import peerchat.text.Text;

/** Plain mode: lines come from a file or a pipe, or from a terminal that edits them itself. (P3.1) */
final class WholeLines implements LineReader {

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean isTooLong;

    @Override
    public boolean isHere() {
        return true;
    }

    @Override
    public void take(byte[] typed, int count, Consumer<Entered> commands) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (typed[i] == '\n') {
                append(typed, start, i);
                finish(commands);
                start = i + 1;
            }
        }
        append(typed, start, count);
    }

    @Override
    public void end(Consumer<Entered> commands) {
        if (line.size() > 0) {
            finish(commands);
        }
    }

    @Override
    public String unfinished() {
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void bringBack(String notDelivered) {
        // Nothing can be edited here, so nothing comes back.
    }

    private void append(byte[] typed, int from, int to) {
        int room = StandardInput.LONGEST_LINE - line.size();
        isTooLong |= to - from > room;
        line.write(typed, from, Math.min(room, to - from));
    }

    private void finish(Consumer<Entered> commands) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        commands.accept(isTooLong ? new Entered(Entered.Kind.TOO_LONG, Text.excerpt(text))
                : Entered.line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text));
        isTooLong = false;
    }
}
