package peerchat;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One TCP connection, whoever opened it: its socket, the bytes of a message that is not whole yet, and when it was last
 * active. It is open, then closing, then closed. Closing is polite: no more is sent, but what the other side still
 * sends is read, until it ends too or a few seconds have passed.
 */
final class Connection implements Source {

    /** Bytes asked of the kernel, far fewer than its own choice: what lies there unread is in doubt after a reset. */
    static final int SEND_BUFFER = 16 * 1024;
    static final int RECEIVE_BUFFER = 64 * 1024;

    /** {@link #read} found no byte within its patience. */
    static final int NOTHING = 0;
    /** {@link #read} found the end of the stream: the other side sends no more. */
    static final int END = -1;
    /** {@link #read} found the connection broken: what was sent last may not have been read. */
    static final int BROKEN = -2;

    private static final long LONGEST_CLOSING = TimeUnit.SECONDS.toNanos(3);
    private static final long SILENCE_THAT_ENDS_A_MESSAGE = TimeUnit.MILLISECONDS.toNanos(200);

    private enum State { OPEN, CLOSING, CLOSED }

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final boolean accepted;
    private final InetSocketAddress farEnd;
    private final Decoder decoder = new Decoder();
    private final SentLog sent = new SentLog();
    private State state = State.OPEN;
    private long lastActive;
    private long lastRead;
    private long closingSince;
    private Optional<Speaker.Said> lastSaid = Optional.empty();

    /**
     * @param accepted whether the peer-chat server accepted it; else it is a client socket
     * @param now      nanoseconds, as all times of the loop
     * @throws IOException if the socket is closed already
     */
    Connection(Socket socket, boolean accepted, long now) throws IOException {
        this.socket = socket;
        this.accepted = accepted;
        socket.setTcpNoDelay(true); // a chat message is small and must not wait for another
        socket.setSendBufferSize(SEND_BUFFER);
        this.farEnd = (InetSocketAddress) socket.getRemoteSocketAddress();
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.lastActive = now;
        this.lastRead = now;
    }

    /**
     * Reads what has come. (P2)
     *
     * @param patience milliseconds to wait for the first byte; 0 asks without waiting, but cannot see the end
     * @return the count of bytes read into the buffer, or {@link #NOTHING}, {@link #END} or {@link #BROKEN}
     */
    int read(byte[] buffer, int patience, long now) {
        try {
            if (patience == 0) {
                if (in.available() == 0) {
                    return NOTHING;
                }
                socket.setSoTimeout(1);
            } else {
                socket.setSoTimeout(patience);
            }
            int count = in.read(buffer);
            if (count > 0) {
                lastActive = now;
                lastRead = now;
            }
            return count;
        } catch (SocketTimeoutException e) {
            return NOTHING;
        } catch (IOException e) {
            return BROKEN;
        }
    }

    /** Writes bytes, all of them: blocks while the other side's buffers are full. (P3.3) */
    void write(byte[] bytes, int from, int count, long now) throws IOException {
        out.write(bytes, from, count);
        lastActive = now;
    }

    /** Sends no more, and waits for the other side to end too. */
    void beginClosing(long now) {
        if (state == State.OPEN) {
            state = State.CLOSING;
            closingSince = now;
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                close();
            }
        }
    }

    void close() {
        state = State.CLOSED;
        closeQuietly(socket);
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Whether it has been closing for so long that the other side will not end it. */
    boolean closesTooLong(long now) {
        return state == State.CLOSING && now - closingSince > LONGEST_CLOSING;
    }

    /** Whether it has waited long enough for the end of a message, on a connection that has never sent one. */
    boolean fellSilent(long now) {
        return decoder.holdsUnendedText() && now - lastRead > SILENCE_THAT_ENDS_A_MESSAGE;
    }

    boolean isAccepted() {
        return accepted;
    }

    InetSocketAddress farEnd() {
        return farEnd;
    }

    /** Nanoseconds since a byte went either way. */
    long idleFor(long now) {
        return now - lastActive;
    }

    Decoder decoder() {
        return decoder;
    }

    SentLog sent() {
        return sent;
    }

    Optional<Speaker.Said> lastSaid() {
        return lastSaid;
    }

    void remember(Speaker.Said said) {
        lastSaid = Optional.of(said);
    }

    static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way, and nothing could be done about it.
        }
    }
}
