package peerchat.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import peerchat.users.User;
import peerchat.wire.Decoder;
import peerchat.wire.Dialect;
import support.Await;

/** A connection that was quiet is probed before it is written to: it may have ended unseen. */
class ClientSocketTest {

    private static final long HELD_UP = TimeUnit.MILLISECONDS.toNanos(20);

    @Test
    void aConnectionIsProbedUnlessItWasWrittenToAMomentAgo() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            ClientSocket client = clientSocket(socket);
            long before = System.nanoTime();
            probeAndWrite(client);
            assertTrue(client.mayWrite(before), "written to a moment ago");
            assertFalse(client.mayWrite(System.nanoTime() + HELD_UP), "written to long ago");
            assertEquals(ClientSocket.State.PROBING, client.state());
        }
    }

    @Test
    void aProcessThatWasHeldUpAfterTheWriteMayHaveMissedTheEnd() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new HeldUpSocket(server)) {
            ClientSocket client = clientSocket(socket);
            probeAndWrite(client);
            assertFalse(client.mayWrite(System.nanoTime()));
        }
    }

    @Test
    void messagesOfAFailedWriteCountAsHalfWritten() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            ClientSocket client = clientSocket(socket);
            socket.shutdownOutput();
            assertThrows(IOException.class, () -> client.writePiece(new WriteGuard(), message -> { }));
            assertTrue(client.isWriting(client.connection()));
            assertEquals(1, client.connection().log().unread(0).count());
        }
    }

    private static ClientSocket clientSocket(Socket socket) throws IOException {
        User alice = new User("alice", "127.0.0.1", List.of(InetAddress.getLoopbackAddress()), 5000, 1);
        ClientSocket client = new ClientSocket(alice, alice,
                Dialect.of(Map.of()), 3000);
        client.connected(Optional.of(new Connection(socket, false, Optional.empty(),
                Duration.ofSeconds(60), new Decoder(new HashMap<>()))));
        client.add("one");
        return client;
    }

    /** The first message is written once a wait has seen nothing; then another one waits. */
    private static void probeAndWrite(ClientSocket client) throws IOException {
        assertFalse(client.mayWrite(System.nanoTime()), "never written to");
        client.connection().readWaiting(1);
        assertTrue(client.mayWrite(System.nanoTime()), "probed");
        client.writePiece(new WriteGuard(), message -> { });
        client.add("two");
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
