package support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A pane of tmux: a second opinion on what a terminal makes of what the chat writes. */
public final class Tmux implements TestTerminal {

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

    static Tmux orSkip(int columns, List<String> command) {
        assumeTrue(Session.isOnPath("tmux"), "a second opinion on the terminal needs tmux");
        return new Tmux(columns, command);
    }

    @Override
    public void type(String text) {
        tmux("send-keys", "-t", "chat", "-l", text);
    }

    @Override
    public void press(String... keys) {
        List<String> command = new ArrayList<>(List.of("send-keys", "-t", "chat"));
        command.addAll(List.of(keys));
        tmux(command.toArray(String[]::new));
    }

    @Override
    public void send(byte... bytes) {
        List<String> command = new ArrayList<>(List.of("send-keys", "-t", "chat", "-H"));
        for (byte b : bytes) {
            command.add(String.format("%02x", b));
        }
        tmux(command.toArray(String[]::new));
    }

    @Override
    public List<String> rows() {
        return lines(tmux("capture-pane", "-t", "chat", "-p"));
    }

    @Override
    public List<String> allLines() {
        return TestTerminal.joined(lines(tmux("capture-pane", "-t", "chat", "-p", "-J", "-S", "-")).stream()
                .map(String::stripTrailing).toList());
    }

    @Override
    public int cursor() {
        return Integer.parseInt(told("#{cursor_x}"));
    }

    @Override
    public void resize(int columns) {
        tmux("resize-window", "-t", "chat", "-x", Integer.toString(columns));
    }

    @Override
    public void resizeAndPress(int columns, String key) {
        tmux("resize-window", "-t", "chat", "-x", Integer.toString(columns), ";", "send-keys", "-t", "chat", key);
    }

    @Override
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

    @Override
    public String file() {
        return told("#{pane_tty}");
    }

    @Override
    public ProcessHandle inside() {
        return inside;
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
        return argument.length() > 1 && argument.endsWith(";") ? argument.substring(0, argument.length() - 1) + "\\;"
                : argument;
    }
}
