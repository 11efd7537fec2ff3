package grader.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A connection to a peer-chat server that no copy of the submission has made. */
public final class Visitor implements AutoCloseable {

    private static final int CONNECT_MILLIS = 3000;

    private final Socket socket = new Socket();
    private final SubmissionConsole console;
    private final String who;

    /** @param console of the user who is visited, where it is noted what the visitor does */
    private Visitor(SubmissionConsole console, String who) {
        this.console = console;
        this.who = who;
    }

    /**
     * Connects from a machine, by one of its addresses.
     *
     * @param who does so, in the words of a console
     * @throws Failure if the server does not take the connection
     */
    static Visitor connect(Host from, String address, Participant peer, String who) {
        return from.call(() -> {
            Visitor stranger = new Visitor(peer.console(), who);
            try {
                stranger.socket.bind(new InetSocketAddress(address, 0));
                stranger.socket.connect(new InetSocketAddress(peer.user().address(), peer.user().port()),
                        CONNECT_MILLIS);
                return stranger;
            } catch (IOException e) {
                if (String.valueOf(e.getMessage()).contains("reset")) {
                    return stranger; // it was taken, and shown the door at once
                }
                stranger.close();
                throw new Failure(peer.name() + " takes connections on port " + peer.user().port(), e.getMessage());
            }
        });
    }

    /** Sends it, if the other side still listens. */
    public void send(byte[] bytes) {
        console.happened(who + " sends " + bytes.length + " bytes");
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            return; // it was shown the door
        }
    }

    /** Vanishes without a farewell: the connection is reset. */
    public void vanish() {
        try {
            if (!socket.isClosed()) {
                console.happened(who + " resets the connection");
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (!socket.isClosed()) {
                console.happened(who + " closes the connection");
            }
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
