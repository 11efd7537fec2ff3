package bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import support.Table;

/** A program under measurement, as a process, with the friends that the driver plays. Closing it kills it. */
final class Running implements AutoCloseable {

    /** The name of the measured program's user; its friends are f1 to f5. */
    static final String ME = "me";

    private final Process process;
    private final Table table;
    private final Tap screen;
    private final List<SocketChannel> friends = new ArrayList<>();

    private Running(List<String> command, Table table) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("TERM", "xterm");
        builder.environment().put("NO_COLOR", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        this.process = builder.start();
        this.table = table;
        this.screen = new Tap(process.getInputStream());
    }

    /** Whether there is {@code script} of util-linux, which opens a pseudo-terminal. */
    static boolean canOpenTerminal() {
        try {
            Process script = new ProcessBuilder("script", "--version").start();
            return new String(script.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).contains("util-linux");
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts the chat on a pseudo-terminal and waits for its prompt. */
    static Running startOnTerminal() throws IOException {
        Table table = withFriends();
        String command = "stty cols 80; exec " + String.join(" ", Program.JAVA.command(table, ME));
        Running running = new Running(List.of("script", "-qefc", command, "/dev/null"), table);
        running.screen.awaitLineWith("/quit leaves");
        running.screen.spin();
        return running;
    }

    private static Table withFriends() {
        return Table.of(ME, "f1", "f2", "f3", "f4", "f5");
    }

    /** Starts a program and waits until it listens. */
    static Running start(Program program) throws IOException {
        Table table = withFriends();
        Running running = new Running(program.command(table, ME), table);
        running.screen.awaitLineWith("/quit leaves");
        running.screen.spin();
        return running;
    }

    /** Starts another command, which is only watched. */
    static Running start(List<String> command) throws IOException {
        return new Running(command, Table.of(ME));
    }

    /** That many friends, from f1 on, connect and are heard. */
    void connectFriends(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel friend = SocketChannel.open(new InetSocketAddress(table.host(ME), table.port(ME)));
            friend.setOption(StandardSocketOptions.TCP_NODELAY, true);
            friends.add(friend);
            friend.write(ByteBuffer.wrap((name(i) + "/here\n").getBytes(StandardCharsets.UTF_8)));
            screen.awaitLineWith(name(i) + ": here");
        }
    }

    /** They leave, and it is noticed. */
    void disconnectFriends() throws IOException {
        for (SocketChannel friend : friends) {
            friend.shutdownOutput();
            friend.socket().setSoTimeout(10_000);
            if (friend.socket().getInputStream().read() >= 0) {
                throw new IOException("a friend who leaves was sent something");
            }
            friend.close();
        }
        friends.clear();
    }

    /** The name of a friend, counted from 0. */
    static String name(int friend) {
        return "f" + (friend + 1);
    }

    Table table() {
        return table;
    }

    List<SocketChannel> friends() {
        return friends;
    }

    Tap screen() {
        return screen;
    }

    /** The output itself, for what is too much to be taken line by line. */
    InputStream output() {
        return process.getInputStream();
    }

    OutputStream keyboard() {
        return process.getOutputStream();
    }

    /** Nanoseconds of CPU that all threads have used. */
    long cpuNanos() throws IOException {
        long sum = 0;
        try (Stream<Path> tasks = Files.list(proc("task"))) {
            for (Path task : tasks.toList()) {
                sum += Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
            }
        }
        return sum;
    }

    /** The most memory that was ever resident, in MiB. */
    double peakMebibytes() throws IOException {
        String kilobytes = Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow().replaceAll("\\D", "");
        return Long.parseLong(kilobytes) / 1024.0;
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel friend : friends) {
            friend.close();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
