package peerchat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the user sits: a keyboard and a screen. On a terminal, lines are edited here, below what arrives; everywhere
 * else, and where {@code --plain} asks for it, lines come and go as they are.
 */
record Seat(Keyboard keyboard, Screen screen, Optional<Terminal> terminal) {

    static Seat find(Options options, User me, UserTable table) {
        Optional<Terminal> terminal = options.plain() ? Optional.empty() : Terminal.find();
        boolean isColoured = terminal.isPresent() && Look.wantsColour();
        Look look = new Look(isColoured, options.timestamps(), table.users());
        if (terminal.isPresent()) {
            return on(terminal.get(), look, me, table.friendsOf(me));
        }
        return new Seat(Keyboard.ofStandardInput(new WholeLines()), Screen.ofStandardOutput(look, Below.NOTHING),
                terminal);
    }

    private static Seat on(Terminal terminal, Look look, User me, List<User> friends) {
        EditedLine line = new EditedLine();
        Prompt prompt = new Prompt(me.name(), terminal, line);
        Screen screen = Screen.ofStandardOutput(look, prompt);
        List<String> completions = new ArrayList<>(List.of("/users", "/help", "/quit"));
        friends.forEach(friend -> completions.add(friend.name() + "/"));
        LineEditor editor = new LineEditor(line, prompt, terminal, screen, completions);
        return new Seat(Keyboard.ofStandardInput(editor), screen, Optional.of(terminal));
    }

    /** Where the trace goes: to standard error, and above the typed line where that is the same terminal. */
    Consumer<String> teller() {
        if (terminal.isPresent() && terminal.get().isStandardErrorToo()) {
            return screen::trace;
        }
        PrintStream errors = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        return line -> errors.print(line + "\n");
    }

    void takePlace() {
        if (terminal.isPresent()) {
            terminal.get().keyByKey();
        }
    }

    /** Leaves everything as it was found. May be called from any thread, and twice. */
    void leave() {
        if (terminal.isPresent()) {
            terminal.get().close();
        }
    }
}
