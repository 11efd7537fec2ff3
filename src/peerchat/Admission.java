package peerchat;

import java.net.InetAddress;
import java.net.Socket;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Who gets in: friends, by their address, five connections at most (P1). Nobody else is read a byte of. */
final class Admission {

    /** Accepted connections that may be open at once (P1). */
    static final int MOST_ACCEPTED = 5;

    /** Accepted connections with those that are closing, which takes a few seconds each at most. */
    private static final int MOST_WITH_CLOSING = 2 * MOST_ACCEPTED;

    private static final long NOTICE_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Speaker speaker;
    private final Connections connections;
    private final Inbox inbox;
    private final Screen screen;
    private final Trace trace;
    private long lastNotice = System.nanoTime() - NOTICE_EVERY;
    private int untold;

    Admission(Speaker speaker, Connections connections, Inbox inbox, Screen screen, Trace trace) {
        this.speaker = speaker;
        this.connections = connections;
        this.inbox = inbox;
        this.screen = screen;
        this.trace = trace;
    }

    /** Takes in an accepted connection, or refuses it at once. */
    void admit(Socket socket) {
        if (!speaker.isInTable(socket.getInetAddress())) {
            refuse(socket, "no line of the table has this address");
        } else if (connections.all().stream().filter(one -> one.isAccepted() && !one.isClosed()).count()
                >= MOST_WITH_CLOSING) {
            refuse(socket, "too many are still closing");
        } else if (hasRoom() || hasRoomAfterALook() || makeRoomFor(socket.getInetAddress())) {
            connections.open(socket, true);
        } else {
            refuse(socket, MOST_ACCEPTED + " are open already");
        }
    }

    /** Tells what happened to a connection that came, at most once a second. */
    void tell(String what) {
        long now = System.nanoTime();
        if (now - lastNotice < NOTICE_EVERY) {
            untold++;
            return;
        }
        screen.notice(what + (untold > 0 ? " (and " + untold + " more before)" : ""));
        lastNotice = now;
        untold = 0;
    }

    private void refuse(Socket socket, String why) {
        trace.refused(socket, why);
        Connection.reset(socket); // an end would say that what came was read
        tell("refused a connection from " + Text.place(socket.getInetAddress().getHostAddress(), socket.getPort())
                + ": " + why);
    }

    private boolean hasRoom() {
        return open().size() < MOST_ACCEPTED;
    }

    /** A connection may have ended without anyone having looked: a friend who comes again must not be refused for it. */
    private boolean hasRoomAfterALook() {
        open().forEach(inbox::readToEnd);
        return hasRoom();
    }

    /**
     * A friend whose machine crashed leaves a connection behind that will never end by itself: when the friend is back,
     * that one gives way. If several friends share an address, nobody knows whose is whose, and all stay.
     */
    private boolean makeRoomFor(InetAddress address) {
        if (speaker.onlyOneAt(address).isEmpty()) {
            return false;
        }
        long now = System.nanoTime();
        Optional<Connection> stalest = open().stream()
                .filter(connection -> connection.farEnd().getAddress().equals(address))
                .filter(connection -> !connection.sending().isMidBatch())
                .max(Comparator.comparingLong(connection -> connection.idleFor(now)));
        stalest.ifPresent(connection -> {
            tell("closed the connection from " + speaker.whoIsAt(connection) + ": it gives way to a new one");
            connections.beginClosing(connection);
        });
        return stalest.isPresent();
    }

    private List<Connection> open() {
        return connections.all().stream().filter(connection -> connection.isAccepted() && connection.isOpen()).toList();
    }
}
