package peerchat;

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

/**
 * Creates the client socket to a friend (P3.2) in slices: connect() blocks, and a host that answers nothing must not hold
 * the loop. Each slice is a try of its own, the first short, the next ones longer, the rest of the loop served between.
 */
final class ConnectAttempt {

    /** Why no connection came about, in words for the user that go on after the friend's name. */
    static final class FailedException extends Exception {

        private static final long serialVersionUID = 1L;

        FailedException(String reason) {
            super(reason);
        }
    }

    /** Milliseconds; so few that the loop need not be given time after it. */
    static final int FIRST_SLICE = 20;
    private static final int LONGEST_SLICE = 900;
    private static final int GROWTH = 3;

    private static final long LINGERING_IS_NEWS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long REST_WHILE_LINGERING = TimeUnit.MILLISECONDS.toNanos(50);

    private final User friend;
    private final Optional<InetAddress> from;
    private final int fromPort;
    private final int totalMillis;
    private final long start;
    private final Set<InetAddress> failed = new HashSet<>();
    private int slice = FIRST_SLICE;
    private int next;
    private long restsUntil;
    private boolean lingers;
    private boolean isTold;

    /**
     * @param from        my own address in the table, by which the friend knows me
     * @param fromPort    the port to leave from, 0 for any
     * @param totalMillis after how many milliseconds to give up
     */
    ConnectAttempt(User friend, Optional<InetAddress> from, int fromPort, int totalMillis, long now) {
        this.fromPort = fromPort;
        this.restsUntil = now;
        this.friend = friend;
        this.from = from;
        this.totalMillis = totalMillis;
        this.start = now;
    }

    /** Whether it makes sense to try again now. */
    boolean isDue(long now) {
        return now - restsUntil >= 0;
    }

    /** Milliseconds that the next slice may block. */
    int nextSlice(long now) {
        return (int) Math.max(1, Math.min(slice, remaining(now)));
    }

    /**
     * Tries for one slice.
     *
     * @param millis how long it may block
     * @return the connected socket, or nothing yet
     * @throws FailedException if the friend refuses, or the time is up
     */
    Optional<Socket> tryOnce(int millis) throws FailedException {
        InetAddress address = nextAddress();
        Socket socket = new Socket();
        try {
            socket.setReceiveBufferSize(Connection.receiveBufferFor(address));
            bind(socket, address);
            socket.connect(new InetSocketAddress(address, friend.port()), millis);
            if (socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress())) {
                // Nobody listens there, and the kernel gave this socket the very port that it connects to.
                throw new ConnectException("connection refused");
            }
            return Optional.of(socket);
        } catch (SocketTimeoutException e) {
            Connection.closeQuietly(socket);
            slice = Math.min(slice * GROWTH, LONGEST_SLICE);
            lingers &= millis < FIRST_SLICE; // so short a try may end before the system is asked at all
            if (remaining(System.nanoTime()) <= 0) {
                throw lingers ? stillLingers()
                        : new FailedException("is offline (no answer within " + totalMillis + " ms)");
            }
            return Optional.empty();
        } catch (IOException e) {
            Connection.closeQuietly(socket);
            if (fromPort != 0 && e instanceof BindException) {
                return lingering();
            }
            failed.add(address);
            if (failed.size() == friend.addresses().size()) {
                throw new FailedException("is offline (" + reason(e) + ")");
            }
            return Optional.empty();
        }
    }

    private void bind(Socket socket, InetAddress address) throws IOException {
        boolean knowsMeByAddress = from.isPresent() && from.get().isLoopbackAddress() == address.isLoopbackAddress()
                && from.get().getClass() == address.getClass();
        if (fromPort != 0) {
            PeerServer.sharePort(socket);
        }
        if (knowsMeByAddress || fromPort != 0) {
            socket.bind(knowsMeByAddress ? new InetSocketAddress(from.get(), fromPort) : new InetSocketAddress(fromPort));
        }
    }

    /** The system does not make a connection between the same addresses and ports while it still keeps the last one. */
    private Optional<Socket> lingering() throws FailedException {
        long now = System.nanoTime();
        if (remaining(now) <= 0) {
            throw stillLingers();
        }
        lingers = true;
        restsUntil = now + REST_WHILE_LINGERING;
        return Optional.empty();
    }

    private FailedException stillLingers() {
        return new FailedException("cannot be reached (" + whatLingers() + ")");
    }

    private String whatLingers() {
        return "the last connection from port " + fromPort + " lingers in TIME_WAIT, for a minute at most";
    }

    /** What the user should know while this goes on: told once. */
    Optional<String> news(long now) {
        if (lingers && !isTold && now - start > LINGERING_IS_NEWS) {
            isTold = true;
            return Optional.of(whatLingers() + ": trying again for "
                    + Text.seconds(Duration.ofMillis(Math.max(0, remaining(now)))));
        }
        return Optional.empty();
    }

    /** The friend's addresses one after the other, without those that failed. */
    private InetAddress nextAddress() {
        List<InetAddress> left = friend.addresses().stream().filter(address -> !failed.contains(address)).toList();
        return left.get(next++ % left.size());
    }

    private long remaining(long now) {
        return totalMillis - TimeUnit.NANOSECONDS.toMillis(now - start);
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
