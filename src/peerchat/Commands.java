package peerchat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import peerchat.console.Screen;
import peerchat.net.ClientSocket;
import peerchat.net.Connection;
import peerchat.net.PeerServer;
import peerchat.text.Text;
import peerchat.trace.Trace;
import peerchat.trace.TraceEvent.Kind;
import peerchat.users.User;

/** Carries out typed lines: messages to friends (D3) and commands. No line but /quit ends the program. */
final class Commands {
    private final User me;
    private final List<ClientSocket> clients;
    private final Connections connections;
    private final Outbox outbox;
    private final Screen screen;
    private final Trace trace;
    private boolean wantsToQuit;

    Commands(User me, List<ClientSocket> clients, Connections connections, Outbox outbox, Screen screen, Trace trace) {
        this.me = me;
        this.clients = clients;
        this.connections = connections;
        this.outbox = outbox;
        this.screen = screen;
        this.trace = trace;
    }

    void welcome(PeerServer server) {
        String listening = "listening on " + server.place();
        trace.happened(Kind.LISTENING, listening + ": friends connect here", "name", me.name());
        screen.notice("you are " + me.name() + ", " + listening);
        screen.notice("your friends: " + friendNames());
        screen.notice("write friend/text, or */text to all; /help tells more, /quit leaves");
    }

    boolean wantsToQuit() {
        return wantsToQuit;
    }

    /** Carries out a line that was entered. */
    void line(String line) {
        if (wantsToQuit) {
            return;
        }
        trace.happened(Kind.TYPED, "typed: " + Text.excerpt(line));
        int slash = line.indexOf('/');
        String receiver = line.substring(0, Math.max(0, slash)).strip();
        if (slash >= 0 && receiver.isEmpty()) {
            runCommand(line.strip().substring(1));
        } else if (slash >= 0) {
            send(receiver, line.substring(slash + 1)); // the text may have further slashes
        } else if (!line.isBlank()) {
            reject("write friend/text, for example " + exampleName() + "/hello; /help tells more");
        }
    }

    /** Reports, on leaving, what was not sent: a line without Enter, or all further lines if there are too many. */
    void reportUnsent(String unfinished, boolean isThereMore) {
        if (wantsToQuit) {
            return;
        }
        if (isThereMore) {
            screen.notice("not sent: everything from here on: " + Text.excerpt(unfinished));
        } else if (!unfinished.isBlank()) {
            screen.notice("not sent, Enter was missing: " + Text.excerpt(unfinished));
        }
    }

    private void send(String name, String text) {
        List<ClientSocket> receivers = clients.stream()
                .filter(client -> name.equals("*") || client.friend().isNamed(name)).toList();
        if (me.isNamed(name)) {
            reject(me.name() + " is you; your friends: " + friendNames());
        } else if (receivers.isEmpty()) {
            reject("unknown friend \"" + name + "\"; your friends: " + friendNames());
        } else if (text.isBlank()) {
            reject("the text is missing: write " + name + "/text");
        } else {
            receivers.forEach(client -> outbox.add(client, text));
        }
    }

    private void reject(String why) {
        trace.happened(Kind.NOT_SENT, "not sent: " + Text.excerpt(why));
        screen.notice("not sent: " + why);
    }

    private void runCommand(String command) {
        switch (command) {
            case "users" -> showUsers();
            case "help" -> showHelp();
            case "quit" -> wantsToQuit = true;
            default -> screen.notice("unknown command /" + command + ": there are /users, /help and /quit");
        }
    }

    private void showHelp() {
        screen.notice("friend/text  sends text to that friend: " + exampleName() + "/hello");
        screen.notice("*/text       sends text to every friend");
        screen.notice("/users       shows the table and who has an open connection");
        screen.notice("/help        shows this");
        screen.notice("/quit        leaves");
    }

    private void showUsers() {
        screen.notice(me.name() + " " + me.place() + " you");
        for (ClientSocket client : clients) {
            String options = client.dialect().options();
            screen.notice(client.friend().name() + " " + client.friend().place() + " " + connectionsOf(client)
                    + (options.isEmpty() ? "" : " " + options));
        }
    }

    private String connectionsOf(ClientSocket client) {
        String open = connections.all().stream()
                .filter(connection -> connection.is(Connection.State.OPEN))
                .filter(connection -> connection.friend().equals(Optional.of(client.friend())))
                .map(connection -> (connection.isAccepted() ? "accepted" : "client socket") + " (idle "
                        + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - connection.lastActive()) + " s)")
                .collect(Collectors.joining(", "));
        return open.isEmpty() ? "no connection" : open;
    }

    private String friendNames() {
        return User.names(clients.stream().map(ClientSocket::friend).toList());
    }

    private String exampleName() {
        return clients.isEmpty() ? "bob" : clients.get(0).friend().name();
    }
}
