package peerchat;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The chat of one user: one process, one thread, one loop (D1). The peer-chat server and the client sockets are served
 * in turn; {@link #turn()} is the assignment from P1 to P4, read downwards.
 */
final class PeerChat {

    /** How long leaving may take: what was typed is sent, the connections are closed politely. */
    static final long LEAVING_TAKES = TimeUnit.MILLISECONDS.toNanos(1700);

    private static final int SHORTEST_PATIENCE = 1;

    private final PeerServer server;
    private final Keyboard keyboard;
    private final Screen screen;
    private final Pace pace;
    private final Connections connections;
    private final Outbox outbox;
    private final Console console;
    private volatile boolean leaving;

    PeerChat(Options options, User me, List<User> friends, PeerServer server, Keyboard keyboard, Screen screen) {
        this.server = server;
        this.keyboard = keyboard;
        this.screen = screen;
        this.pace = new Pace(server, System.nanoTime());
        WriteGuard guard = new WriteGuard();
        List<ClientSocket> clients = friends.stream().map(friend -> new ClientSocket(friend, guard)).toList();
        Speaker speaker = new Speaker(me, friends);
        this.connections = new Connections(speaker, clients, options.idleTimeout(), screen, pace);
        this.outbox = new Outbox(clients, new Connector(me, options.connectTimeoutMillis()), connections, screen, pace);
        this.console = new Console(me, clients, connections, outbox, screen);
    }

    /** Serves until the user leaves, or nobody looks at the console any more. */
    void run() {
        try {
            console.welcome(server);
            while (!leaving && !console.wantsToQuit() && !screen.isGone()) {
                turn();
            }
            leave();
        } finally {
            server.close();
            connections.closeAll();
        }
    }

    private void turn() {
        pace.beginTurn(connections.all());
        accept();                   // P1
        connections.readAll();      // P2
        readKeyboard();             // P3.1
        outbox.send();              // P3.2, P3.3
        connections.closeIdle();    // P4
        screen.flush();
    }

    private boolean accept() {
        return accept(pace.patienceFor(server));
    }

    private boolean accept(int patience) {
        if (patience == 0) {
            return false;
        }
        try {
            Optional<Socket> socket = server.accept(patience);
            socket.ifPresent(connections::admit);
            return socket.isPresent();
        } catch (IOException e) {
            connections.refuse("cannot accept a connection: " + e.getMessage());
            return false;
        }
    }

    private void readKeyboard() {
        if (outbox.hasRoom() && !console.wantsToQuit() && keyboard.read(console)) {
            pace.happened();
        }
    }

    /** Asks the loop to end after this turn; may be called from any thread. */
    void requestLeave() {
        leaving = true;
    }

    /** Sends what was typed before, shows what was sent to me before, and closes every connection politely. */
    private void leave() {
        long deadline = System.nanoTime() + LEAVING_TAKES;
        while (isBefore(deadline) && (outbox.hasWork() || !console.wantsToQuit() && keyboard.hasMore())) {
            turn();
        }
        console.reportUnsent(keyboard.unfinished());
        outbox.giveUpAll();
        while (isBefore(deadline) && accept(SHORTEST_PATIENCE)) {
            // Who has connected already may have written, and is heard.
        }
        server.close();
        connections.beginClosingAll();
        while (isBefore(deadline) && !connections.all().isEmpty()) {
            connections.readAllFor(SHORTEST_PATIENCE);
            screen.flush();
        }
        connections.reportUnconfirmed();
        screen.flush();
    }

    private static boolean isBefore(long deadline) {
        return System.nanoTime() - deadline < 0;
    }
}
