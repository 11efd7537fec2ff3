package support;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A host that answers nobody: its server accepts nothing and its backlog is full, so the kernel drops every SYN. */
public final class DeafHost implements AutoCloseable {

    private static final int ANSWER_MILLIS = 300;
    private static final int MOST = 20;

    private final ServerSocket server;
    private final List<Socket> filling = new ArrayList<>();

    /** Takes the place of that user. */
    public DeafHost(Table table, String name) throws IOException {
        server = new ServerSocket(table.port(name), 1, new InetSocketAddress(table.host(name), 0).getAddress());
    }

    /** From now on it answers nobody. */
    public void goDeaf() throws IOException {
        while (fill()) {
            if (filling.size() > MOST) {
                throw new AssertionError("the backlog cannot be filled");
            }
        }
    }

    private boolean fill() throws IOException {
        Socket socket = new Socket();
        filling.add(socket);
        try {
            socket.connect(server.getLocalSocketAddress(), ANSWER_MILLIS);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : filling) {
            socket.close();
        }
        server.close();
    }
}
