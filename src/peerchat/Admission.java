package peerchat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import peerchat.console.Screen;
import peerchat.net.Connection;
import peerchat.net.Sockets;
import peerchat.text.Text;
import peerchat.trace.Trace;
import peerchat.trace.TraceEvent.Kind;
import peerchat.users.Friends;
import peerchat.users.UserTable;

/** Decides who gets in: friends, known by their address, with five connections at most (P1). Others are not read. */
final class Admission {
    /** Accepted connections that may be open at once (P1). */
    static final int MOST_ACCEPTED = UserTable.MOST_FRIENDS;

    /** Accepted connections that are open or half closed. A half-closed one may take a few seconds to end. */
    private static final int MOST_WITH_CLOSING = 2 * MOST_ACCEPTED;

    private final Friends friends;
    private final Connections connections;
    private final Screen screen;
    private final Trace trace;
    private final SparingNotices strangers;
    private final SparingNotices tooMany;
    private final SparingNotices replaced;
    /** A friend's connection that found all places taken. The others are probed, because one may have ended unseen. */
    private Optional<Socket> waiting = Optional.empty();
    /** How many reads of that probe there have been. */
    private int probes;
    /** Whether the user was told that accepting failed. */
    private boolean hasFailed;

    Admission(Friends friends, Connections connections, Screen screen, Trace trace) {
        this.friends = friends;
        this.connections = connections;
        this.screen = screen;
        this.trace = trace;
        this.strangers = new SparingNotices(screen, "refused", " from outside the table");
        this.tooMany = new SparingNotices(screen, "refused", ": " + MOST_ACCEPTED + " were open already");
        this.replaced = new SparingNotices(screen, "closed", " to make room for new ones");
    }

    /** Takes in an accepted connection, refuses it, or lets it wait until probes show whether there is a place. */
    void admit(Socket socket) {
        hasFailed = false;
        if (friends.isInTable(remoteOf(socket).getAddress())) {
            waiting = Optional.of(socket);
            probes = 0;
            decideOnWaiting();
        } else {
            refuse(socket, "no line of the table has this address", strangers);
        }
    }

    /** Returns true while a connection waits for a place. No other connection is admitted meanwhile. */
    boolean isUndecided() {
        return waiting.isPresent();
    }

    /** The connections to probe: a friend who connects again must not be refused because of a dead connection. */
    List<Connection> toProbe() {
        return waiting.isPresent() ? open() : List.of();
    }

    /** Takes the waiting connection in when there is a place. If probes free no place, makes one, or refuses it. */
    void decideOnWaiting() {
        if (waiting.isEmpty() || !hasRoom() && probes++ < Connection.READS_OF_A_PROBE) {
            return;
        }
        Socket socket = waiting.get();
        waiting = Optional.empty();
        InetSocketAddress remote = remoteOf(socket);
        if (hasRoom() || makeRoomFor(remote)) {
            connections.limitClosing(MOST_WITH_CLOSING - 1);
            connections.add(socket, true, friends.listeningAt(remote));
        } else {
            refuse(socket, MOST_ACCEPTED + " are open already", tooMany);
        }
    }

    private boolean hasRoom() {
        return open().size() < MOST_ACCEPTED;
    }

    /** Tells the user that accepting failed: once, until it succeeds again. */
    void failed(IOException e) {
        if (!hasFailed) {
            screen.notice("cannot accept connections: " + e.getMessage() + ": trying again");
        }
        hasFailed = true;
    }

    /** Tells how many notices were left out: a second after the last notice, or at once on leaving. */
    void tellLeftOut(boolean isUrgent) {
        strangers.tellLeftOut(isUrgent);
        tooMany.tellLeftOut(isUrgent);
        replaced.tellLeftOut(isUrgent);
    }

    private void refuse(Socket socket, String why, SparingNotices notices) {
        String what = "refused a connection from " + Text.place(remoteOf(socket)) + ": " + why;
        Sockets.reset(socket); // a FIN would say that everything was read
        trace.happened(Kind.REFUSED, what);
        notices.tell(what);
    }

    /**
     * Closes the least recently active connection from the same address. A machine that crashed leaves connections
     * behind that never end, and some programs open a connection for each message and close none. If several friends
     * share the address, only a friend with more than one connection there loses one.
     */
    private boolean makeRoomFor(InetSocketAddress remote) {
        boolean isOneFriends = friends.onlyOneAt(remote.getAddress()).isPresent();
        List<Connection> there = open().stream()
                .filter(connection -> connection.remote().getAddress().equals(remote.getAddress())).toList();
        Optional<Connection> stalest = there.stream()
                .filter(connection -> isOneFriends || there.stream().anyMatch(other -> other != connection
                        && other.friend().isPresent() && other.friend().equals(connection.friend())))
                .filter(connection -> !connections.isHalfWritten(connection))
                .min(Comparator.comparingLong(Connection::lastActive));
        stalest.ifPresent(connection -> {
            replaced.tell("closed the connection from " + connection.remoteName() + ": it gives way to a new one");
            connections.beginClosing(connection);
        });
        return stalest.isPresent();
    }

    private List<Connection> open() {
        List<Connection> open = new ArrayList<>();
        for (Connection connection : connections.all()) {
            if (connection.isAccepted() && connection.is(Connection.State.OPEN)) {
                open.add(connection);
            }
        }
        return open;
    }

    private static InetSocketAddress remoteOf(Socket socket) {
        return (InetSocketAddress) socket.getRemoteSocketAddress();
    }
}
