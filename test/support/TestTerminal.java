package support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A terminal with somebody at its keyboard. Closing it ends what runs in it. */
public interface TestTerminal extends AutoCloseable {

    int ROWS = 24;

    /** What the chat puts before each row of a line but the first. */
    String INDENTATION = "    ";

    /** The two kinds that there are: they differ in what becomes of a long row when the window becomes narrower. */
    enum Kind {
        /** It cuts the row off, as xterm does. Every machine has it. */
        EMULATED,
        /** It breaks the row into several, as most terminals do. It also shows combining marks. */
        TMUX;

        /** Starts a command on a terminal of that many columns. Skips the test if this machine has no such terminal. */
        public TestTerminal run(int columns, List<String> command) {
            return this == TMUX ? Tmux.orSkip(columns, command) : EmulatedTerminal.run(columns, command);
        }

        /** Starts a user's chat, and waits for its prompt. */
        public TestTerminal chat(int columns, Table table, String name, String... options) {
            return atPrompt(run(columns, chatOf(table, name, options)), name);
        }
    }

    /** The command that starts a user's chat. */
    static List<String> chatOf(Table table, String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(Integer.toString(table.port(name)));
        return Peer.program(table.file(), arguments.toArray(String[]::new)).command();
    }

    /** Waits for the user's prompt. */
    static <T extends TestTerminal> T atPrompt(T terminal, String name) {
        try {
            terminal.awaitRow((name + ">")::equals);
            return terminal;
        } catch (AssertionError e) {
            terminal.close();
            throw e;
        }
    }

    /** Types text as it is. */
    void type(String text);

    /** Presses keys, by the names that tmux has for them: {@code Enter}, {@code C-a}, {@code Left}. */
    void press(String... keys);

    /** Sends bytes as a keyboard would, all at once. */
    void send(byte... bytes);

    /** Pastes a text that may be long. */
    void paste(String text);

    /** The rows that can be seen, without the empty ones at the end. */
    List<String> rows();

    /**
     * All lines that were shown, those that have scrolled away too; rows that belong to one line are one. A blank at
     * the end of a row is not there.
     */
    List<String> allLines();

    /** Joins the rows that the chat has indented with those that they continue. */
    static List<String> joined(List<String> rows) {
        List<String> lines = new ArrayList<>();
        for (String row : rows) {
            if (row.startsWith(INDENTATION) && !lines.isEmpty()) {
                lines.add(lines.remove(lines.size() - 1) + row.substring(INDENTATION.length()));
            } else {
                lines.add(row);
            }
        }
        return lines;
    }

    /** The column of the cursor, from 0. */
    int cursor();

    void resize(int columns);

    /** Both at once. */
    void resizeAndPress(int columns, String key);

    /** The file that is this terminal. */
    String file();

    /** The process that was started in the terminal. */
    ProcessHandle inside();

    @Override
    void close();

    /** The last row that is not empty. */
    default String lastRow() {
        List<String> rows = rows();
        return rows.get(rows.size() - 1);
    }

    /** The terminal's settings, as {@code stty -g} tells them. */
    default String mode() {
        return runAside("stty -g").strip();
    }

    /** Runs a command of the shell whose standard input is this terminal, and tells its output. */
    default String runAside(String command) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", command).redirectInput(new File(file())).start();
            return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    default void awaitRow(Predicate<String> wanted) {
        Await.until(() -> rows().stream().anyMatch(wanted), () -> "no such row in " + rows());
    }

    default void awaitRows(List<String> wanted) {
        Await.until(() -> rows().equals(wanted), () -> "not the rows " + wanted + " but " + rows());
    }

    default void awaitLastRow(String wanted) {
        Await.until(() -> lastRow().equals(wanted), () -> "the last row is not \"" + wanted + "\" in " + rows());
    }

    default void awaitLastRow(Predicate<String> wanted) {
        Await.until(() -> wanted.test(lastRow()), () -> "another last row is wanted than in " + rows());
    }

    /** Waits until the last row that is not empty is this one, and the cursor stands in that column. */
    default void awaitLastRow(String wanted, int column) {
        Await.until(() -> lastRow().equals(wanted) && cursor() == column,
                () -> "not \"" + wanted + "\" with the cursor in column " + column + ", but in " + cursor() + " of "
                        + rows());
    }
}
