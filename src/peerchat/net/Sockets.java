package peerchat.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sizes of buffers, sharing a port, and closing: for all sockets of this program. */
public final class Sockets {
    /**
     * Bytes of a send buffer, far fewer than the kernel would choose. After a break, the bytes in it are in doubt. A
     * blocked write goes on when a part of the buffer is free: a small buffer makes short waits.
     */
    static final int SEND_BUFFER = 8 * 1024;
    static final int RECEIVE_BUFFER = 16 * 1024;
    /** Larger on loopback than elsewhere: segments there have up to 64 KiB. */
    static final int LOOPBACK_RECEIVE_BUFFER = 32 * 1024;

    private static final long CLOSING_MILLIS = 50;

    private Sockets() {}

    /** Bytes of the receive buffer for connections over that address; it has to be set before connecting. */
    static int receiveBufferFor(InetAddress address) {
        return address.isLoopbackAddress() ? LOOPBACK_RECEIVE_BUFFER : RECEIVE_BUFFER;
    }

    /** Returns true if sockets can share a port (SO_REUSEPORT). @throws IOException if no socket can be created */
    public static boolean canSharePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            return socket.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
        }
    }

    /** Lets a client socket be bound to the server's port, if the server was bound with SO_REUSEPORT, too. */
    static void sharePort(Socket client) throws IOException {
        client.setReuseAddress(true);
        client.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }

    /** Ends a connection with a reset (RST), which the other side cannot take for an orderly close (FIN). */
    public static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // The connection is gone already.
        }
        closeQuietly(socket);
    }

    /**
     * Closes a socket whose output was shut down. Returns true if all bytes are acknowledged: then {@code close()} with
     * SO_LINGER returns at once. Otherwise it blocks for up to a second. So a new thread closes the socket, and the
     * loop waits 50 ms for it.
     */
    static boolean closeAcknowledged(Socket socket) {
        CountDownLatch closed = new CountDownLatch(1);
        Thread closer = new Thread(() -> {
            try {
                socket.setSoLinger(true, 1);
                socket.close();
                closed.countDown();
            } catch (IOException e) {
                closeQuietly(socket); // the connection has broken
            }
        }, "close");
        closer.setDaemon(true);
        closer.start();
        try {
            return closed.await(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // The socket is gone either way, and nothing can be done about it.
        }
    }
}
