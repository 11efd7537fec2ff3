package peerchat.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import peerchat.text.Text;
import peerchat.users.User;
import peerchat.users.UserTable;

/**
 * The user's keyboard, the reader that makes lines of its bytes, and the screen. On a terminal, this program edits the
 * typed line, below the messages. Everywhere else, and with {@code --plain}, lines come and go as they are.
 */
public record Console(StandardInput keyboard, LineReader lines, Screen screen, Optional<Terminal> terminal) {
    /** @param hasTimes whether the local time stands before each message */
    public static Console find(boolean isPlain, boolean hasTimes, User me, UserTable table) {
        Optional<Terminal> terminal = isPlain ? Optional.empty() : Terminal.find();
        Style style = new Style(terminal.isPresent() && Style.wantsColour(), hasTimes, table.users());
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        if (terminal.isEmpty()) {
            Screen screen = new Screen(out, style, Optional.empty());
            LineReader lines = new WholeLines(screen);
            return new Console(new StandardInput(lines, screen), lines, screen, terminal);
        }
        EditedLine line = new EditedLine();
        Prompt prompt = new Prompt(me.name(), terminal.get(), line);
        Screen screen = new Screen(out, style, Optional.of(prompt));
        List<String> completions = new ArrayList<>(List.of("/users", "/help", "/quit"));
        table.friendsOf(me).forEach(friend -> completions.add(Text.composed(friend.name()) + "/"));
        LineEditor editor = new LineEditor(line, prompt, terminal.get(), screen, completions);
        return new Console(new StandardInput(editor, screen), editor, screen, terminal);
    }

    /** A writer for lines of a trace: to standard error, or above the typed line if that is the same terminal. */
    public Consumer<String> traceWriter() {
        if (terminal.isPresent() && terminal.get().isStandardErrorToo()) {
            return screen::escaped;
        }
        PrintStream errors = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        return line -> errors.print(line + "\n");
    }

    public void begin() {
        terminal.ifPresent(Terminal::keyByKey);
    }

    /** Puts the terminal back into the mode that was found. May be called from any thread, and twice. */
    public void end() {
        terminal.ifPresent(Terminal::close);
    }
}
