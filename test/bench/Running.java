package bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import support.PseudoTerminal;
import support.Stranger;
import support.Table;

/** A program under measurement, as a process, with the friends that the driver plays. Closing it kills it. */
final class Running implements AutoCloseable {

    /** The name of the measured program's user; its friends are f1 to f5. */
    static final String ME = "me";

    private final Process process;
    private final Table table;
    private final InputStream output;
    private final OutputStream keyboard;
    private final Tap screen;
    /** The connections of friends, by number: f1 is 0. */
    private final Map<Integer, SocketChannel> friends = new TreeMap<>();
    private final List<Socket> clientSockets = new ArrayList<>();

    private Running(Process process, Table table, InputStream output, OutputStream keyboard) {
        this.process = process;
        this.table = table;
        this.output = output;
        this.keyboard = keyboard;
        this.screen = new Tap(output);
    }

    private static Process start(List<String> command, String terminalType) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("TERM", terminalType);
        builder.environment().put("NO_COLOR", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private static Running onPipes(List<String> command, Table table) throws IOException {
        Process process = start(command, "dumb");
        return new Running(process, table, process.getInputStream(), process.getOutputStream());
    }

    /** Starts the chat on a pseudo-terminal, which is left to the end of this process, and waits for its prompt. */
    static Running startOnTerminal() throws IOException {
        Table table = withFriends();
        PseudoTerminal terminal = PseudoTerminal.open();
        terminal.setSize(80, 24);
        Process process = start(terminal.running(Program.JAVA.command(table, ME)), "xterm");
        Running running = new Running(process, table, terminal.screen(), terminal.keyboard());
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
        return start(program.command(table, ME), table);
    }

    /** The same of a chat that was built in another way. */
    static Running start(Path jar) throws IOException {
        Table table = withFriends();
        return start(Program.command(jar, table, ME), table);
    }

    private static Running start(List<String> command, Table table) throws IOException {
        Running running = onPipes(command, table);
        running.screen.awaitLineWith("/quit leaves");
        running.screen.spin();
        return running;
    }

    /** Starts another command, which is only watched. */
    static Running start(List<String> command) throws IOException {
        return onPipes(command, Table.of(ME));
    }

    /** That many friends, from f1 on, connect and are heard. */
    void connectFriends(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            connect(i);
            friends.get(i).write(ByteBuffer.wrap((name(i) + "/here\n").getBytes(StandardCharsets.UTF_8)));
            screen.awaitLineWith(name(i) + ": here");
        }
    }

    /** A friend connects, and says nothing yet. */
    void connect(int friend) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(table.host(ME), table.port(ME)));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        friends.put(friend, channel);
    }

    /** That many friends, from f1 on, are written to, so that the program has a client socket to each. */
    void takeClientSockets(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (ServerSocket server = Stranger.listen(table, name(i))) {
                keyboard.write((name(i) + "/here\n").getBytes(StandardCharsets.UTF_8));
                keyboard.flush();
                Socket socket = server.accept();
                clientSockets.add(socket);
                while (socket.getInputStream().read() != '\n') {
                    continue;
                }
            }
            screen.awaitLineWith("* connected to " + name(i));
        }
    }

    /** They leave, and it is noticed. */
    void disconnectFriends() throws IOException {
        for (int friend : List.copyOf(friends.keySet())) {
            disconnect(friend);
        }
    }

    /** A friend leaves, and it is noticed. */
    void disconnect(int number) throws IOException {
        SocketChannel friend = friends.remove(number);
        friend.shutdownOutput();
        friend.socket().setSoTimeout(10_000);
        if (friend.socket().getInputStream().read() >= 0) {
            throw new IOException("a friend who leaves was sent something");
        }
        friend.close();
    }

    /** The name of a friend, counted from 0. */
    static String name(int friend) {
        return "f" + (friend + 1);
    }

    Table table() {
        return table;
    }

    /** The connection of a friend, by number. */
    SocketChannel friend(int number) {
        return friends.get(number);
    }

    /** The friends who are connected, by number. */
    List<Integer> connected() {
        return List.copyOf(friends.keySet());
    }

    /** How many friends are connected. */
    int friends() {
        return friends.size();
    }

    /** The far ends of the program's client sockets. */
    List<Socket> clientSockets() {
        return clientSockets;
    }

    Tap screen() {
        return screen;
    }

    /** The output itself, for what is too much to be taken line by line. */
    InputStream output() {
        return output;
    }

    OutputStream keyboard() {
        return keyboard;
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
        for (SocketChannel friend : friends.values()) {
            friend.close();
        }
        for (Socket socket : clientSockets) {
            socket.close();
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
