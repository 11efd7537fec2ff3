package peerchat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The chat of one user: one process, one thread, one loop (D1). The peer-chat server and the client sockets are served
 * in turn; {@link #turn()} is the assignment from P1 to P4, read downwards.
 */
final class PeerChat {

    /** How long leaving may take: what was typed is sent, then the connections are closed politely. */
    private static final long SENDING_TAKES = TimeUnit.MILLISECONDS.toNanos(1000);
    private static final long LEAVING_TAKES = TimeUnit.MILLISECONDS.toNanos(1600);

    private static final int SHORTEST_WAIT_MILLIS = 1;
    private static final int MOST_ACCEPTED_ON_LEAVING = 8;
    private static final int MOST_READS_ON_LEAVING = 128;

    private final User me;
    private final PeerServer server;
    private final Keyboard keyboard;
    private final Screen screen;
    private final Trace trace;
    private final Pace pace;
    private final Wait wait;
    private final Guard guard = new Guard();
    private final Connections connections;
    private final Inbox inbox;
    private final Admission admission;
    private final Outbox outbox;
    private final Console console;
    private volatile boolean leaving;
    private volatile long leaveRequested;

    PeerChat(Options options, User me, Speaker speaker, PeerServer server, Keyboard keyboard, Screen screen, Trace trace) {
        this.me = me;
        this.server = server;
        this.keyboard = keyboard;
        this.screen = screen;
        this.trace = trace;
        this.pace = new Pace(server, trace, System.nanoTime());
        this.wait = new Wait(server, pace, trace);
        List<ClientSocket> clients = speaker.friends().stream()
                .map(friend -> new ClientSocket(friend, me, options.dialect())).toList();
        Display display = new Display(speaker, screen, trace);
        this.connections = new Connections(speaker, clients, options.idleTimeout(), display, screen, pace, trace);
        this.inbox = new Inbox(connections, display, pace, trace);
        this.admission = new Admission(speaker, connections, inbox, screen, trace);
        Connector connector = new Connector(me, options.dialect(), options.connectTimeoutMillis(), trace);
        this.outbox = new Outbox(clients, connector, connections, inbox, guard, keyboard, screen, pace, trace);
        this.console = new Console(me, clients, connections, outbox, screen, speaker, trace);
    }

    /** Serves until the user leaves, or nobody looks at the console any more. */
    void run() {
        try {
            trace.listens(me, server);
            console.welcome(server);
            screen.flush();
            while (!leaving && !console.wantsToQuit() && !screen.isGone()) {
                turn();
            }
            leave();
        } finally {
            server.close();
            outbox.giveUpAll();
            connections.closeAll();
            trace.ends();
            screen.flushWithoutPrompt();
        }
    }

    private void turn() {
        trace.turnBegins();
        wait.onOneSource(connections.all());    // select(), emulated
        accept();                               // P1
        inbox.readAll(wait);                    // P2
        readKeyboard();                         // P3.1
        outbox.send();                          // P3.2, P3.3
        connections.closeIdle();                // P4
        show();
    }

    private void accept() {
        trace.phase(Trace.Phase.ACCEPT);
        try {
            wait.accepted().ifPresent(socket -> {
                pace.happened(server);
                admission.admit(socket);
            });
        } catch (IOException e) {
            admission.tell("cannot accept a connection: " + e.getMessage());
        }
    }

    private void readKeyboard() {
        trace.phase(Trace.Phase.KEYBOARD);
        if (outbox.hasRoom() && !console.wantsToQuit() && keyboard.read(console)) {
            pace.happened();
        }
    }

    private void show() {
        trace.phase(Trace.Phase.SHOW);
        screen.flush();
    }

    /** Asks the loop to end; may be called from any thread. */
    void requestLeave() {
        leaveRequested = System.nanoTime();
        guard.endBy(leaveRequested + SENDING_TAKES);
        leaving = true;
    }

    /** Sends what was typed before, shows what was sent to me before, and closes every connection politely. */
    private void leave() {
        long start = leaving ? leaveRequested : System.nanoTime();
        guard.endBy(start + SENDING_TAKES);
        outbox.hurry();
        trace.leaves();
        while (isBefore(start + SENDING_TAKES) && (outbox.hasWork() || !console.wantsToQuit() && keyboard.hasMore())) {
            turn();
        }
        trace.phase(Trace.Phase.LEAVE);
        outbox.giveUpAll();
        for (int i = 0; i < MOST_READS_ON_LEAVING && !console.wantsToQuit() && keyboard.hasMore(); i++) {
            keyboard.read(console); // too late to be sent, but not to be named
            outbox.giveUpAll();
        }
        console.reportUnsent(keyboard.unfinished(), keyboard.hasMore());
        for (int i = 0; i < MOST_ACCEPTED_ON_LEAVING; i++) {
            wait.onServer(); // a friend who has connected already may have written, and is heard
            accept();
        }
        server.close();
        connections.beginClosingAll();
        while (isBefore(start + LEAVING_TAKES) && !connections.all().isEmpty()) {
            inbox.readAllFor(SHORTEST_WAIT_MILLIS);
            screen.flush();
        }
    }

    private static boolean isBefore(long deadline) {
        return System.nanoTime() - deadline < 0;
    }
}
