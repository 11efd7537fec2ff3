package peerchat.console;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import peerchat.text.Text;

/** Edits the line that is typed on a terminal, key by key, below the messages that arrive (D4). */
final class LineEditor implements LineReader {
    private final Keys keys = new Keys();
    private final EditedLine line;
    private final History history = new History();
    private final Prompt prompt;
    private final Terminal terminal;
    private final Screen screen;
    private final List<String> completions;
    private boolean overflowed;
    /** Whether the terminal has announced pasted text, and not yet its end. */
    private boolean isInPaste;

    /** @param completions names and commands that Tab completes */
    LineEditor(EditedLine line, Prompt prompt, Terminal terminal, Screen screen, List<String> completions) {
        this.line = line;
        this.prompt = prompt;
        this.terminal = terminal;
        this.screen = screen;
        this.completions = completions;
    }

    @Override
    public void take(byte[] typed, int count, Consumer<String> lines) {
        boolean isPasted = count > 1;
        keys.take(typed, count, System.nanoTime(), this::insert, key -> press(key, isPasted, lines));
        prompt.changed();
    }

    @Override
    public String unfinished() {
        return line.text();
    }

    @Override
    public void bringBack(String notDelivered) {
        history.bringBack(notDelivered);
    }

    private void insert(String text) {
        int room = StandardInput.LONGEST_LINE - line.length();
        overflowed |= text.length() > room;
        line.insert(text.substring(0, Math.min(room, text.length())));
    }

    private void press(Keys.Key key, boolean isPasted, Consumer<String> lines) {
        switch (key) {
            case ENTER -> enter(lines);
            case TAB -> tab(isPasted);
            case PASTE_BEGINS, PASTE_ENDS -> isInPaste = key == Keys.Key.PASTE_BEGINS;
            case BACKSPACE -> line.cut(line.previous(), line.cursor());
            case DELETE -> line.cut(line.cursor(), line.next());
            case LEFT -> line.moveTo(line.previous());
            case RIGHT -> line.moveTo(line.next());
            case WORD_LEFT -> line.moveTo(line.wordStart());
            case WORD_RIGHT -> line.moveTo(line.wordEnd());
            case HOME -> line.moveTo(0);
            case END -> line.moveTo(line.length());
            case UP -> show(history.up(line.text()));
            case DOWN -> show(history.down(line.text()));
            case CUT_TO_START -> line.cut(0, line.cursor());
            case CUT_TO_END -> line.cut(line.cursor(), line.length());
            case CUT_WORD -> line.cut(line.wordStart(), line.cursor());
            case CTRL_D -> deleteOrLeave(lines);
            case REDRAW -> terminal.requestUpdate();
            case SUSPEND -> suspend();
            case NONE -> { } // never handed on
        }
        overflowed &= line.length() > 0;
    }

    private void show(String other) {
        line.set(other);
        overflowed = false;
    }

    private void enter(Consumer<String> lines) {
        String text = line.text();
        boolean isTooLong = overflowed || text.getBytes(StandardCharsets.UTF_8).length > StandardInput.LONGEST_LINE;
        show("");
        history.entered(text);
        if (isTooLong) {
            StandardInput.reject(text, screen);
        } else if (!text.isBlank()) {
            screen.typed(prompt.text() + text);
            lines.accept(text);
        }
    }

    private void deleteOrLeave(Consumer<String> lines) {
        if (line.length() == 0) {
            lines.accept("/quit");
        } else {
            line.cut(line.cursor(), line.next());
        }
    }

    private void tab(boolean isPasted) {
        int slash = line.indexOf("/");
        if (isInPaste) {
            insert("\t");
        } else if (slash <= 0 || slash >= line.cursor()) {
            complete();
        } else if (isPasted) {
            insert("\t");
        }
    }

    /** Completes the line as far as all names and commands with this beginning agree. */
    private void complete() {
        String begin = Text.composed(line.text().substring(0, line.cursor()));
        List<String> possible = completions.stream().filter(whole -> whole.startsWith(begin)).toList();
        String common = possible.stream().reduce(LineEditor::commonBeginning).orElse(begin);
        if (common.length() > begin.length()) {
            insert(common.substring(begin.length()));
        } else if (possible.size() > 1) {
            screen.notice("there are " + String.join(" ", possible));
        }
    }

    private static String commonBeginning(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }

    private void suspend() {
        screen.flushWithoutPrompt();
        terminal.suspend();
        prompt.show();
    }
}
