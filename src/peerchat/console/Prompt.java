package peerchat.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import peerchat.text.Columns;
import peerchat.text.Text;

/**
 * The last row of a terminal: my name and the line that is being typed. Messages go above it (D4): one write erases the
 * row, shows the messages, and draws the row again. It scrolls sideways if the line is longer than the row.
 */
final class Prompt {
    private static final String ERASE = "\r\u001b[J";
    private static final String ERASE_REST_OF_ROW = "\u001b[K";
    /** Text that is wider than computed is cut off at the edge, and never becomes a second row. */
    private static final String NO_WRAPPING = "\u001b[?7l";
    private static final String WRAPPING = "\u001b[?7h";
    /** The terminal itself knows best in which column the cursor belongs. */
    private static final String SAVE_CURSOR = "\u001b7";
    private static final String RESTORE_CURSOR = "\u001b8";

    private static final String END = "> ";
    private static final String SHORT = ">";
    private static final char MORE_BEFORE = '<';
    private static final char MORE_AFTER = '>';
    private static final int NARROWEST = 8;

    private final String name;
    private final Terminal terminal;
    private final EditedLine line;
    /** Index of the first character of the line that is visible. */
    private int first;
    private boolean isDrawn;
    private boolean isHidden;
    private boolean hasChanged = true;

    Prompt(String name, Terminal terminal, EditedLine line) {
        this.name = name;
        this.terminal = terminal;
        this.line = line;
    }

    /** My name, as it stands before the line. */
    String text() {
        return Text.visible(name) + END;
    }

    void changed() {
        hasChanged = true;
    }

    /** Returns true if the row would look different now. */
    boolean hasChanged() {
        return hasChanged || terminal.mayHaveChanged();
    }

    /** The columns of a row without the last column: terminals differ when text reaches it. */
    int columns() {
        if (terminal.mayHaveChanged()) {
            terminal.update();
            first = 0;
        }
        return Math.max(NARROWEST, terminal.columns()) - 1;
    }

    /** Writes lines above the prompt: the first {@code count} bytes. */
    void write(byte[] lines, int count, OutputStream out) throws IOException {
        int columns = columns();
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        boolean isOurs = terminal.isOurs();
        if (isDrawn && isOurs) { // else the shell has overwritten the prompt
            put(frame, ERASE);
        }
        frame.write(lines, 0, count);
        isDrawn = !isHidden && isOurs;
        if (isDrawn) {
            put(frame, row(columns));
        }
        hasChanged = false;
        frame.writeTo(out);
        out.flush();
    }

    /** Hides the prompt from the next write on. */
    void hide() {
        isHidden = true;
        hasChanged = true;
    }

    void show() {
        isHidden = false;
        hasChanged = true;
    }

    private String row(int columns) {
        String begin = text();
        if (Columns.of(begin, 0, begin.length()) > columns / 2) {
            begin = SHORT + " ";
        }
        int room = columns - Columns.of(begin, 0, begin.length());
        scroll(room);
        if (first > 0) {
            begin = begin.substring(0, begin.length() - 1) + MORE_BEFORE;
        }
        CharSequence text = line.characters();
        int toCursor = Columns.of(text, first, line.cursor());
        int last = Columns.end(text, line.cursor(), room - toCursor);
        String more = "";
        if (last < line.length()) {
            last = Columns.end(text, line.cursor(), room - toCursor - 1);
            more = String.valueOf(MORE_AFTER);
        }
        return "\r" + NO_WRAPPING + begin + Text.visible(text.subSequence(first, line.cursor()).toString())
                + SAVE_CURSOR + Text.visible(text.subSequence(line.cursor(), last).toString()) + more
                + ERASE_REST_OF_ROW + RESTORE_CURSOR + WRAPPING;
    }

    /** Scrolls if the cursor has left the visible part, so that some text is visible on both sides of the cursor. */
    private void scroll(int room) {
        int cursor = line.cursor();
        if (line.length() < room && Columns.of(line.characters(), 0, line.length()) < room) {
            first = 0;
        } else if (first > 0 && cursor <= first) {
            first = backFrom(cursor, room / 4);
        } else if (Columns.of(line.characters(), first, cursor) > room - 1) {
            first = backFrom(cursor, room * 3 / 4);
        }
    }

    private int backFrom(int from, int columns) {
        CharSequence text = line.characters();
        int at = from;
        for (int left = columns; at > 0 && left > 0;) {
            int character = Character.codePointBefore(text, at);
            at -= Character.charCount(character);
            left -= Columns.of(character);
        }
        return at;
    }

    private static void put(ByteArrayOutputStream frame, String text) {
        frame.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
