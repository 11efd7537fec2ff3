package peerchat.net;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import support.Await;

class ConnectionTest {

    private static final long HELD_UP = TimeUnit.MILLISECONDS.toNanos(20);

    @Test
    void untilItIsWrittenToAnEndMayHaveComeUnseen() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            Connection connection = connection(socket);
            assertFalse(connection.isSurelyOpen(System.nanoTime()));
            long before = System.nanoTime();
            write(connection);
            assertTrue(connection.isSurelyOpen(before));
            assertFalse(connection.isSurelyOpen(System.nanoTime() + HELD_UP));
        }
    }

    @Test
    void aProcessThatWasHeldUpAfterTheWriteMayHaveMissedTheEnd() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new HeldUpSocket(server)) {
            Connection connection = connection(socket);
            write(connection);
            assertFalse(connection.isSurelyOpen(System.nanoTime()));
        }
    }

    private static Connection connection(Socket socket) throws IOException {
        return new Connection(socket, false, Optional.empty());
    }

    private static void write(Connection connection) throws IOException {
        byte[] message = "alice/hello\n".getBytes(StandardCharsets.UTF_8);
        connection.log().begin("hello", message.length);
        connection.write(message, 0, message.length, new WriteGuard());
    }

    /** The bytes are with the other side, but the process that wrote them does not get to run for a while. */
    private static final class HeldUpSocket extends Socket {

        HeldUpSocket(ServerSocket server) throws IOException {
            super(server.getInetAddress(), server.getLocalPort());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int from, int count) throws IOException {
                    out.write(bytes, from, count);
                    long written = System.nanoTime();
                    Await.until(() -> System.nanoTime() - written > HELD_UP, () -> "the time stands still");
                }
            };
        }
    }
}
