package peerchat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import peerchat.console.Console;
import peerchat.console.Screen;
import peerchat.net.ClientSocket;
import peerchat.net.Connection;
import peerchat.net.PeerServer;
import peerchat.net.WriteGuard;
import peerchat.trace.Trace;
import peerchat.trace.TraceEvent;
import peerchat.users.Friends;
import peerchat.users.User;

/**
 * The chat of one user: one process with one loop, whose thread serves everything in turn (D1). Read {@link #turn()}
 * downwards: it is the assignment from P1 to P4. The thread of {@link WriteGuard} only closes a socket whose write is
 * stuck.
 */
final class PeerChat {
    /** Timeouts, counted from the moment the user leaves: to send typed messages, and to close all connections. */
    private static final long SENDING_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(1000);
    private static final long LEAVING_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(1600);

    private static final int MOST_ACCEPTED_ON_LEAVING = 8;
    private static final int MOST_READS_ON_LEAVING = 128;

    private final PeerServer server;
    private final Console console;
    private final Screen screen;
    private final Trace trace;
    private final WaitPolicy policy;
    private final Wait wait;
    private final WriteGuard guard = new WriteGuard();
    private final Connections connections;
    private final Inbox inbox;
    private final Admission admission;
    private final Outbox outbox;
    private final Commands commands;
    /** Set by {@link #requestLeave()} in another thread, with the time of the request in nanoseconds. */
    private volatile boolean leaving;
    private volatile long leaveRequested;

    PeerChat(Options options, User me, Friends friends, PeerServer server, Console console, Trace trace) {
        this.server = server;
        this.console = console;
        this.screen = console.screen();
        this.trace = trace;
        List<ClientSocket> clients = friends.all().stream()
                .map(friend -> new ClientSocket(friend, me, options.dialects().of(friend.name()),
                        options.connectTimeoutMillis()))
                .toList();
        policy = new WaitPolicy(console.keyboard(), trace);
        wait = new Wait(server, policy, trace);
        connections = new Connections(clients, options.idleTimeout(), screen, policy, trace);
        inbox = new Inbox(connections, friends, options.dialects(), screen, trace);
        admission = new Admission(friends, connections, screen, trace);
        outbox = new Outbox(clients, connections, inbox, guard, console.lines(), screen, trace);
        commands = new Commands(me, clients, connections, outbox, screen, trace);
    }

    /** Serves until the user leaves, or nobody reads standard output any more. */
    void run() {
        try {
            commands.welcome(server);
            screen.flush();
            while (!leaving && !commands.wantsToQuit() && !screen.isGone()) {
                turn();
            }
            leave();
        } finally {
            server.close();
            outbox.giveUpAll();
            connections.closeAll();
            inbox.readAll();
            trace.ends();
            screen.flushWithoutPrompt();
        }
    }

    private void turn() {
        trace.turnBegins();
        wait.onOneSource(connections.all(), toProbe());        // select(), emulated
        accept();                                              // P1
        inbox.readAll();                                       // P2
        readKeyboard();                                        // P3.1
        outbox.send();                                         // P3.2, P3.3
        connections.closeIdle();                               // P4
        show();
    }

    private List<Connection> toProbe() {
        return admission.isUndecided() ? Stream.concat(admission.toProbe().stream(), outbox.toProbe().stream()).toList()
                : outbox.toProbe();
    }

    private void accept() {
        trace.phase(Trace.Phase.ACCEPT);
        admission.tellLeftOut(false);
        admission.decideOnWaiting();
        try {
            if (!admission.isUndecided()) {
                wait.takeAccepted().ifPresent(socket -> {
                    policy.noteAccepted();
                    admission.admit(socket);
                });
            }
        } catch (IOException e) {
            admission.failed(e);
        }
    }

    private void readKeyboard() {
        trace.phase(Trace.Phase.KEYBOARD);
        if ((console.keyboard().isTerminal() || outbox.hasRoom()) && !commands.wantsToQuit()) {
            console.keyboard().read(commands::line);
        }
    }

    private void show() {
        trace.phase(Trace.Phase.SHOW);
        screen.flush();
    }

    /** Asks the loop to end; may be called from any thread. */
    void requestLeave() {
        leaveRequested = System.nanoTime();
        guard.endBy(leaveRequested + SENDING_TIMEOUT);
        leaving = true;
    }

    /** Leaves politely: sends typed messages, shows messages that have arrived, and closes every connection. */
    private void leave() {
        long start = leaving ? leaveRequested : System.nanoTime();
        guard.endBy(start + SENDING_TIMEOUT);
        outbox.hurry();
        trace.happened(TraceEvent.Kind.LEAVING, "leaving: pending messages are sent, then all connections end");
        while (isBefore(start + SENDING_TIMEOUT)
                && (outbox.hasWork() || !commands.wantsToQuit() && console.keyboard().hasMore())) {
            turn();
        }
        trace.phase(Trace.Phase.LEAVE);
        outbox.giveUpAll();
        for (int i = 0; i < MOST_READS_ON_LEAVING && !commands.wantsToQuit() && console.keyboard().hasMore(); i++) {
            console.keyboard().read(commands::line); // the user is told that these lines are not sent
            outbox.giveUpAll();
        }
        commands.reportUnsent(console.lines().unfinished(), console.keyboard().hasMore());
        for (int i = 0; i < MOST_ACCEPTED_ON_LEAVING; i++) {
            wait.onServer(WaitPolicy.SHORTEST_WAIT); // a friend who has connected already may have written
            accept();
        }
        admission.tellLeftOut(true);
        server.close();
        connections.beginClosingAll();
        while (isBefore(start + LEAVING_TIMEOUT) && !connections.all().isEmpty()) {
            connections.all().forEach(connection -> wait.on(connection, WaitPolicy.SHORTEST_WAIT));
            inbox.readAll();
            screen.flush();
        }
    }

    private static boolean isBefore(long deadline) {
        return System.nanoTime() - deadline < 0;
    }
}
