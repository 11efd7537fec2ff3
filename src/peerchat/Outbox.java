package peerchat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import peerchat.console.Screen;
import peerchat.console.StandardInput;
import peerchat.net.ClientSocket;
import peerchat.net.ConnectAttempt;
import peerchat.net.Connection;
import peerchat.net.WriteGuard;
import peerchat.trace.Trace;
import peerchat.wire.Message;

/** Sends what was typed: connects the client sockets that are missing (P3.2), and writes to them (P3.3). */
final class Outbox {

    /** Bytes that may wait for slow friends before the keyboard is left alone, as a blocking send() would do. */
    private static final long ROOM = 1024 * 1024;

    /** Waiting for slow friends, all together, may take a fifth of the time: four parts of rest for one of waiting. */
    private static final int REST_PER_BLOCK = 4;

    /** Milliseconds, so that leaving takes no longer than it may. */
    private static final int LONGEST_SLICE_ON_LEAVING = 300;

    private final List<ClientSocket> clients;
    private final Connections connections;
    private final Inbox inbox;
    private final WriteGuard guard;
    private final StandardInput keyboard;
    private final Screen screen;
    private final Trace trace;
    /** The client socket that is served first: the one after the last that blocked. */
    private int first;
    /** When a write last blocked, and how long. */
    private long blockedAt = System.nanoTime();
    private long blockedFor;
    /** No long slice of connecting begins before this time. */
    private long connectingRestsUntil = blockedAt;
    private int longestSlice = Integer.MAX_VALUE;

    Outbox(List<ClientSocket> clients, Connections connections, Inbox inbox, WriteGuard guard, StandardInput keyboard,
            Screen screen, Trace trace) {
        this.clients = clients;
        this.connections = connections;
        this.inbox = inbox;
        this.guard = guard;
        this.keyboard = keyboard;
        this.screen = screen;
        this.trace = trace;
    }

    /** Adds a message for a friend, unless the friend did not read a moment ago. */
    void add(ClientSocket client, String text) {
        client.add(text);
        if (client.isCoolingDown(System.nanoTime())) {
            giveUp(client, "is not reading");
        }
    }

    boolean hasRoom() {
        long waiting = 0;
        for (ClientSocket client : clients) {
            waiting += client.waitingBytes();
        }
        return waiting < ROOM;
    }

    boolean hasWork() {
        for (ClientSocket client : clients) {
            if (client.hasWork()) {
                return true;
            }
        }
        return false;
    }

    /** The connections that the coming wait is for: they were quiet, and are going to be written to. */
    List<Connection> toProbe() {
        List<Connection> quiet = List.of();
        for (ClientSocket client : clients) {
            if (client.state() == ClientSocket.State.PROBING) {
                quiet = quiet.isEmpty() ? new ArrayList<>() : quiet;
                quiet.add(client.connection());
            }
        }
        return quiet;
    }

    /** Writes one bounded piece to every friend who has a client socket, and tries to make one that is missing. */
    void send() {
        trace.phase(Trace.Phase.SEND);
        if (!hasWork()) {
            return;
        }
        long now = System.nanoTime();
        for (int i = 0; i < clients.size(); i++) {
            ClientSocket client = clients.get((first + i) % clients.size());
            boolean hasBlocked = switch (client.state()) {
                case IDLE -> connectSoon(client, now);
                case CONNECTING, COOLING_DOWN -> false;
                case READY, PROBING -> !mustRest(client, now) && client.mayWrite(now) && begin(client);
                case WRITING -> !mustRest(client, now) && write(client);
            };
            if (hasBlocked) {
                first = (first + i + 1) % clients.size(); // that was enough waiting for one turn
                break;
            }
        }
        connectToOne(now);
    }

    private boolean mustRest(ClientSocket client, long now) {
        return client.lastWriteBlocked() && now - blockedAt < REST_PER_BLOCK * blockedFor;
    }

    private boolean begin(ClientSocket client) {
        for (Message message : client.beginBatch()) {
            trace.sends(client.connection(), message);
        }
        return write(client);
    }

    /** Writes a piece, and returns whether the loop was held up. */
    private boolean write(ClientSocket client) {
        Connection connection = client.connection();
        long before = System.nanoTime();
        boolean hasBlocked = false;
        try {
            int count = client.writePiece(guard);
            trace.wrote(connection, count);
            hasBlocked = client.lastWriteBlocked();
            if (client.isOneShot() && client.state() == ClientSocket.State.READY) {
                connections.beginClosing(connection); // its one message is written
            }
        } catch (WriteGuard.ExpiredException e) {
            hasBlocked = true;
            connections.broken(connection);
            client.coolDown();
            giveUp(client, "is not reading");
        } catch (IOException e) {
            inbox.readToEnd(connection); // what the friend sent before
            connections.broken(connection);
        }
        if (hasBlocked) {
            blockedAt = System.nanoTime();
            blockedFor = blockedAt - before;
        }
        return hasBlocked;
    }

    private boolean connectSoon(ClientSocket client, long now) {
        if (client.endsEveryConnection()) {
            giveUp(client, "ends every connection at once");
        }
        client.connectIfNeeded(now);
        return false;
    }

    /** Tries to connect to the friend whose slice is the shortest. After a long slice, others are served for as long. */
    private void connectToOne(long now) {
        Optional<ClientSocket> shortest = clients.stream()
                .filter(client -> client.state() == ClientSocket.State.CONNECTING && client.attempt().isDue(now))
                .min(Comparator.comparingInt(client -> client.attempt().nextSlice(now)));
        if (shortest.isEmpty()) {
            return;
        }
        int millis = Math.min(shortest.get().attempt().nextSlice(now), longestSlice);
        boolean isShort = millis <= ConnectAttempt.FIRST_SLICE;
        if (isShort || now - connectingRestsUntil >= 0) {
            connect(shortest.get(), millis);
            long after = System.nanoTime();
            connectingRestsUntil = isShort ? connectingRestsUntil : after + (after - now);
        }
    }

    private void connect(ClientSocket client, int millis) {
        String name = client.friend().name();
        trace.connects(client.friend(), millis);
        try {
            Optional<Socket> socket = client.attempt().tryOnce(millis);
            if (socket.isPresent()) {
                client.connected(connections.add(socket.get(), false, Optional.of(client.friend())));
                if (client.state() == ClientSocket.State.READY && !client.isOneShot()) {
                    screen.notice("connected to " + name + " (" + client.friend().place() + ")");
                }
            } else {
                trace.noAnswer(client.friend());
                client.attempt().news(System.nanoTime()).ifPresent(what -> screen.notice(name + ": " + what));
            }
        } catch (ConnectAttempt.FailedException e) {
            trace.unreached(client.friend(), e.getMessage());
            giveUp(client, e.getMessage());
        }
    }

    /** The user leaves: connecting takes shorter slices. */
    void hurry() {
        longestSlice = LONGEST_SLICE_ON_LEAVING;
    }

    /** On leaving: says what was not sent in time. */
    void giveUpAll() {
        clients.forEach(client -> giveUp(client, "was not reached before leaving"));
    }

    private void giveUp(ClientSocket client, String why) {
        for (Message message : client.giveUp()) {
            screen.notice(client.friend().name() + " " + why + ": not sent: " + message.text());
            keyboard.bringBack(client.friend().name() + "/" + message.text());
        }
    }
}
