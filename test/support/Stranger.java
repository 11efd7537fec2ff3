package support;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The other end of a connection, byte by byte: a program that is not ours. */
public final class Stranger implements AutoCloseable {

    private static final int READ_TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    public Stranger(Socket socket) {
        this.socket = socket;
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), 512); // few, so that a slow reader is slow
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects to a user's peer-chat server from that friend's address, as the table has it. */
    public static Stranger connect(Table table, String to, String from) {
        return connect(table, to, table.host(from), 0);
    }

    public static Stranger connect(Table table, String to, String fromHost, int fromPort) {
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(true);
            bind(socket, new InetSocketAddress(fromHost, fromPort));
            socket.connect(new InetSocketAddress(table.host(to), table.port(to)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Stranger(socket);
    }

    /**
     * A process that another test is just starting has a copy of every descriptor of this one until it begins its
     * program: a server that was closed here may listen there for a moment more.
     */
    private static void bind(Socket socket, InetSocketAddress place) {
        Await.until(() -> {
            try {
                socket.bind(place);
                return true;
            } catch (BindException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, () -> place + " cannot be bound");
    }

    /** Connects from the port on which that friend's server listens, as some programs do. */
    public static Stranger connectFromOwnPort(Table table, String to, String from) {
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(true);
            socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            socket.bind(new InetSocketAddress(table.host(from), table.port(from)));
            socket.connect(new InetSocketAddress(table.host(to), table.port(to)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Stranger(socket);
    }

    /** Listens in a user's place. */
    public static ServerSocket listen(Table table, String as) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            server.setSoTimeout(READ_TIMEOUT_MILLIS);
            server.bind(new InetSocketAddress(table.host(as), table.port(as)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Stranger accept(ServerSocket server) {
        try {
            return new Stranger(server.accept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends to somebody who may have closed the connection already. */
    public void sendIfOpen(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return; // it was closed
        }
    }

    /** Reads up to and with the next line feed. */
    public String readLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int b = readByte();
            if (b < 0) {
                throw new AssertionError("the stream ended after \"" + line.toString(StandardCharsets.UTF_8) + "\"");
            }
            line.write(b);
            if (b == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
        }
    }

    /** Waits until something has come, and leaves it unread. */
    public void awaitByte() {
        Await.until(() -> {
            try {
                return in.available() > 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, () -> "nothing has come");
    }

    /** Everything up to the end of the stream. */
    public String readToEnd() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end of the stream, whatever comes before it; a reset counts as an end. */
    public void awaitEnd() {
        try {
            while (in.read() >= 0) {
                continue;
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the connection was not closed", e);
        } catch (IOException e) {
            return;
        }
    }

    /** The next byte, or -1 at the end of the stream. */
    public int readByte() {
        try {
            return in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads so many bytes and throws them away, 20 KB a second: 512 bytes forty times. */
    public void readSlowly(int count) {
        for (int i = 0; i < count && readByte() >= 0; i++) {
            if (i % 512 == 0) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / 40);
            }
        }
    }

    /** Says that nothing more will be sent. */
    public void end() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks the connection with a reset. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Socket socket() {
        return socket;
    }

    /**
     * A process that another test is just starting has a copy of the descriptor for a moment. The other side must not
     * wait for that: the end is said before.
     */
    @Override
    public void close() {
        try {
            if (!socket.isClosed() && !socket.isOutputShutdown()) {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            // The other side broke the connection before.
        }
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
