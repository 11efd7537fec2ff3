package peerchat.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the sockets of this program have in common. */
public final class Sockets {
    /**
     * Bytes of a send buffer, far fewer than the kernel would choose: what lies there unread is in doubt after a break,
     * and a write to a slow reader goes on in steps of a part of it.
     */
    static final int SEND_BUFFER = 8 * 1024;
    static final int RECEIVE_BUFFER = 16 * 1024;
    /** Loopback has no slow lines, but segments of 64 KiB. */
    static final int LOOPBACK_RECEIVE_BUFFER = 32 * 1024;

    private static final long AT_ONCE_MILLIS = 50;

    private Sockets() {}

    /** Bytes of the receive buffer for connections over that address, to be set before they are made. */
    static int receiveBufferFor(InetAddress address) {
        return address.isLoopbackAddress() ? LOOPBACK_RECEIVE_BUFFER : RECEIVE_BUFFER;
    }

    /** Whether this system lets sockets share a port (SO_REUSEPORT). */
    public static boolean canSharePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            return socket.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
        }
    }

    /** Lets a client socket be bound to the port of a server that was bound to be shared. */
    static void sharePort(Socket client) throws IOException {
        client.setReuseAddress(true);
        client.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }

    /** Ends a connection with a reset, which the other side cannot take for a polite end. */
    public static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is gone already.
        }
        closeQuietly(socket);
    }

    /**
     * Closes a socket whose output was shut down. With SO_LINGER, {@code close()} returns at once if all that was sent
     * is acknowledged. Otherwise it blocks for up to a second. So a thread of its own closes; the loop waits 50 ms for
     * it.
     *
     * @return whether all is acknowledged
     */
    static boolean closeAcknowledged(Socket socket) {
        CountDownLatch closed = new CountDownLatch(1);
        Thread closer = new Thread(() -> {
            try {
                socket.setSoLinger(true, 1);
                socket.close();
                closed.countDown();
            } catch (IOException e) {
                closeQuietly(socket); // it has broken
            }
        }, "close");
        closer.setDaemon(true);
        closer.start();
        try {
            return closed.await(AT_ONCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way, and nothing could be done about it.
        }
    }
}
