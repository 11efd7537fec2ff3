package support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;

/**
 * Free ports, below the range that the kernel gives to connecting sockets. The first port of a block stays bound for as
 * long as this process lives, so that two test runs at once never hand out the same ports. A block has more ports than
 * a whole run uses, so that none is handed out twice while a test still counts on nobody listening there.
 */
public final class Ports {

    private static final int LOWEST = 10_000;
    private static final int BLOCK = 2000;
    private static final int BLOCKS = 11;

    private static ServerSocket block;
    private static int used;

    private Ports() {
    }

    /** A port on which nobody listens. */
    public static synchronized int free() {
        if (block == null) {
            block = reserve();
        }
        for (int tries = 0; tries < BLOCK; tries++) {
            int port = block.getLocalPort() + 1 + used++ % (BLOCK - 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port");
    }

    private static ServerSocket reserve() {
        int first = new Random().nextInt(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            try {
                return bind(LOWEST + (first + i) % BLOCKS * BLOCK);
            } catch (IOException e) {
                continue; // another run has it
            }
        }
        throw new IllegalStateException("no free block of ports");
    }

    /**
     * A process that another test is just starting has a copy of this socket for a moment. It does not listen and may
     * be bound over, so that the copy keeps no server from the port.
     */
    private static boolean isFree(int port) {
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), port));
        return socket;
    }

    /** A loopback address by its last number: 2 is 127.0.0.2. */
    public static InetAddress loopback(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
