package peerchat;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One TCP connection, whoever opened it. Its life:
 * <ul>
 * <li>open: messages go both ways;
 * <li>ended: the other side sends no more; what is half written is finished, then it is closed;
 * <li>closing: this side sends no more, but what the other side still sends is read, until it ends too or a few seconds
 * have passed;
 * <li>closed.
 * </ul>
 */
final class Connection implements Source {

    /**
     * Bytes asked of the kernel, far fewer than its own choice: what lies there unread is in doubt after a break, and a
     * write to a slow reader goes on in steps of a part of it.
     */
    static final int SEND_BUFFER = 8 * 1024;
    static final int RECEIVE_BUFFER = 16 * 1024;
    /** Loopback has no slow lines, but segments of 64 KiB. */
    static final int LOOPBACK_RECEIVE_BUFFER = 32 * 1024;

    /** What one look at the connection found. */
    enum Found { NOTHING, BYTES, END, BREAK }

    private enum State { OPEN, ENDED, CLOSING, CLOSED }

    private static final long LONGEST_CLOSING = TimeUnit.SECONDS.toNanos(3);
    private static final long SILENCE_THAT_ENDS_A_MESSAGE = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long UNSEEN = TimeUnit.MILLISECONDS.toNanos(5);

    private final Socket socket;
    private final InputStream in;
    private final Sending sending;
    private final boolean accepted;
    private final InetSocketAddress farEnd;
    private final Decoder decoder = new Decoder();
    private State state = State.OPEN;
    private int bytesRead;
    private long lastActive;
    private long lastWriteBegan;
    private long lastRead;
    private long lastKnownOpen;
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
        this.sending = new Sending(socket);
        this.lastActive = now;
        this.lastRead = now;
        this.lastKnownOpen = now;
    }

    /**
     * Reads what has come. (P2)
     *
     * @param patience milliseconds to wait for the first byte; 0 asks without waiting, but cannot see the end
     */
    Found read(byte[] buffer, int patience) {
        bytesRead = 0;
        long began = lastKnownOpen;
        try {
            if (patience == 0 && in.available() == 0) {
                return Found.NOTHING;
            }
            began = System.nanoTime();
            socket.setSoTimeout(Math.max(1, patience)); // 0 would wait for ever
            int count = in.read(buffer, 0, buffer.length);
            if (count < 0) {
                return Found.END;
            }
            bytesRead = count;
            lastRead = System.nanoTime();
            lastActive = lastRead;
            lastKnownOpen = began;
            return Found.BYTES;
        } catch (SocketTimeoutException e) {
            lastKnownOpen = began;
            return Found.NOTHING;
        } catch (IOException e) {
            return Found.BREAK;
        }
    }

    /** How many bytes the last read put into the buffer. */
    int bytesRead() {
        return bytesRead;
    }

    /** Writes a piece of what is to be sent, and tells how many bytes it had. (P3.3) */
    int writePiece(Guard guard) throws IOException {
        lastWriteBegan = System.nanoTime();
        int count = sending.writePiece(guard);
        lastActive = System.nanoTime();
        return count;
    }

    /**
     * Whether nothing was written for 5 ms, so that an end may have come which nobody has seen. Bytes that were read since
     * do not help: the end may be right behind them. Nor does the time when the write returned: a process that was held up
     * right there, stopped or without a turn on the CPU, does not know what has happened since.
     */
    boolean mayHaveEndedUnseen(long now) {
        return !sending.hasSent() || now - lastWriteBegan > UNSEEN;
    }

    Sending sending() {
        return sending;
    }

    /** The other side sends no more. */
    void end() {
        state = State.ENDED;
    }

    /** Sends no more, and waits for the other side to end too. */
    void beginClosing(long now) {
        if (state == State.OPEN) {
            state = State.CLOSING;
            closingSince = now;
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                return; // it is broken, and the next read will say so
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

    boolean isEnded() {
        return state == State.ENDED;
    }

    /** When a read last began which found that the other side had not ended. */
    long lastKnownOpen() {
        return lastKnownOpen;
    }

    boolean isClosing() {
        return state == State.CLOSING;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Nanoseconds since it began to close. */
    long closesFor(long now) {
        return now - closingSince;
    }

    /** Whether it has been closing for so long that the other side will not end it. */
    boolean closesTooLong(long now) {
        return isClosing() && closesFor(now) > LONGEST_CLOSING;
    }

    /** Whether it has waited long enough for the end of a message, on a connection that has never sent one. */
    boolean fellSilent() {
        return decoder.holdsUnendedText() && System.nanoTime() - lastRead > SILENCE_THAT_ENDS_A_MESSAGE;
    }

    /** The receive buffer for connections over that address, which must be set before they are made. */
    static int receiveBufferFor(InetAddress address) {
        return address.isLoopbackAddress() ? LOOPBACK_RECEIVE_BUFFER : RECEIVE_BUFFER;
    }

    boolean isAccepted() {
        return accepted;
    }

    InetSocketAddress farEnd() {
        return farEnd;
    }

    /** This side's address and port, while it is open. */
    InetSocketAddress nearEnd() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Nanoseconds since a byte went either way. */
    long idleFor(long now) {
        return now - lastActive;
    }

    Decoder decoder() {
        return decoder;
    }

    Optional<Speaker.Said> lastSaid() {
        return lastSaid;
    }

    void remember(Speaker.Said said) {
        lastSaid = Optional.of(said);
    }

    /** Ends a connection so that the other side cannot take it for a polite end. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is gone already.
        }
        closeQuietly(socket);
    }

    static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way, and nothing could be done about it.
        }
    }
}
