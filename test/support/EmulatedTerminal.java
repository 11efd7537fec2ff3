package support;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jline.terminal.Size;
import org.jline.utils.ScreenTerminal;
import org.jline.utils.ScreenTerminalOutputStream;

/**
 * A pseudo-terminal, with JLine's emulator as its screen. A second screen gets the same bytes. It is so wide that no
 * line is broken there: it knows the whole lines. Neither screen has a place for combining marks: they are left out.
 */
public final class EmulatedTerminal implements TestTerminal {

    private static final int WIDE = 1024;

    private static final Map<String, String> KEYS = Map.ofEntries(Map.entry("Enter", "\r"), Map.entry("Tab", "\t"),
            Map.entry("BSpace", "\u007f"), Map.entry("DC", "\u001b[3~"), Map.entry("IC", "\u001b[2~"),
            Map.entry("PPage", "\u001b[5~"), Map.entry("Up", "\u001b[A"), Map.entry("Down", "\u001b[B"),
            Map.entry("Right", "\u001b[C"), Map.entry("Left", "\u001b[D"), Map.entry("Home", "\u001b[H"),
            Map.entry("End", "\u001b[F"), Map.entry("C-Left", "\u001b[1;5D"), Map.entry("S-Left", "\u001b[1;2D"),
            Map.entry("M-Left", "\u001b[1;3D"), Map.entry("F1", "\u001bOP"), Map.entry("F5", "\u001b[15~"),
            Map.entry("F12", "\u001b[24~"), Map.entry("C-F5", "\u001b[15;5~"), Map.entry("S-F3", "\u001b[1;2R"));

    private final PseudoTerminal terminal;
    private final ScreenTerminal screen;
    private final ScreenTerminal wideScreen = new ScreenTerminal(WIDE, ROWS);
    private final Process process;
    private final Thread reader = new Thread(this::readScreen, "the screen of a terminal");

    private EmulatedTerminal(int columns, List<String> command) throws IOException {
        terminal = PseudoTerminal.open();
        terminal.setSize(columns, ROWS);
        screen = new ScreenTerminal(columns, ROWS);
        ProcessBuilder builder = new ProcessBuilder(terminal.running(command));
        builder.environment().keySet().removeAll(List.of("NO_COLOR", "COLUMNS", "LINES"));
        builder.environment().put("TERM", "xterm");
        try {
            process = builder.start();
        } catch (IOException e) {
            terminal.close();
            throw e;
        }
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a command on a terminal of that many columns. */
    public static EmulatedTerminal run(int columns, List<String> command) {
        try {
            return new EmulatedTerminal(columns, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a user's chat, and waits for its prompt. */
    public static EmulatedTerminal chat(int columns, Table table, String name, String... options) {
        return TestTerminal.atPrompt(run(columns, TestTerminal.chatOf(table, name, options)), name);
    }

    private void readScreen() {
        try (InputStream shown = terminal.screen();
                // It also types, as terminals do, if the program asks where the cursor is.
                OutputStream toScreen = new ScreenTerminalOutputStream(screen, StandardCharsets.UTF_8,
                terminal.keyboard());
                OutputStream toWideScreen = new ScreenTerminalOutputStream(wideScreen, StandardCharsets.UTF_8,
                        OutputStream.nullOutputStream())) {
            byte[] part = new byte[8192];
            for (int count = shown.read(part); count >= 0; count = shown.read(part)) {
                toWideScreen.write(part, 0, count);
                toWideScreen.flush();
                toScreen.write(part, 0, count);
                toScreen.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void type(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void press(String... keys) {
        for (String key : keys) {
            type(bytesOf(key));
        }
    }

    private static String bytesOf(String key) {
        if (KEYS.containsKey(key)) {
            return KEYS.get(key);
        }
        if (key.length() != 3) {
            throw new IllegalArgumentException("no key is named " + key);
        }
        return switch (key.substring(0, 2)) {
            case "C-" -> String.valueOf((char) (key.charAt(2) & 0x1f));
            case "M-" -> "\u001b" + key.charAt(2);
            default -> throw new IllegalArgumentException("no key is named " + key);
        };
    }

    @Override
    public void send(byte... bytes) {
        try {
            terminal.type(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void paste(String text) {
        type(text);
    }

    @Override
    public List<String> rows() {
        return text(visible(screen));
    }

    /** The rows with their styles: the code of a colour, or 2 for faint, stands in angle brackets before each part. */
    public List<String> styledRows() {
        return visible(screen).map(EmulatedTerminal::styled).toList();
    }

    @Override
    public List<String> allLines() {
        synchronized (wideScreen) {
            return TestTerminal.joined(text(Stream.concat(wideScreen.getHistory().stream(), visible(wideScreen))));
        }
    }

    @Override
    public int cursor() {
        synchronized (screen) {
            int[] cursor = new int[2];
            screen.dump(new long[screen.getColumns() * screen.getRows()], cursor);
            return cursor[0];
        }
    }

    @Override
    public void resize(int columns) {
        screen.setSize(Size.of(columns, ROWS));
        terminal.setSize(columns, ROWS);
    }

    @Override
    public void resizeAndPress(int columns, String key) {
        resize(columns);
        press(key);
    }

    @Override
    public String file() {
        return terminal.name();
    }

    @Override
    public ProcessHandle inside() {
        return process.toHandle();
    }

    @Override
    public void close() {
        try {
            Libc.CALL.kill((int) process.pid(), Libc.SIGSTOP); // a shell could begin its next command meanwhile
        } catch (LastErrorException e) {
            // it has ended already
        }
        List<ProcessHandle> running = Stream.concat(process.descendants(), Stream.of(inside())).toList();
        running.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        terminal.hangUp();
        Await.until(() -> !reader.isAlive(), () -> "somebody still has the terminal of " + running);
        terminal.close();
    }

    private static Stream<long[]> visible(ScreenTerminal screen) {
        synchronized (screen) {
            int columns = screen.getColumns();
            long[] cells = new long[columns * screen.getRows()];
            screen.dump(cells, new int[2]);
            return IntStream.range(0, screen.getRows())
                    .mapToObj(row -> Arrays.copyOfRange(cells, row * columns, (row + 1) * columns));
        }
    }

    /** Without the blanks at the end of rows, and without the empty rows at the end. */
    private static List<String> text(Stream<long[]> rows) {
        List<String> text = new ArrayList<>(rows.map(EmulatedTerminal::plain).toList());
        while (text.size() > 1 && text.get(text.size() - 1).isEmpty()) {
            text.remove(text.size() - 1);
        }
        return text;
    }

    private static String plain(long[] row) {
        StringBuilder text = new StringBuilder();
        for (long cell : row) {
            append(text, cell);
        }
        return text.toString().stripTrailing();
    }

    private static String styled(long[] row) {
        StringBuilder text = new StringBuilder();
        String style = "";
        for (long cell : row) {
            String next = (ScreenTerminal.cellDim(cell) ? "<2>" : "") + (ScreenTerminal.cellHasForeground(cell)
                    ? String.format("<#%03x>", ScreenTerminal.cellForeground(cell)) : "");
            if (!next.equals(style)) {
                text.append(next.isEmpty() ? "<0>" : next);
                style = next;
            }
            append(text, cell);
        }
        return text.toString().stripTrailing();
    }

    /** The second half of a wide character is a cell without one. */
    private static void append(StringBuilder text, long cell) {
        int character = ScreenTerminal.cellCodePoint(cell);
        if (character != 0) {
            text.appendCodePoint(character);
        }
    }
}
