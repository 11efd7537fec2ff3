package peerchat.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import peerchat.text.ByteRange;
import peerchat.text.Columns;
import peerchat.text.Text;
import peerchat.users.Sender;

/**
 * The console's output. The lines of a turn are collected and written at once: messages as {@code sender: text} (P2),
 * and notices, which begin with a star. On a terminal they go above the line that is being typed. There only the first
 * row of a line begins in the first column. So no part of a message can look like a message of another friend.
 */
public final class Screen {
    private static final int FIRST_SIZE = 512;
    /** Bytes after which the lines are written: ten connections' buffers, escaped, would be many megabytes. */
    private static final int LARGE = 64 * 1024;

    private final OutputStream out;
    private final Style style;
    private final Optional<Prompt> prompt;
    /** The lines that were collected, in the first {@code length} bytes. */
    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;
    /** The label of {@code labelled}, the sender of the last message. */
    private byte[] label = {};
    private Optional<Sender> labelled = Optional.empty();
    private boolean isGone;

    /** @param prompt the line that is being typed, on a terminal */
    Screen(OutputStream out, Style style, Optional<Prompt> prompt) {
        this.out = out;
        this.style = style;
        this.prompt = prompt;
    }

    public void message(Sender sender, ByteRange text) {
        if (length > LARGE) {
            flush();
        }
        if (labelled.isEmpty() || labelled.get() != sender) {
            label = style.label(sender);
            labelled = Optional.of(sender);
        }
        int begin = length;
        if (style.hasTimes()) {
            append(style.time());
        }
        int before = length - begin;
        ByteRange shown = text.isPlain() ? text : ByteRange.of(Text.visible(text.text()));
        if (before + label.length + shown.to() - shown.from() > columns()) { // no character has more columns than bytes
            shown = ByteRange.of(Columns.inRows(shown.text(), before + Style.labelColumns(sender), columns()));
        }
        int size = shown.to() - shown.from();
        makeRoom(label.length + size);
        System.arraycopy(label, 0, bytes, length, label.length);
        System.arraycopy(shown.bytes(), shown.from(), bytes, length + label.length, size);
        length += label.length + size + 1;
        bytes[length - 1] = '\n';
    }

    private int columns() {
        return prompt.isPresent() ? prompt.get().columns() : Integer.MAX_VALUE;
    }

    public void notice(String text) {
        escaped("* " + Text.visible(text));
    }

    /** Shows a notice or a line of the trace, in which control characters are escaped already. */
    void escaped(String line) {
        line(style.notice(inRows(line)));
    }

    /** Shows a line that the user has entered, because the prompt does not show it any more. */
    void typed(String text) {
        line(inRows(Text.visible(text)).getBytes(StandardCharsets.UTF_8));
    }

    private String inRows(String line) {
        return prompt.isPresent() ? Columns.inRows(line, 0, columns()) : line;
    }

    private void line(byte[] text) {
        if (length > LARGE) {
            flush();
        }
        append(text);
        bytes[length++] = '\n';
    }

    private void append(byte[] all) {
        makeRoom(all.length);
        System.arraycopy(all, 0, bytes, length, all.length);
        length += all.length;
    }

    /** Makes room for some bytes and the end of the line. */
    private void makeRoom(int count) {
        if (length + count >= bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count + 1));
        }
    }

    /** Returns true if nobody reads the console any more: it is a closed pipe, for instance. */
    public boolean isGone() {
        return isGone;
    }

    /** Shows the lines that were collected, and hides the prompt. */
    public void flushWithoutPrompt() {
        prompt.ifPresent(Prompt::hide);
        show();
    }

    /** Shows the lines that were collected. */
    public void flush() {
        if (length > 0 || prompt.isPresent() && prompt.get().hasChanged()) {
            show();
        }
    }

    private void show() {
        try {
            if (prompt.isPresent()) {
                prompt.get().write(bytes, length, out);
            } else {
                out.write(bytes, 0, length);
                out.flush();
            }
        } catch (IOException e) {
            isGone = true;
        }
        length = 0;
        if (bytes.length > 4 * LARGE) {
            bytes = new byte[FIRST_SIZE]; // a large buffer is needed rarely
        }
    }
}
