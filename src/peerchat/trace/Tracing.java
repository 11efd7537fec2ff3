package peerchat.trace;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import peerchat.net.Connection;
import peerchat.text.Slice;
import peerchat.text.Text;
import peerchat.trace.TraceEvent.Kind;
import peerchat.users.Sender;
import peerchat.users.User;
import peerchat.wire.Message;

/** Puts into words what happens in the loop, and hands it on to the trace for people and the trace file. */
public final class Tracing implements Trace {

    /** Counts the messages of a connection, each way. */
    private static final class Counts {
        private long sent;
        private long received;
    }

    /** Messages of a turn that are told one by one: a friend who floods must not hold up the loop by being traced. */
    private static final int MOST_MESSAGES_PER_TURN = 50;

    private final Supplier<String> halfTyped;
    private final List<TraceSink> sinks;
    private final Turns turns;
    private final Map<Connection, Counts> counts = new IdentityHashMap<>();
    /** Slices of the attempt to connect to a friend. */
    private final Map<User, Integer> tries = new HashMap<>();
    /** The present pace, or null before the first turn. */
    private Pace pace;
    private long sent;
    private long received;
    private int messagesInTurn;

    private Tracing(Supplier<String> halfTyped, List<TraceSink> sinks) {
        this.halfTyped = halfTyped;
        this.sinks = List.copyOf(sinks);
        this.turns = new Turns(this.sinks);
    }

    /**
     * Starts a trace.
     *
     * @param lines     takes the trace for people, if it is wanted
     * @param file      of the trace for a viewer, if it is wanted
     * @param complain  takes a notice for the user
     * @param halfTyped gives the line that is being typed
     * @throws IllegalArgumentException if the file cannot be written: the message says why, and what to do
     */
    public static Trace start(Optional<Consumer<String>> lines, Optional<Path> file, User me, Consumer<String> complain,
            Supplier<String> halfTyped) {
        List<TraceSink> sinks = new ArrayList<>();
        lines.ifPresent(writer -> sinks.add(new Narration(writer)));
        if (file.isPresent()) {
            sinks.add(TraceFile.create(file.get(), me.name(), complain));
        }
        return new Tracing(halfTyped, sinks);
    }

    @Override
    public void turnBegins() {
        long now = System.nanoTime();
        endTurn(now);
        turns.begin(now);
    }

    private void endTurn(long now) {
        if (messagesInTurn > MOST_MESSAGES_PER_TURN) {
            tell(Kind.MORE, "and " + counted(messagesInTurn - MOST_MESSAGES_PER_TURN, "message") + " more in this turn",
                    Map.of());
        }
        messagesInTurn = 0;
        turns.end(now);
    }

    @Override
    public void phase(Phase phase) {
        turns.phase(phase, System.nanoTime());
    }

    @Override
    public void pace(Pace now) {
        if (pace != now) {
            pace = now;
            long time = System.nanoTime();
            sinks.forEach(sink -> sink.pace(time, now));
        }
    }

    @Override
    public void waits(Optional<Connection> connection, int millis) {
        turns.waits(connection.map(Connection::remoteName).orElse("the peer-chat server"), millis, System.nanoTime());
    }

    @Override
    public void waited() {
        turns.waited(System.nanoTime());
    }

    @Override
    public void read(Connection connection) {
        String name = connection.remoteName();
        switch (connection.found()) {
            case BYTES -> tell(Kind.READ, "read " + counted(connection.bytesRead(), "byte") + " from " + name,
                    details(connection, "bytes", connection.bytesRead()));
            case END -> tell(Kind.ENDED, name + " has ended the connection: a read found the end of the stream",
                    details(connection));
            case NOTHING, BREAK -> { }
        }
    }

    @Override
    public void listens(User me, boolean isOnEveryAddress) {
        tell(Kind.LISTENING, "listening on " + (isOnEveryAddress ? "every address, port " + me.port()
                : me.place()) + ": friends connect here", Map.of("name", me.name()));
    }

    @Override
    public void refused(InetSocketAddress remote, String why) {
        tell(Kind.REFUSED, "refused a connection from " + Text.place(remote) + ": " + why);
    }

    @Override
    public void now(Kind kind, Connection connection) {
        String name = connection.remoteName();
        String which = (connection.isAccepted() ? "the connection from " : "the client socket to ") + name;
        counts.computeIfAbsent(connection, missing -> new Counts());
        connection.receiver().ifPresent(tries::remove);
        tell(kind, switch (kind) {
            case ACCEPTED -> "accepted a connection from " + Text.place(connection.remote());
            case CONNECTED -> which + " is open";
            case CLOSING -> "closing " + which + ": sending ends, reading goes on until " + name + " ends it too";
            case BROKE -> which + " broke";
            default -> "closed " + which;
        }, details(connection));
        if (kind == Kind.CLOSED) {
            counts.remove(connection);
        }
    }

    @Override
    public void idle(Connection connection, Duration timeout) {
        tell(Kind.IDLE, (connection.isAccepted() ? "the connection from " : "the client socket to ")
                + connection.remoteName() + " was idle for " + Text.seconds(timeout), details(connection));
    }

    @Override
    public void received(Connection connection, Sender sender, Slice text, boolean continues) {
        Map<String, Object> details = details(connection, TraceEvent.FRIEND, sender.name());
        if (!continues) {
            received++;
            details.put(TraceEvent.MESSAGE, Text.place(connection.remote()) + ">" + Text.place(connection.local()) + "#"
                    + ++counts.get(connection).received);
        }
        if (++messagesInTurn > MOST_MESSAGES_PER_TURN) {
            return;
        }
        tell(Kind.RECEIVED, (continues ? "and a further piece of it: " : "a message from " + sender.name() + ": ")
                + Text.excerpt(text.text()), details);
        if (!halfTyped.get().isEmpty()) {
            tell(Kind.HALF_TYPED, "it is shown while a line is half typed, which stays whole: "
                    + Text.excerpt(halfTyped.get()));
        }
    }

    @Override
    public void typed(String line) {
        tell(Kind.TYPED, "typed: " + Text.excerpt(line));
    }

    @Override
    public void notSent(String why) {
        tell(Kind.NOT_SENT, "not sent: " + Text.excerpt(why));
    }

    @Override
    public void connects(User friend, int millis) {
        int count = tries.merge(friend, 1, Integer::sum);
        tell(Kind.CONNECTING, (count == 1 ? "no client socket to " + friend.name() + ": connecting to "
                + friend.place() : "connecting to " + friend.name() + " again, try " + count)
                + ", a slice of " + millis + " ms at most", Map.of(TraceEvent.FRIEND, friend.name(), "slice", millis));
    }

    @Override
    public void noAnswer(User friend) {
        tell(Kind.CONNECTING, "no answer from " + friend.name() + " within the slice: the others have their turn,"
                + " then it is tried again", Map.of(TraceEvent.FRIEND, friend.name()));
    }

    @Override
    public void unreached(User friend, String why) {
        tries.remove(friend);
        tell(Kind.UNREACHED, friend.name() + " " + why + ": no client socket", Map.of(TraceEvent.FRIEND, friend.name()));
    }

    @Override
    public void sends(Connection connection, Message message) {
        sent++;
        long number = ++counts.get(connection).sent;
        Map<String, Object> details = details(connection, TraceEvent.FRIEND, connection.remoteName());
        details.put(TraceEvent.MESSAGE, id(connection) + "#" + number);
        if (++messagesInTurn <= MOST_MESSAGES_PER_TURN) {
            tell(Kind.SENDING, "a message to " + connection.remoteName()
                    + (number == 1 ? "" : " over the client socket that exists (P3.2)") + ": "
                    + Text.excerpt(message.text()), details);
        }
    }

    @Override
    public void wrote(Connection connection, int count) {
        tell(Kind.WROTE, "wrote " + counted(count, "byte") + " to " + connection.remoteName(),
                details(connection, "bytes", count));
    }

    @Override
    public void leaves() {
        tell(Kind.LEAVING, "leaving: what is under way is finished");
    }

    @Override
    public void ends() {
        endTurn(System.nanoTime());
        Map<String, Object> numbers = new HashMap<>(Map.of("turns", turns.count(), "emptyTurns", turns.empty(),
                "waits", turns.waits(), "sent", sent, "received", received));
        ProcessHandle.current().info().totalCpuDuration().ifPresent(cpu -> numbers.put("cpuMillis", cpu.toMillis()));
        tell(Kind.LEFT, "left after " + counted(turns.count(), "turn") + ", of which " + number(turns.empty())
                + " empty, and " + counted(turns.waits(), "wait") + "; " + counted(sent, "message") + " sent, "
                + number(received) + " received", numbers);
        long now = System.nanoTime();
        sinks.forEach(sink -> sink.close(now));
    }

    private void tell(Kind kind, String words) {
        tell(kind, words, Map.of());
    }

    private void tell(Kind kind, String words, Map<String, Object> details) {
        long emptyTurns = turns.somethingHappened();
        if (emptyTurns > 0) {
            hand(new TraceEvent(System.nanoTime(), Kind.SILENCE, turns.takeEmptyInARow(), Map.of("turns", emptyTurns)));
        }
        hand(new TraceEvent(System.nanoTime(), kind, words, details));
    }

    private void hand(TraceEvent event) {
        sinks.forEach(sink -> sink.event(event));
    }

    /** The ends of a connection: the other side has the same id, turned round. */
    private static String id(Connection connection) {
        return Text.place(connection.local()) + ">" + Text.place(connection.remote());
    }

    private static Map<String, Object> details(Connection connection, String key, Object value) {
        Map<String, Object> details = details(connection);
        details.put(key, value);
        return details;
    }

    private static Map<String, Object> details(Connection connection) {
        return new HashMap<>(Map.of(TraceEvent.CONNECTION, id(connection), TraceEvent.ACCEPTED, connection.isAccepted()));
    }

    /** {@code 1 turn}, {@code 2,000 turns}. */
    static String counted(long count, String what) {
        return number(count) + " " + what + (count == 1 ? "" : "s");
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
