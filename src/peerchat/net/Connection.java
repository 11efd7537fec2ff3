package peerchat.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import peerchat.text.Text;
import peerchat.users.Sender;
import peerchat.users.User;
import peerchat.wire.Decoder;

/** One TCP connection, whoever opened it. All its times are nanoseconds of {@link System#nanoTime()}. */
public final class Connection {

    /** The life of a connection. */
    public enum State {
        /** Messages go both ways. */
        OPEN,
        /** The other side sends no more; what is half written is finished, then the connection is closed. */
        ENDED,
        /** This side sends no more; it reads until the other side ends too, or three seconds have passed. */
        CLOSING,
        CLOSED
    }

    /** The outcome of a read. */
    public enum Found { NOTHING, BYTES, END, BREAK }

    /** Bytes read from one connection in one turn: a friend who floods keeps nobody waiting. */
    static final int READ_BUFFER = 64 * 1024;

    private static final long LONGEST_CLOSING = TimeUnit.SECONDS.toNanos(3);
    private static final long SILENCE_THAT_ENDS_A_MESSAGE = TimeUnit.MILLISECONDS.toNanos(200);
    /** Until then an end that nobody has seen is unlikely. */
    private static final long STAYS_OPEN = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long BLOCKED = TimeUnit.MILLISECONDS.toNanos(5);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final boolean isAccepted;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final Optional<User> receiver;
    private final Decoder decoder = new Decoder();
    private final SentLog log = new SentLog();
    private State state = State.OPEN;
    private long closingSince;
    /** The outcome of the last read. */
    private Found found = Found.NOTHING;
    private int bytesRead;
    /** Whether a wait has found it, and nobody has taken it yet. */
    private boolean isAwaited;
    private final byte[] buffer = new byte[READ_BUFFER];
    private Optional<Sender> lastSender = Optional.empty();
    /** When a byte last went either way. */
    private long lastActive;
    private long lastRead;
    private long lastWriteBegan;
    private boolean lastWriteBlocked;
    /** When the last read began that showed that the other side had not ended. */
    private long lastKnownOpen;
    /** When the last read began that waited. */
    private long lastWaited;

    /**
     * @param isAccepted whether the peer-chat server accepted it; else it is a client socket
     * @param receiver   the friend whose peer-chat server is the remote end: messages to that friend can be sent over it
     * @throws IOException if the socket is closed already
     */
    public Connection(Socket socket, boolean isAccepted, Optional<User> receiver) throws IOException {
        this.socket = socket;
        this.isAccepted = isAccepted;
        this.receiver = receiver;
        socket.setTcpNoDelay(true); // a chat message is small and must not wait for another
        socket.setSendBufferSize(Sockets.SEND_BUFFER);
        this.local = (InetSocketAddress) socket.getLocalSocketAddress();
        this.remote = (InetSocketAddress) socket.getRemoteSocketAddress();
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.lastActive = System.nanoTime();
        this.lastRead = lastActive;
        this.lastKnownOpen = lastActive;
        this.lastWaited = lastActive;
    }

    /**
     * Waits for the first byte, and reads. {@link #read} has the outcome. (P2)
     *
     * @param millis to wait at most, at least 1
     */
    public void await(int millis) {
        if (!isAwaited && (state == State.OPEN || state == State.CLOSING)) {
            lastWaited = System.nanoTime();
            isAwaited = true;
            readWithin(millis);
        }
    }

    /** Returns what the wait on this connection has found; without one, asks whether bytes have come, and reads them. */
    public Found read() {
        if (isAwaited) {
            isAwaited = false;
            return found;
        }
        found = Found.NOTHING;
        try {
            if ((state == State.OPEN || state == State.CLOSING) && in.available() > 0) {
                readWithin(1); // the API has no shorter wait, and there will be none
            }
        } catch (IOException e) {
            found = Found.BREAK;
        }
        return found;
    }

    private void readWithin(int millis) {
        long began = System.nanoTime();
        try {
            socket.setSoTimeout(millis);
            bytesRead = in.read(buffer, 0, buffer.length);
            if (bytesRead < 0) {
                found = Found.END;
            } else {
                found = Found.BYTES;
                decoder.add(buffer, bytesRead);
                lastRead = System.nanoTime();
                lastActive = lastRead;
                lastKnownOpen = began;
            }
        } catch (SocketTimeoutException e) {
            found = Found.NOTHING;
            lastKnownOpen = began;
        } catch (IOException e) {
            found = Found.BREAK;
        }
    }

    /** The outcome of the last read. */
    public Found found() {
        return found;
    }

    public int bytesRead() {
        return bytesRead;
    }

    public Decoder decoder() {
        return decoder;
    }

    /** Whether a message without an end has waited long enough for it, on a connection that has never ended a message. */
    public boolean fellSilent() {
        return decoder.holdsUnendedText() && System.nanoTime() - lastRead > SILENCE_THAT_ENDS_A_MESSAGE;
    }

    /**
     * Whether something was written in the last 5 ms, so that it is surely still open. Bytes read since do not show it, for
     * the end may be right behind them. Nor does the time when the last write returned: if the process was stopped right
     * there, it does not know what has happened since.
     */
    boolean isSurelyOpen(long now) {
        return log.hasBegun() && now - lastWriteBegan <= STAYS_OPEN;
    }

    /** When the last read began that waited, and so would have seen an end. */
    long lastWaited() {
        return lastWaited;
    }

    /**
     * Writes. (P3.3)
     *
     * @throws WriteGuard.ExpiredException if the friend does not read
     * @throws IOException                 if the connection is broken
     */
    void write(byte[] bytes, int from, int count, WriteGuard guard) throws IOException {
        lastWriteBegan = System.nanoTime();
        guard.during(socket, () -> out.write(bytes, from, count));
        lastActive = System.nanoTime();
        log.wrote(count, lastActive);
        lastWriteBlocked = lastActive - lastWriteBegan >= BLOCKED;
    }

    /** Whether the last write had to wait for the friend, for 5 ms or more. */
    boolean lastWriteBlocked() {
        return lastWriteBlocked;
    }

    public SentLog log() {
        return log;
    }

    /** When the last read began that showed that the other side had not ended. */
    public long lastKnownOpen() {
        return lastKnownOpen;
    }

    public boolean is(State other) {
        return state == other;
    }

    /** The other side sends no more. */
    public void end() {
        state = State.ENDED;
    }

    /** Sends no more, and waits for the other side to end too. */
    public void beginClosing() {
        state = State.CLOSING;
        closingSince = System.nanoTime();
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            return; // it is broken, and the next read will say so
        }
    }

    long closesFor(long now) {
        return now - closingSince;
    }

    /** Whether the other side has been given all the time that it may take to end, too. */
    public boolean closesTooLong(long now) {
        return state == State.CLOSING && closesFor(now) > LONGEST_CLOSING;
    }

    public void close() {
        state = State.CLOSED;
        Sockets.closeQuietly(socket);
    }

    public boolean isAccepted() {
        return isAccepted;
    }

    public InetSocketAddress local() {
        return local;
    }

    public InetSocketAddress remote() {
        return remote;
    }

    public Optional<User> receiver() {
        return receiver;
    }

    /** The sender of the last message. */
    public Optional<Sender> lastSender() {
        return lastSender;
    }

    public void setLastSender(Sender sender) {
        lastSender = Optional.of(sender);
    }

    /** The friend at the other end: by the address, or by what came from there last. */
    public Optional<User> friend() {
        return receiver.or(() -> lastSender.flatMap(Sender::friend));
    }

    /** The name of the other end, as far as it is known; else its address. */
    public String remoteName() {
        return friend().map(User::name).orElseGet(() -> lastSender.map(Sender::name).orElseGet(() -> Text.place(remote)));
    }

    public long lastActive() {
        return lastActive;
    }
}
