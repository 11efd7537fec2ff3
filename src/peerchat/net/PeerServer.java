package peerchat.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.util.Optional;
import peerchat.text.Text;
import peerchat.users.User;

/** The peer-chat server (P1): the listening socket of this process. */
public final class PeerServer {
    private final ServerSocket socket;
    private final String place;

    private PeerServer(ServerSocket socket, String place) {
        this.socket = socket;
        this.place = place;
    }

    /**
     * Binds the well-known port of my line. If my address belongs to this machine, the server listens on that address
     * only: a table of 127.0.0.1 is never reachable from outside. Otherwise it listens on every address. Some machines
     * give their own host name a loopback address, which no friend could reach: then it listens on every address, too.
     *
     * @param isShared whether client sockets are to be bound to the same port
     * @throws IOException if the port cannot be bound
     */
    public static PeerServer bind(User me, boolean isShared) throws IOException {
        if (isShared) {
            bind(me, false).close(); // fails if another chat has the port: with SO_REUSEPORT both could bind it
        }
        ServerSocket socket = new ServerSocket();
        try {
            if (isShared) {
                socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            socket.setReuseAddress(true); // binds at once a port whose old connections are in TIME_WAIT
            Optional<InetAddress> mine = me.listensOn();
            InetSocketAddress place = mine.isPresent() ? new InetSocketAddress(mine.get(), me.port())
                    : new InetSocketAddress(me.port());
            socket.setReceiveBufferSize(Sockets.receiveBufferFor(place.getAddress())); // accepted sockets inherit it
            socket.bind(place);
            return new PeerServer(socket, mine.isEmpty() ? "every address, port " + me.port()
                    : me.isLiteral() ? me.place() : Text.place(place));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Accepts a connection, if one comes in time. (P1)
     *
     * @param millis the timeout, at least 1, because 0 would mean no timeout
     * @throws IOException if accepting failed: the process may have no descriptor left
     */
    public Optional<Socket> accept(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return Optional.of(socket.accept());
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    public void close() {
        Sockets.closeQuietly(socket);
    }

    /** The address and port where friends connect. */
    public String place() {
        return place;
    }
}
