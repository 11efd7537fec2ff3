package peerchat.net;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import peerchat.text.Text;
import peerchat.users.User;
import peerchat.wire.Dialect;

/**
 * An attempt to connect to a friend (P3.2), in slices: connect() blocks, and a host that does not answer must not stall
 * the loop. Each slice is a new try. The first is short, later slices are longer, and between slices the loop serves
 * the other friends.
 */
public final class ConnectAttempt {
    /** Milliseconds of the first slice. It is short: no rest has to follow it. */
    public static final int FIRST_SLICE = 20;
    private static final int LONGEST_SLICE = 900;

    private static final int NOTICE_AFTER_MILLIS = 300;
    private static final int REST_IN_TIME_WAIT_MILLIS = 50;

    private final User friend;
    /** My own address in the table, by which the friend knows me, if this machine has it. */
    private final Optional<InetAddress> from;
    /** The port to connect from, 0 for any. */
    private final int fromPort;
    private final int timeoutMillis;
    private final Set<InetAddress> failed = new HashSet<>();
    /** Milliseconds of the next slice. */
    private int slice = FIRST_SLICE;
    private int slices;
    /** Milliseconds of tries without an answer, of the equal pause after each long one, and of rests in TIME_WAIT. */
    private int spentMillis;
    private long restsUntil;
    /** Whether the kernel keeps the last connection between the same ports in TIME_WAIT, and whether the user knows. */
    private boolean isInTimeWait;
    private boolean isTold;

    /** @param now nanoseconds of {@link System#nanoTime()} */
    ConnectAttempt(User friend, User me, Dialect dialect, int timeoutMillis, long now) {
        this.friend = friend;
        this.from = me.addressHere();
        this.fromPort = dialect.fromOwnPort() ? me.port() : 0;
        this.timeoutMillis = timeoutMillis;
        this.restsUntil = now;
    }

    public boolean isDue(long now) {
        return now - restsUntil >= 0;
    }

    /** Milliseconds that the next slice may block. */
    public int nextSlice() {
        return Math.max(1, Math.min(slice, remainingMillis()));
    }

    /** Describes the next slice, for the trace. */
    public String describe(int millis) {
        return (slices == 0 ? "no client socket to " + friend.name() + ": connecting to " + friend.place()
                : "connecting to " + friend.name() + " again, try " + (slices + 1)) + ", for " + millis + " ms at most";
    }

    /**
     * Tries to connect, for one slice.
     *
     * @param millis how long it may block
     * @return the connected socket, or nothing yet
     * @throws ConnectException if the friend refuses, or the time is up; a notice adds its text to the friend's name
     */
    public Optional<Socket> tryOnce(int millis) throws ConnectException {
        InetAddress address = nextAddress();
        Socket socket = new Socket();
        try {
            socket.setReceiveBufferSize(Sockets.receiveBufferFor(address));
            bind(socket, address);
            socket.connect(new InetSocketAddress(address, friend.port()), millis);
            if (socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress())) {
                // Nobody listens there, and the kernel gave this socket the very port that it connects to.
                throw new ConnectException("connection refused");
            }
            return Optional.of(socket);
        } catch (SocketTimeoutException e) {
            Sockets.closeQuietly(socket);
            slice = Math.min(slice * 3, LONGEST_SLICE);
            isInTimeWait &= millis < FIRST_SLICE; // a try that the timeout made shorter proves nothing
            spend(millis <= FIRST_SLICE ? millis : 2 * millis); // an equal rest follows a long slice
        } catch (IOException e) {
            Sockets.closeQuietly(socket);
            if (fromPort != 0 && e instanceof BindException) {
                // The kernel keeps the last connection between the same addresses and ports in TIME_WAIT.
                isInTimeWait = true;
                restsUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REST_IN_TIME_WAIT_MILLIS);
                spend(REST_IN_TIME_WAIT_MILLIS);
            } else {
                failed.add(address);
                if (failed.size() == friend.addresses().size()) {
                    throw new ConnectException("is offline (" + reason(e) + ")");
                }
            }
        }
        return Optional.empty();
    }

    /** Counts time spent on this friend, and fails after the connect timeout. */
    private void spend(int millis) throws ConnectException {
        spentMillis += millis;
        if (remainingMillis() <= 0) {
            throw new ConnectException(isInTimeWait ? "cannot be reached (" + timeWaitReason() + ")"
                    : "is offline (no answer within " + timeoutMillis + " ms)");
        }
    }

    private void bind(Socket socket, InetAddress address) throws IOException {
        boolean knowsMeByAddress = from.isPresent() && from.get().isLoopbackAddress() == address.isLoopbackAddress()
                && from.get().getClass() == address.getClass();
        if (fromPort != 0) {
            Sockets.sharePort(socket);
        }
        if (knowsMeByAddress || fromPort != 0) {
            socket.bind(new InetSocketAddress(knowsMeByAddress ? from.get() : null, fromPort));
        }
    }

    private String timeWaitReason() {
        return "the last connection from port " + fromPort + " lingers in TIME_WAIT, for a minute at most";
    }

    /** A notice for the user while connecting goes on; it is returned once. */
    public Optional<String> notice() {
        if (!isInTimeWait || isTold || spentMillis <= NOTICE_AFTER_MILLIS) {
            return Optional.empty();
        }
        isTold = true;
        return Optional.of(timeWaitReason() + ": trying again for "
                + Text.seconds(Duration.ofMillis(Math.max(0, remainingMillis()))));
    }

    /** The next of the friend's addresses, in turn, without those that failed. */
    private InetAddress nextAddress() {
        List<InetAddress> left = friend.addresses().stream().filter(address -> !failed.contains(address)).toList();
        return left.get(slices++ % left.size());
    }

    private int remainingMillis() {
        return timeoutMillis - spentMillis;
    }

    private static String reason(IOException e) {
        if (e instanceof NoRouteToHostException) {
            return "no route to the host";
        }
        if (e instanceof ConnectException && e.getMessage() != null && e.getMessage().contains("refused")) {
            return "connection refused";
        }
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    }
}
