package demo;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import support.Await;
import support.Peer;
import support.Table;

/** One of those who chat: a process of the program, its keyboard, and what its console has shown. */
final class Friend implements AutoCloseable {

    private final String name;
    private final SideBySide consoles;
    private final List<String> shown;
    private final Map<String, Runnable> reactions;
    private final Peer peer;

    private Friend(String name, SideBySide consoles, List<String> shown, Map<String, Runnable> reactions, Peer peer) {
        this.name = name;
        this.consoles = consoles;
        this.shown = shown;
        this.reactions = reactions;
        this.peer = peer;
    }

    /** Starts the program and waits until it listens. */
    static Friend start(Table table, String name, Path trace, int idleSeconds, SideBySide consoles) {
        List<String> shown = new CopyOnWriteArrayList<>();
        Map<String, Runnable> reactions = new ConcurrentHashMap<>();
        Peer peer = Peer.watch(table, name, line -> {
            consoles.shows(name, line);
            reactions.getOrDefault(line, () -> { }).run();
            shown.add(line);
        }, "--plain", "--idle-timeout", Integer.toString(idleSeconds), "--trace-file", trace.toString());
        return new Friend(name, consoles, shown, reactions, peer);
    }

    String name() {
        return name;
    }

    void type(String line) {
        consoles.typed(name, line);
        send(line + "\n");
    }

    /** Types the start of a line, without Enter. */
    void typeHalf(String start) {
        consoles.typed(name, start + "…");
        send(start);
    }

    /** Types the rest of it, and Enter. */
    void typeRest(String start, String rest) {
        consoles.typed(name, start + rest);
        send(rest + "\n");
    }

    private void send(String keys) {
        try {
            peer.typeRaw(keys.getBytes(StandardCharsets.UTF_8));
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(name + " takes no more keys" + complaints(), e);
        }
    }

    /** Has somebody answer at once when the message is shown, sooner than people could. */
    void onMessage(Friend from, String text, Runnable reaction) {
        reactions.put(from.messageLine(text), reaction);
    }

    void awaitMessage(Friend from, String text) {
        String line = from.messageLine(text);
        awaitShown(line::equals, "\"" + line + "\"");
    }

    /** Waits until the client socket to a friend was closed because nothing went over it. (P4) */
    void awaitIdleClose(Friend to) {
        awaitShown(line -> line.startsWith("* closed the connection to " + to.name + ": idle"),
                "that it closed its idle client socket to " + to.name);
    }

    void awaitShown(Predicate<String> wanted, String what) {
        Await.until(() -> shown.stream().anyMatch(wanted) || hasEnded(), () -> failure(what));
        if (shown.stream().noneMatch(wanted)) {
            throw new IllegalStateException(name + " has ended: " + failure(what));
        }
    }

    void quit() {
        type("/quit");
        int status = peer.awaitExit();
        if (status != 0) {
            throw new IllegalStateException(name + " left with status " + status + complaints());
        }
    }

    /** The last lines may still be on their way when the process has ended. */
    private boolean hasEnded() {
        if (peer.process().isAlive()) {
            return false;
        }
        peer.awaitExit();
        return true;
    }

    private String messageLine(String text) {
        return name + ": " + text;
    }

    private String failure(String what) {
        return name + "'s console did not show " + what + complaints();
    }

    private String complaints() {
        return peer.errors().isEmpty() ? "" : "; it said: " + String.join(" ", peer.errors());
    }

    @Override
    public void close() {
        peer.close();
    }
}
