package peerchat;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/** What was typed and is on its way: client sockets are found or made (P3.2), messages written to them (P3.3). */
final class Outbox implements Connector.Outcome {

    /** Bytes that may wait for slow friends before the keyboard is left alone, as a blocking send() would do. */
    private static final long ROOM = 1024 * 1024;

    private static final int REST_PER_BLOCK = 4;

    private final List<ClientSocket> clients;
    private final Connector connector;
    private final Connections connections;
    private final Inbox inbox;
    private final Guard guard;
    private final Keyboard keyboard;
    private final Screen screen;
    private final Pace pace;
    private final Trace trace;
    private int first;
    private long blockedAt = System.nanoTime();
    private long blockedFor;

    Outbox(List<ClientSocket> clients, Connector connector, Connections connections, Inbox inbox,
            Guard guard, Keyboard keyboard, Screen screen, Pace pace, Trace trace) {
        this.clients = clients;
        this.connector = connector;
        this.connections = connections;
        this.inbox = inbox;
        this.guard = guard;
        this.keyboard = keyboard;
        this.screen = screen;
        this.pace = pace;
        this.trace = trace;
    }

    /** Takes in a message, unless the friend stopped reading a moment ago. */
    void add(ClientSocket client, String text) {
        client.add(text);
        if (client.isPunished(System.nanoTime())) {
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

    /** Writes one bounded piece to every friend who has a client socket, and tries to make one that is missing. */
    void send() {
        trace.phase(Trace.Phase.SEND);
        if (!hasWork() && !connector.isTrying()) {
            return;
        }
        for (int i = 0; i < clients.size(); i++) {
            ClientSocket client = clients.get((first + i) % clients.size());
            if (client.hasWork() && !(client.isSlow() && slowOnesRest()) && sendTo(client)) {
                first = (first + i + 1) % clients.size(); // a write that blocked was enough waiting for one turn
                break;
            }
        }
        connector.tryOne(clients, this);
    }

    /** Waiting for slow friends, all together, may take a fifth of the time. */
    private boolean slowOnesRest() {
        return System.nanoTime() - blockedAt < REST_PER_BLOCK * blockedFor;
    }

    /** Returns whether the loop was held up. */
    private boolean sendTo(ClientSocket client) {
        if (client.midMessage().isEmpty()) {
            lookBeforeWriting(client);
            client.open().ifPresent(open -> fill(client, open));
        }
        Optional<Connection> connection = client.midMessage();
        if (connection.isEmpty()) {
            return false;
        }
        long before = System.nanoTime();
        write(client, connection.get());
        if (!client.isSlow() && !client.isPunished(before)) {
            return false;
        }
        blockedAt = System.nanoTime();
        blockedFor = blockedAt - before;
        return true;
    }

    private void fill(ClientSocket client, Connection connection) {
        for (Outgoing message : client.fill(connection.sending(), System.nanoTime())) {
            trace.sends(connection, message);
        }
    }

    /**
     * A friend may have closed the connection meanwhile; then a new one is made and nothing is lost. The look takes up to
     * 1 ms.
     */
    private void lookBeforeWriting(ClientSocket client) {
        long now = System.nanoTime();
        client.open()
                .filter(connection -> connection.mayHaveEndedUnseen(now) || client.wantsLook(now) || client.isOneShot())
                .ifPresent(connection -> {
                    client.looked(now);
                    inbox.look(connection);
                });
    }

    private void write(ClientSocket client, Connection connection) {
        try {
            int count = connection.writePiece(guard);
            trace.wrote(connection, count);
            pace.happened(connection);
            if (!connection.sending().isMidBatch()) {
                client.sent(System.nanoTime());
                if (client.isOneShot()) {
                    connections.beginClosing(connection); // its one message is written
                }
            }
        } catch (Guard.ExpiredException e) {
            connections.broken(connection);
            client.punish(System.nanoTime());
            giveUp(client, "is not reading");
        } catch (IOException e) {
            inbox.readToEnd(connection); // what the friend sent before
            connections.broken(connection);
        }
    }

    @Override
    public void connected(ClientSocket client, Socket socket) {
        client.connected();
        if (connections.open(socket, false) && !client.isOneShot()) {
            screen.notice("connected to " + client.friend().name() + " (" + client.friend().place() + ")");
        }
    }

    @Override
    public void failed(ClientSocket client, String why) {
        giveUp(client, why);
    }

    @Override
    public void waits(ClientSocket client, String what) {
        screen.notice(client.friend().name() + ": " + what);
    }

    /** The user leaves. */
    void hurry() {
        connector.hurry();
    }

    /** On leaving: says what was not sent in time. */
    void giveUpAll() {
        clients.forEach(client -> giveUp(client, "was not reached before leaving"));
    }

    private void giveUp(ClientSocket client, String why) {
        for (Outgoing message : client.giveUp()) {
            screen.notice(client.friend().name() + " " + why + ": not sent: " + message.text());
            keyboard.bringBack(client.friend().name() + "/" + message.text());
        }
    }
}
