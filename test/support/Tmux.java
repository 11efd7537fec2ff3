package support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real terminal of its own, with somebody at its keyboard: tmux. Closing it ends what runs in it. */
public final class Tmux implements AutoCloseable {

    private static final int ROWS = 24;

    private final Path folder;
    private final ProcessHandle inside;

    private Tmux(int columns, List<String> command) {
        try {
            folder = Files.createTempDirectory("tmux");
            Files.writeString(folder.resolve("conf"), "set -g history-limit 20000\nset -g escape-time 0\n"
                    + "set -g remain-on-exit on\nset -g default-shell /bin/sh\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> session = new ArrayList<>(List.of("new-session", "-d", "-x", Integer.toString(columns), "-y",
                Integer.toString(ROWS), "-s", "chat"));
        session.addAll(command);
        tmux(session.toArray(String[]::new));
        inside = ProcessHandle.of(Long.parseLong(told("#{pane_pid}"))).orElseThrow();
    }

    /** Starts a command on a terminal of that many columns. The test is skipped where there is no tmux. */
    public static Tmux run(int columns, List<String> command) {
        assumeTrue(isThere(), "needs tmux, for a real terminal");
        return new Tmux(columns, command);
    }

    /** Starts a user's chat, and waits for its prompt. */
    public static Tmux chat(int columns, Table table, String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(Integer.toString(table.port(name)));
        Tmux terminal = run(columns, Peer.program(table.file(), arguments.toArray(String[]::new)).command());
        try {
            terminal.awaitRow((name + ">")::equals);
            return terminal;
        } catch (AssertionError e) {
            terminal.close();
            throw e;
        }
    }

    /** Types text as it is. */
    public void type(String text) {
        tmux("send-keys", "-t", "chat", "-l", text);
    }

    /** Presses keys, by tmux's names for them: {@code Enter}, {@code C-a}, {@code Left}. */
    public void press(String... keys) {
        List<String> command = new ArrayList<>(List.of("send-keys", "-t", "chat"));
        command.addAll(List.of(keys));
        tmux(command.toArray(String[]::new));
    }

    /** Sends bytes as a keyboard would, all at once. */
    public void send(byte... bytes) {
        List<String> command = new ArrayList<>(List.of("send-keys", "-t", "chat", "-H"));
        for (byte b : bytes) {
            command.add(String.format("%02x", b));
        }
        tmux(command.toArray(String[]::new));
    }

    /** The rows that can be seen, without the empty ones at the end. */
    public List<String> rows() {
        return lines(tmux("capture-pane", "-t", "chat", "-p"));
    }

    /** The last row that is not empty. */
    public String lastRow() {
        List<String> rows = rows();
        return rows.get(rows.size() - 1);
    }

    /** Everything that was shown, what has scrolled away too; rows that belong to one line are one. */
    public List<String> allLines() {
        return lines(tmux("capture-pane", "-t", "chat", "-p", "-J", "-S", "-")).stream().map(String::stripTrailing)
                .toList();
    }

    /** The rows with the escape sequences of their colours. */
    public List<String> colouredRows() {
        return lines(tmux("capture-pane", "-t", "chat", "-p", "-e"));
    }

    /** The column of the cursor, from 0. */
    public int cursor() {
        return Integer.parseInt(told("#{cursor_x}"));
    }

    public void resize(int columns) {
        tmux("resize-window", "-t", "chat", "-x", Integer.toString(columns));
    }

    /** Both at once. */
    public void resizeAndPress(int columns, String key) {
        tmux("resize-window", "-t", "chat", "-x", Integer.toString(columns), ";", "send-keys", "-t", "chat", key);
    }

    /** Pastes a text that may be long. */
    public void paste(String text) {
        Path file = folder.resolve("pasted");
        try {
            Files.writeString(file, text);
            tmux("load-buffer", file.toString(), ";", "paste-buffer", "-r", "-t", "chat");
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The terminal's settings, as {@code stty -g} tells them. */
    public String mode() {
        return run("stty -g").strip();
    }

    /** Runs a command of the shell whose standard input is this terminal, and tells its output. */
    public String run(String command) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", command).redirectInput(new File(told("#{pane_tty}"))).start();
            return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What runs in the terminal. */
    public ProcessHandle inside() {
        return inside;
    }

    public void awaitRow(Predicate<String> wanted) {
        Await.until(() -> rows().stream().anyMatch(wanted), () -> "no such row in " + rows());
    }

    public void awaitLastRow(String wanted) {
        awaitLastRow(wanted::equals);
    }

    public void awaitLastRow(Predicate<String> wanted) {
        Await.until(() -> wanted.test(lastRow()), () -> "another last row is wanted than in " + rows());
    }

    /** Waits until the last row that is not empty is this one, and the cursor stands in that column. */
    public void awaitLastRow(String wanted, int column) {
        Await.until(() -> lastRow().equals(wanted) && cursor() == column,
                () -> "not \"" + wanted + "\" with the cursor in column " + column + ", but in " + cursor() + " of "
                        + rows());
    }

    @Override
    public void close() {
        List<ProcessHandle> running = Stream.concat(Stream.of(inside), inside.descendants()).toList();
        tmux("kill-server");
        running.forEach(ProcessHandle::destroyForcibly);
        for (String file : List.of("conf", "socket", "")) {
            folder.resolve(file).toFile().delete();
        }
    }

    private static boolean isThere() {
        return Arrays.stream(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "tmux")));
    }

    private String told(String format) {
        return tmux("display-message", "-t", "chat", "-p", format).strip();
    }

    private static List<String> lines(String captured) {
        return Arrays.asList(captured.stripTrailing().split("\n"));
    }

    private String tmux(String... arguments) {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", folder.resolve("socket").toString(), "-u", "-f",
                folder.resolve("conf").toString()));
        command.addAll(Arrays.stream(arguments).map(Tmux::quoted).toList());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TMUX"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command.stream().collect(Collectors.joining(" ")) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A semicolon at the end of an argument would begin tmux's next command. */
    private static String quoted(String argument) {
        return argument.length() > 1 && argument.endsWith(";") ? argument.substring(0, argument.length() - 1) + "\\;" : argument;
    }
}
