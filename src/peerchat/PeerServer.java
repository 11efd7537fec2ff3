package peerchat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.util.Optional;

/** The peer-chat server (P1): the listening socket of this process. */
final class PeerServer implements Source {

    private final ServerSocket socket;

    private PeerServer(ServerSocket socket) {
        this.socket = socket;
    }

    /**
     * Binds the well-known port of my line: on its address where that is this machine's, so that a table of 127.0.0.1
     * is never reachable from outside, else on every address.
     *
     * @param isShared whether client sockets are to leave from the same port
     * @throws IOException if the port cannot be had
     */
    static PeerServer bind(User me, boolean isShared) throws IOException {
        if (isShared) {
            bind(me, false).close(); // a port that may be shared could be had beside another chat, unnoticed
        }
        ServerSocket socket = new ServerSocket();
        try {
            if (isShared) {
                socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            socket.setReuseAddress(true); // a port whose old connections still linger can be bound at once
            Optional<InetAddress> mine = UserTable.addressHere(me);
            InetSocketAddress place = mine.isPresent() ? new InetSocketAddress(mine.get(), me.port())
                    : new InetSocketAddress(me.port());
            socket.setReceiveBufferSize(Connection.receiveBufferFor(place.getAddress())); // accepted ones inherit it
            socket.bind(place);
            return new PeerServer(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Accepts one connection, if one comes in time. (P1)
     *
     * @param patience milliseconds to wait at most, at least 1: the API has no shorter wait
     * @throws IOException if the system has no room for another connection
     */
    Optional<Socket> accept(int patience) throws IOException {
        socket.setSoTimeout(patience);
        try {
            return Optional.of(socket.accept());
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    /** Lets a client socket leave from the port of a server that was bound to be shared. */
    static void sharePort(Socket client) throws IOException {
        client.setReuseAddress(true);
        client.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }

    /** Whether this system lets sockets share a port. */
    static boolean canShare() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            return socket.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
        }
    }

    void close() {
        Connection.closeQuietly(socket);
    }

    /** Whether it listens on every address of this machine, my line's being none of them. */
    boolean isOnEveryAddress() {
        return socket.getInetAddress().isAnyLocalAddress();
    }
}
