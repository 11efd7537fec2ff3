package chat.dialects;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import support.Await;
import support.Table;

/** A classmate's program, written in one dialect, with the habits of that dialect and no others. */
final class Classmate implements AutoCloseable {

    private static final int BUFFER = 4096;

    private final Habits dialect;
    private final Table table;
    private final String me;
    private final ServerSocket server = new ServerSocket();
    private final List<String> heard = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final Map<Socket, String> names = new ConcurrentHashMap<>();
    private final byte[] record = new byte[1024];
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    /** The connection that somebody made to this program last. */
    private Optional<Socket> connection = Optional.empty();
    private final Map<String, Socket> connections = new ConcurrentHashMap<>();
    private int said;

    Classmate(Habits dialect, Table table, String me) throws IOException {
        this.dialect = dialect;
        this.table = table;
        this.me = me;
        if (dialect.framing() == Habits.Framing.RECORD) {
            byte[] junk = "at nine, says carol\0\nbob has the keys\n/x: y\1".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < record.length; i++) {
                record[i] = junk[i % junk.length];
            }
        }
        server.setReuseAddress(true);
        server.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        server.bind(new InetSocketAddress(table.host(me), table.port(me)));
        inBackground(() -> {
            while (true) {
                Socket socket = server.accept();
                if (dialect.connecting() == Habits.Connecting.REPLIES) {
                    use(socket);
                }
                hear(socket);
            }
        });
    }

    /** What was heard, as {@code sender: text}. */
    List<String> heard() {
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }

    void say(String to, String text) throws IOException {
        byte[] message = ((switch (dialect.naming()) {
            case SENDER -> me + "/";
            case COLON -> me + ": ";
            case RECEIVER -> to + "/";
            case ADDRESS, SOURCE_PORT, GREETING -> "";
        }) + text + (dialect.endsWithNul() ? "\0" : dialect.framing() == Habits.Framing.NONE ? "" : "\n"))
                .getBytes(StandardCharsets.UTF_8);
        said++;
        switch (dialect.connecting()) {
            case ONE_PER_MESSAGE -> {
                try (Socket once = connect(to)) {
                    write(once, message);
                    once.shutdownOutput();
                    while (once.getInputStream().read() >= 0) {
                        continue;
                    }
                }
            }
            case CLOSED_AT_ONCE -> {
                try (Socket once = connect(to)) {
                    write(once, message);
                }
            }
            case NEVER_CLOSED -> write(connect(to), message);
            case REPLIES -> {
                Await.until(() -> connection().isPresent(), () -> "nobody has connected to " + me);
                write(connection().get(), message);
            }
            default -> {
                if (!connections.containsKey(to)) {
                    Socket socket = connect(to);
                    connections.put(to, socket);
                    if (dialect.naming() == Habits.Naming.GREETING) {
                        write(socket, (me + "\n").getBytes(StandardCharsets.UTF_8));
                    }
                    inBackground(() -> hear(socket));
                }
                write(connections.get(to), message);
            }
        }
    }

    private synchronized Optional<Socket> connection() {
        return connection;
    }

    private synchronized void use(Socket socket) {
        connection = Optional.of(socket);
    }

    private Socket connect(String to) throws IOException {
        Socket socket = new Socket();
        keep(socket);
        socket.setTcpNoDelay(true);
        socket.setReuseAddress(true);
        boolean fromOwnPort = dialect.connecting() == Habits.Connecting.FROM_OWN_PORT;
        if (fromOwnPort) {
            socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
        socket.bind(new InetSocketAddress(table.host(me), fromOwnPort ? table.port(me) : 0));
        socket.connect(new InetSocketAddress(table.host(to), table.port(to)));
        return socket;
    }

    private void write(Socket socket, byte[] message) throws IOException {
        OutputStream out = socket.getOutputStream();
        switch (dialect.framing()) {
            case RECORD, CLEAN_RECORD -> {
                System.arraycopy(message, 0, record, 0, message.length);
                out.write(record);
            }
            case BYTE_BY_BYTE, NUL_BYTE_BY_BYTE -> {
                for (byte b : message) {
                    out.write(b);
                }
            }
            case TWO_AT_ONCE -> {
                unsent.write(message);
                if (said % 2 == 0) {
                    out.write(unsent.toByteArray());
                    unsent.reset();
                }
            }
            default -> out.write(message);
        }
    }

    private void hear(Socket socket) throws IOException {
        keep(socket);
        inBackground(() -> {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[BUFFER];
            boolean isGreeted = false;
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (dialect.isOneMessagePerConnection()) {
                    understand(socket, withoutEnd(Arrays.copyOf(buffer, count)));
                    socket.close(); // after the one read that it makes
                    return;
                }
                if (dialect.takesEachReadForAMessage()) {
                    understand(socket, oneRead(buffer, count));
                    continue;
                }
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == (dialect.endsWithNul() ? 0 : '\n')) {
                        if (dialect.naming() == Habits.Naming.GREETING && !isGreeted) {
                            isGreeted = true;
                            names.put(socket, message.toString(StandardCharsets.UTF_8));
                        } else {
                            understand(socket, message.toString(StandardCharsets.UTF_8));
                        }
                        message.reset();
                    } else {
                        message.write(buffer[i]);
                    }
                }
            }
        });
    }

    private String oneRead(byte[] buffer, int count) {
        String all = new String(buffer, StandardCharsets.UTF_8);
        return switch (dialect.framing()) {
            case RECORD, CLEAN_RECORD, UNTERMINATED -> all.substring(0, all.indexOf('\0'));
            case ONE_READ_UP_TO_LINE_FEED -> all.substring(0, Math.max(0, all.indexOf('\n')));
            default -> withoutEnd(Arrays.copyOf(buffer, count));
        };
    }

    private static String withoutEnd(byte[] read) {
        String text = new String(read, StandardCharsets.UTF_8);
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private void understand(Socket socket, String message) {
        int slash = message.indexOf('/');
        InetSocketAddress from = (InetSocketAddress) socket.getRemoteSocketAddress();
        String understood = switch (dialect.naming()) {
            case SENDER -> message.substring(0, Math.max(0, slash)) + ": " + message.substring(slash + 1);
            case RECEIVER -> (message.startsWith(me + "/") ? nameAt(from, false) : "nobody") + ": "
                    + message.substring(slash + 1);
            case COLON -> message;
            case GREETING -> names.get(socket) + ": " + message;
            case ADDRESS -> nameAt(from, false) + ": " + message;
            case SOURCE_PORT -> nameAt(from, true) + ": " + message;
        };
        synchronized (heard) {
            heard.add(understood);
        }
    }

    private String nameAt(InetSocketAddress place, boolean asksPort) {
        return table.names().stream()
                .filter(name -> table.host(name).equals(place.getAddress().getHostAddress()))
                .filter(name -> !asksPort || table.port(name) == place.getPort())
                .findFirst().orElse("a stranger");
    }

    private void keep(Socket socket) {
        synchronized (sockets) {
            sockets.add(socket);
        }
    }

    /** Something that goes on until a socket is closed. */
    private interface Service {

        void run() throws IOException;
    }

    private static void inBackground(Service service) {
        Thread thread = new Thread(() -> {
            try {
                service.run();
            } catch (IOException e) {
                // A socket was closed: by the other side or at the end of the test. What was heard is checked.
            }
        }, "a classmate's program");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
