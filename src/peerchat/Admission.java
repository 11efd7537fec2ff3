package peerchat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import peerchat.console.Screen;
import peerchat.net.Connection;
import peerchat.net.Sockets;
import peerchat.text.Text;
import peerchat.trace.Trace;
import peerchat.trace.TraceEvent.Kind;
import peerchat.users.Friends;
import peerchat.users.UserTable;

/** Decides who gets in: friends, by their address, and five connections at most (P1). Nobody else is read. */
final class Admission {
    /** Accepted connections that may be open at once (P1). */
    static final int MOST_ACCEPTED = UserTable.MOST_FRIENDS;

    /** Accepted connections with those that are closing, which takes a few seconds each at most. */
    private static final int MOST_WITH_CLOSING = 2 * MOST_ACCEPTED;

    private static final long NOTICE_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Friends friends;
    private final Connections connections;
    private final Inbox inbox;
    private final Screen screen;
    private final Trace trace;
    private long lastNotice = System.nanoTime() - NOTICE_EVERY;
    /** Notices that were left out since the last one. */
    private int untold;

    Admission(Friends friends, Connections connections, Inbox inbox, Screen screen, Trace trace) {
        this.friends = friends;
        this.connections = connections;
        this.inbox = inbox;
        this.screen = screen;
        this.trace = trace;
    }

    /** Takes in an accepted connection, or refuses it at once. */
    void admit(Socket socket) {
        InetSocketAddress remote = (InetSocketAddress) socket.getRemoteSocketAddress();
        if (!friends.isInTable(remote.getAddress())) {
            refuse(socket, remote, "no line of the table has this address");
        } else if (MOST_WITH_CLOSING <= connections.all().stream()
                .filter(one -> one.isAccepted() && !one.is(Connection.State.CLOSED)).count()) {
            refuse(socket, remote, "too many are still closing");
        } else if (hasRoom() || hasRoomAfterReading() || makeRoomFor(remote.getAddress())) {
            connections.add(socket, true, friends.listeningAt(remote));
        } else {
            refuse(socket, remote, MOST_ACCEPTED + " are open already");
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

    private void refuse(Socket socket, InetSocketAddress remote, String why) {
        String what = "refused a connection from " + Text.place(remote) + ": " + why;
        Sockets.reset(socket); // an end would say that what came was read
        trace.happened(Kind.REFUSED, what);
        tell(what);
    }

    private boolean hasRoom() {
        return open().size() < MOST_ACCEPTED;
    }

    /** An end may have come that nobody has seen yet: a friend who connects again must not be refused because of it. */
    private boolean hasRoomAfterReading() {
        open().forEach(inbox::readToEnd);
        return hasRoom();
    }

    /**
     * A friend whose machine crashed leaves a connection behind that will never end by itself: when the friend is back,
     * that connection gives way. If several friends share an address, nobody knows whose is whose, and all stay.
     */
    private boolean makeRoomFor(InetAddress address) {
        if (friends.onlyOneAt(address).isEmpty()) {
            return false;
        }
        Optional<Connection> stalest = open().stream()
                .filter(connection -> connection.remote().getAddress().equals(address))
                .filter(connection -> !connections.isHalfWritten(connection))
                .min(Comparator.comparingLong(Connection::lastActive));
        stalest.ifPresent(connection -> {
            tell("closed the connection from " + connection.remoteName() + ": it gives way to a new one");
            connections.beginClosing(connection);
        });
        return stalest.isPresent();
    }

    private List<Connection> open() {
        return connections.all().stream()
                .filter(connection -> connection.isAccepted() && connection.is(Connection.State.OPEN)).toList();
    }
}
