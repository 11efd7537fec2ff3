package peerchat.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import peerchat.text.Text;
import peerchat.users.Sender;
import peerchat.users.User;
import peerchat.wire.Decoder;

/** One TCP connection, accepted or a client socket. All its times are nanoseconds of {@link System#nanoTime()}. */
public final class Connection {
    public enum State {
        OPEN,         // messages go both ways
        REMOTE_ENDED, // the other side sends no more; a half-written message is finished before this side closes
        HALF_CLOSED,  // this side sends no more; it reads until the other side ends too, or 3 s have passed
        CLOSED
    }

    /** The outcome of a read. */
    public enum Found { NOTHING, BYTES, END, BREAK }

    /** Bytes that one turn reads from one connection, at most: a friend who floods must not keep others waiting. */
    static final int READ_BUFFER = 64 * 1024;

    /** Nanoseconds: a write that takes longer has had to wait for the friend. */
    public static final long BLOCKED = TimeUnit.MILLISECONDS.toNanos(5);

    /** If the first read of a probe returns data, only the second can show that the stream has ended. */
    public static final int READS_OF_A_PROBE = 2;

    private static final long LONG_AGO = TimeUnit.HOURS.toNanos(1);

    private final Socket socket;
    private final InputStream in;
    private final boolean isAccepted;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final Optional<User> receiver;
    private final Duration idleTimeout;
    private final Decoder decoder;
    private final SentLog log = new SentLog();
    private State state = State.OPEN;
    private long closingSince;
    /** The outcome of the last read. */
    private Found found = Found.NOTHING;
    private int bytesRead;
    /** Whether the last wait has a result that {@link #read} has not returned yet. */
    private boolean hasUntakenResult;
    private final byte[] buffer = new byte[READ_BUFFER];
    private Optional<Sender> lastSender = Optional.empty();
    /** Time of the last byte in either direction. */
    private long lastActive = System.nanoTime();
    /** Time of the last bytes that came. A new accepted connection counts as just read: its friend will speak soon. */
    private long lastRead;
    /** Start of the last read that found nothing. */
    private long lastEmpty = lastActive;
    /** Start of the last write; long ago if there was none. */
    private long lastWriteBegan = lastActive - LONG_AGO;
    private boolean lastWriteBlocked;
    /** Start of the last read that showed that the stream had not ended. */
    private long lastKnownOpen = lastActive;
    /** Start of the last {@link #readWaiting}, which would have seen an end unless bytes came first. */
    private long lastWaited = lastActive;

    /**
     * @param isAccepted whether the peer-chat server accepted it; else it is a client socket
     * @param receiver   the friend whose peer-chat server is the remote end, so that messages can be sent to it
     * @param decoder    of the messages that come over it
     * @throws IOException if the socket is closed already
     */
    public Connection(Socket socket, boolean isAccepted, Optional<User> receiver, Duration idleTimeout,
            Decoder decoder) throws IOException {
        this.socket = socket;
        this.isAccepted = isAccepted;
        this.lastRead = isAccepted ? lastActive : lastActive - LONG_AGO;
        this.receiver = receiver;
        this.idleTimeout = idleTimeout;
        this.decoder = decoder;
        socket.setTcpNoDelay(true); // a chat message is small and must not wait for another
        socket.setSendBufferSize(Sockets.SEND_BUFFER);
        this.local = (InetSocketAddress) socket.getLocalSocketAddress();
        this.remote = (InetSocketAddress) socket.getRemoteSocketAddress();
        this.in = socket.getInputStream();
    }

    /** Waits for the first byte, for {@code millis} at most, and reads. {@link #read} returns the result. (P2) */
    public void readWaiting(int millis) {
        if (!hasUntakenResult && canRead()) {
            lastWaited = System.nanoTime();
            readWithin(millis);
            hasUntakenResult = true;
        }
    }

    /** Returns the result of a wait. Without a wait, asks whether bytes have come, and reads them. (P2) */
    public Found read() {
        if (!hasUntakenResult) {
            long now = System.nanoTime();
            found = Found.NOTHING;
            try {
                if (canRead() && in.available() > 0) {
                    readWithin(1); // bytes are there, so this does not wait
                } else {
                    lastEmpty = now;
                }
            } catch (IOException e) {
                found = Found.BREAK;
            }
        }
        hasUntakenResult = false;
        return found;
    }

    private void readWithin(int millis) {
        long began = System.nanoTime();
        try {
            socket.setSoTimeout(millis);
            bytesRead = in.read(buffer, 0, buffer.length);
            found = bytesRead < 0 ? Found.END : Found.BYTES;
            if (found == Found.BYTES) {
                lastRead = System.nanoTime();
                decoder.add(buffer, bytesRead, lastRead);
                lastActive = lastRead;
                lastKnownOpen = began;
            }
        } catch (SocketTimeoutException e) {
            found = Found.NOTHING;
            lastKnownOpen = began;
            lastEmpty = began;
        } catch (IOException e) {
            found = Found.BREAK;
        }
    }

    public Found found() {
        return found;
    }

    public int bytesRead() {
        return bytesRead;
    }

    public Decoder decoder() {
        return decoder;
    }

    public long lastRead() {
        return lastRead;
    }

    /** Start of the last read that found nothing: all bytes that were read since then came after it. */
    public long lastEmpty() {
        return lastEmpty;
    }

    long lastWriteBegan() {
        return lastWriteBegan;
    }

    public long lastWaited() {
        return lastWaited;
    }

    /** Writes messages; throws what {@link WriteGuard#during} throws. (P3.3) */
    void write(byte[] bytes, WriteGuard guard) throws IOException {
        writeUnlogged(bytes, guard);
        lastWriteBlocked = lastActive - lastWriteBegan >= BLOCKED;
        log.wrote(bytes.length, lastActive, lastWriteBlocked);
    }

    /** Writes bytes that are never reported as in doubt; throws what {@link WriteGuard#during} throws. */
    void writeUnlogged(byte[] bytes, WriteGuard guard) throws IOException {
        lastWriteBegan = System.nanoTime();
        guard.during(socket, () -> socket.getOutputStream().write(bytes));
        lastActive = System.nanoTime();
    }

    /** Returns true if the last write had to wait for the friend, for 5 ms or more. */
    boolean lastWriteBlocked() {
        return lastWriteBlocked;
    }

    public SentLog log() {
        return log;
    }

    public long lastKnownOpen() {
        return lastKnownOpen;
    }

    /** Returns true if bytes or an end may still come: only then a read waits. */
    public boolean canRead() {
        return state == State.OPEN || state == State.HALF_CLOSED;
    }

    public boolean is(State other) {
        return state == other;
    }

    public void remoteEnded() {
        state = State.REMOTE_ENDED;
    }

    /** Half closes the connection: sends no more, but reads until the other side ends too. */
    public void shutDownOutput() {
        state = State.HALF_CLOSED;
        closingSince = System.nanoTime();
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            return; // the connection is broken, and the next read will say so
        }
    }

    /** Nanoseconds from half closing to {@code now}; 0 if the connection is not half closed. */
    public long halfClosedFor(long now) {
        return state == State.HALF_CLOSED ? now - closingSince : 0;
    }

    public void close() {
        state = State.CLOSED;
        Sockets.closeQuietly(socket);
    }

    /** Closes the connection. Returns true if the other side's system has acknowledged all bytes and the end. */
    public boolean closeAcknowledged() {
        state = State.CLOSED;
        return Sockets.closeAcknowledged(socket);
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

    public Optional<Sender> lastSender() {
        return lastSender;
    }

    public void setLastSender(Sender sender) {
        lastSender = Optional.of(sender);
    }

    /** The friend at the other end: known by the address, or by the last message from there. */
    public Optional<User> friend() {
        return receiver.isPresent() ? receiver : lastFriend();
    }

    /** The friend who sent the last message over this connection. */
    public Optional<User> lastFriend() {
        return lastSender.isPresent() ? lastSender.get().friend() : Optional.empty();
    }

    /** The name of the other end, if it is known; else its address. */
    public String remoteName() {
        return friend().map(User::name).or(() -> lastSender.map(Sender::name)).orElseGet(() -> Text.place(remote));
    }

    public Duration idleTimeout() {
        return idleTimeout;
    }

    public long lastActive() {
        return lastActive;
    }
}
