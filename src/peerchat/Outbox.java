package peerchat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import peerchat.console.LineReader;
import peerchat.console.Screen;
import peerchat.net.ClientSocket;
import peerchat.net.ConnectAttempt;
import peerchat.net.Connection;
import peerchat.net.WriteGuard;
import peerchat.trace.Trace;
import peerchat.trace.TraceEvent;
import peerchat.trace.TraceEvent.Kind;
import peerchat.wire.Message;

/** Sends typed messages: connects the client sockets that are missing (P3.2), and writes to them (P3.3). */
final class Outbox {
    /** A pipe is read only while fewer bytes than this are pending. A blocking send() would end the reading, too. */
    private static final long MOST_PENDING = 1024 * 1024;

    /** A terminal is read even with more pending. But then a friend with more pending than this gets no new message. */
    private static final long MOST_PENDING_PER_FRIEND = MOST_PENDING / 8;

    /** After a write that blocked, slow friends get nothing for four times the time that it took. */
    private static final int REST_PER_BLOCK = 4;

    /** A write counts as blocked for this time at most: the guard ends one that takes longer. */
    private static final long LONGEST_BLOCK = TimeUnit.SECONDS.toNanos(2);

    /** Milliseconds that a slice of connecting may take while the user leaves. */
    private static final int LONGEST_SLICE_ON_LEAVING = 300;

    private final List<ClientSocket> clients;
    private final Connections connections;
    private final Inbox inbox;
    private final WriteGuard guard;
    private final LineReader lines;
    private final Screen screen;
    private final Trace trace;
    /** Index of the client socket that is served first: it follows the last one that blocked. */
    private int first;
    /** Bytes that were pending for all friends when the last send step began. */
    private long pendingBytes;
    /** End of the last write that blocked, and how long it took, both in nanoseconds. */
    private long blockedAt = System.nanoTime();
    private long blockedFor;
    /** No long slice of connecting begins before this time. */
    private long connectingRestsUntil = blockedAt;
    private int longestSlice = Integer.MAX_VALUE;

    Outbox(List<ClientSocket> clients, Connections connections, Inbox inbox, WriteGuard guard, LineReader lines,
            Screen screen, Trace trace) {
        this.clients = clients;
        this.connections = connections;
        this.inbox = inbox;
        this.guard = guard;
        this.lines = lines;
        this.screen = screen;
        this.trace = trace;
    }

    /** Adds a message for a friend. It is refused if the friend does not read, or if too much is pending already. */
    void add(ClientSocket client, String text) {
        if (!hasRoom() && client.pendingBytes() > MOST_PENDING_PER_FRIEND) {
            refuse(client, "is slow, much is still unsent", text);
            return;
        }
        client.add(text);
        client.endCoolDownIfDue(System.nanoTime());
        if (client.state() == ClientSocket.State.COOLING_DOWN) {
            giveUp(client, "is not reading");
        }
    }

    boolean hasRoom() {
        return pendingBytes < MOST_PENDING;
    }

    boolean hasWork() {
        return clients.stream().anyMatch(client -> client.pendingBytes() > 0);
    }

    /** The connections to probe before something is written to them. */
    List<Connection> toProbe() {
        return pendingBytes == 0 ? List.of() : clients.stream()
                .filter(client -> client.state() == ClientSocket.State.PROBING).map(ClientSocket::connection).toList();
    }

    /** Writes a bounded piece to each friend with a client socket, and tries to connect one that is missing. */
    void send() {
        trace.phase(Trace.Phase.SEND);
        pendingBytes = 0;
        for (ClientSocket client : clients) {
            pendingBytes += client.pendingBytes();
        }
        if (pendingBytes > 0) {
            serveAll();
        }
    }

    private void serveAll() {
        long now = System.nanoTime();
        boolean slowOnesRest = now - blockedAt < REST_PER_BLOCK * blockedFor;
        int begin = first;
        boolean hasBlocked = false;
        boolean isConnecting = false;
        for (int i = 0; i < clients.size(); i++) {
            ClientSocket client = clients.get((begin + i) % clients.size());
            boolean mayServe = !hasBlocked && !(slowOnesRest && client.lastWriteBlocked());
            switch (client.state()) {
                case IDLE -> connectIfNeeded(client, now);
                case READY, PROBING -> hasBlocked |= mayServe && client.mayWrite(now) && write(client);
                case WRITING -> hasBlocked |= mayServe && write(client);
                case CONNECTING, COOLING_DOWN -> { }
            }
            if (mayServe && hasBlocked) {
                first = (begin + i + 1) % clients.size(); // one write that blocks is enough for a turn
            }
            isConnecting |= client.state() == ClientSocket.State.CONNECTING;
        }
        if (isConnecting) {
            connectToOne(now);
        }
    }

    /** Writes a piece. Returns true if the write blocked. */
    private boolean write(ClientSocket client) {
        long before = System.nanoTime();
        try {
            int count = client.writePiece(guard, message -> trace.sends(client.connection(), message));
            trace.wrote(client, count);
            if (count > 0 && client.isOneShot() && client.state() == ClientSocket.State.READY) {
                connections.beginClosing(client.connection()); // its one message is written
            }
        } catch (SocketTimeoutException e) {
            connections.broken(client.connection());
            client.coolDown();
            giveUp(client, "is not reading");
        } catch (IOException e) {
            Connection broken = client.connection();
            inbox.readToEnd(broken); // the friend may have sent something before the break
            connections.broken(broken);
        }
        long after = System.nanoTime();
        if (after - before < Connection.BLOCKED) {
            return false;
        }
        blockedAt = after;
        blockedFor = Math.min(after - before, LONGEST_BLOCK); // the process may have been stopped meanwhile
        return true;
    }

    private void connectIfNeeded(ClientSocket client, long now) {
        if (client.endsEveryConnection()) {
            giveUp(client, "closes every new connection");
        }
        client.connectIfNeeded(now);
    }

    /** Connects to the friend whose slice is the shortest. A long slice is followed by an equal time for the others. */
    private void connectToOne(long now) {
        Optional<ClientSocket> shortest = clients.stream()
                .filter(client -> client.state() == ClientSocket.State.CONNECTING && client.attempt().isDue(now))
                .min(Comparator.comparingInt(client -> client.attempt().nextSlice()));
        shortest.ifPresent(client -> {
            int millis = Math.min(client.attempt().nextSlice(), longestSlice);
            boolean isShort = millis <= ConnectAttempt.FIRST_SLICE;
            if (isShort || now - connectingRestsUntil >= 0) {
                connect(client, millis);
                long after = System.nanoTime();
                // The process may have been stopped meanwhile.
                long took = Math.min(after - now, TimeUnit.MILLISECONDS.toNanos(millis));
                connectingRestsUntil = isShort ? connectingRestsUntil : after + took;
            }
        });
    }

    private void connect(ClientSocket client, int millis) {
        String name = client.friend().name();
        trace.happened(Kind.CONNECTING, client.attempt().describe(millis), TraceEvent.FRIEND, name, "slice", millis);
        try {
            Optional<Socket> socket = client.attempt().tryOnce(millis);
            if (socket.isPresent()) {
                client.connected(connections.add(socket.get(), false, Optional.of(client.friend())));
                if (client.state() == ClientSocket.State.READY && !client.isOneShot()) {
                    screen.notice("connected to " + name + " (" + client.friend().place() + ")");
                }
            } else {
                trace.happened(Kind.CONNECTING, "not connected to " + name + " yet: the others have their turn, then"
                        + " it is tried again", TraceEvent.FRIEND, name);
                client.attempt().notice().ifPresent(what -> screen.notice(name + ": " + what));
            }
        } catch (ConnectException e) {
            trace.happened(Kind.UNREACHED, name + " " + e.getMessage() + ": no client socket", TraceEvent.FRIEND, name);
            giveUp(client, e.getMessage());
        }
    }

    /** Shortens the slices of connecting, because the user leaves. */
    void hurry() {
        longestSlice = LONGEST_SLICE_ON_LEAVING;
    }

    /** Reports, on leaving, the messages that were not sent in time. */
    void giveUpAll() {
        clients.forEach(client -> giveUp(client, "did not get it before you left"));
    }

    private void giveUp(ClientSocket client, String why) {
        for (Message message : client.giveUp()) {
            refuse(client, why, message.text());
        }
    }

    private void refuse(ClientSocket client, String why, String text) {
        screen.notice(client.friend().name() + " " + why + ": not sent: " + text);
        lines.bringBack(client.friend().name() + "/" + text);
    }
}
