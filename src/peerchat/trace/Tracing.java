package peerchat.trace;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import peerchat.net.ClientSocket;
import peerchat.net.Connection;
import peerchat.text.ByteRange;
import peerchat.text.Text;
import peerchat.trace.TraceEvent.Kind;
import peerchat.users.Sender;
import peerchat.users.User;
import peerchat.wire.Message;

/** Puts the events of the loop into words, and hands them on to the trace for people and the trace file. */
public final class Tracing implements Trace {
    /** Messages of a turn that are told one by one, at most: the trace of a flood must not hold up the loop. */
    private static final int MOST_MESSAGES_PER_TURN = 50;

    private final Supplier<String> halfTyped;
    private final List<TraceSink> sinks;
    private final Turns turns;
    /** How many messages went over each connection, by {@link #id} with the sender's end first. */
    private final Map<String, Long> counts = new HashMap<>();
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
     * @param lines     takes the trace for people, if one is wanted
     * @param file      of the trace for a viewer, if one is wanted
     * @param complain  takes a notice for the user
     * @param halfTyped gives the line that is being typed
     * @throws IllegalArgumentException if the file cannot be written: the message has the reason and the remedy
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
            happened(Kind.MORE, "and " + Text.counted(messagesInTurn - MOST_MESSAGES_PER_TURN, "message")
                    + " more in this turn");
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
        switch (connection.found()) {
            case BYTES -> tell(connection, Kind.READ, "read " + Text.counted(connection.bytesRead(), "byte")
                    + " from " + connection.remoteName(), "bytes", connection.bytesRead());
            case END -> tell(connection, Kind.ENDED,
                    connection.remoteName() + " has ended the connection: a read found the end of the stream");
            case NOTHING, BREAK -> { }
        }
    }

    @Override
    public void happened(Kind kind, Connection connection) {
        if (kind == Kind.ACCEPTED || kind == Kind.CONNECTED) { // an older one may have had the same socket pair
            counts.remove(id(connection.local(), connection.remote()));
            counts.remove(id(connection.remote(), connection.local()));
        }
        String name = connection.remoteName();
        String which = (connection.isAccepted() ? "the connection from " : "the client socket to ") + name;
        tell(connection, kind, switch (kind) {
            case ACCEPTED -> "accepted a connection from " + Text.place(connection.remote());
            case CONNECTED -> which + " is open";
            case IDLE -> which + " was idle for " + Text.seconds(connection.idleTimeout());
            case CLOSING -> "closing " + which + ": sending ends, reading goes on until " + name + " closes too";
            case BROKE -> which + " broke";
            default -> "closed " + which;
        });
    }

    @Override
    public void received(Connection connection, Sender sender, ByteRange text, boolean continues) {
        String id = id(connection.remote(), connection.local());
        if (!continues) {
            received++;
            counts.merge(id, 1L, Long::sum);
        }
        if (++messagesInTurn > MOST_MESSAGES_PER_TURN) {
            return;
        }
        tell(connection, Kind.RECEIVED, (continues ? "a further piece of the message: "
                : "a message from " + sender.name() + ": ") + Text.excerpt(text.text()),
                TraceEvent.FRIEND, sender.name(),
                TraceEvent.MESSAGE, continues ? "" : id + "#" + counts.get(id));
        String line = halfTyped.get();
        if (!line.isEmpty()) {
            happened(Kind.HALF_TYPED, "the message is shown, and a half-typed line is kept: " + Text.excerpt(line));
        }
    }

    @Override
    public void sends(Connection connection, Message message) {
        sent++;
        String id = id(connection.local(), connection.remote());
        long number = counts.merge(id, 1L, Long::sum);
        if (++messagesInTurn <= MOST_MESSAGES_PER_TURN) {
            tell(connection, Kind.SENDING, "a message to " + connection.remoteName()
                    + (number == 1 ? "" : " over the connection that exists (P3.2)") + ": "
                    + Text.excerpt(message.text()), TraceEvent.FRIEND, connection.remoteName(),
                    TraceEvent.MESSAGE, id + "#" + number);
        }
    }

    @Override
    public void wrote(ClientSocket client, int count) {
        tell(client.connection(), Kind.WROTE, "wrote " + (count == 0 ? "the greeting" : Text.counted(count, "byte"))
                + " to " + client.friend().name(), "bytes", count);
    }

    @Override
    public void ends() {
        endTurn(System.nanoTime());
        Turns.Totals total = turns.totals();
        Object cpuMillis = ProcessHandle.current().info().totalCpuDuration().<Object>map(Duration::toMillis).orElse("");
        happened(Kind.LEFT, "left after " + Text.counted(total.turns(), "turn") + " ("
                + Text.number(total.empty()) + " of them empty) and " + Text.counted(total.waits(), "wait") + "; "
                + Text.counted(sent, "message") + " sent, " + Text.number(received) + " received",
                "turns", total.turns(), "emptyTurns", total.empty(),
                "waits", total.waits(), "sent", sent, "received", received, "cpuMillis", cpuMillis);
        long now = System.nanoTime();
        sinks.forEach(sink -> sink.close(now));
    }

    private void tell(Connection connection, Kind kind, String words, Object... details) {
        List<Object> all = new ArrayList<>(List.of(details));
        all.addAll(List.of(TraceEvent.CONNECTION, id(connection.local(), connection.remote()),
                TraceEvent.ACCEPTED, connection.isAccepted()));
        happened(kind, words, all.toArray());
    }

    @Override
    public void happened(Kind kind, String words, Object... details) {
        long emptyTurns = turns.somethingHappened();
        if (emptyTurns > 0) {
            hand(Kind.SILENCE, turns.takeEmptyInARow(), Map.of("turns", emptyTurns));
        }
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < details.length; i += 2) {
            if (!details[i + 1].equals("")) {
                map.put(details[i].toString(), details[i + 1]);
            }
        }
        hand(kind, words, map);
    }

    private void hand(Kind kind, String words, Map<String, Object> details) {
        TraceEvent event = new TraceEvent(System.nanoTime(), kind, words, details);
        sinks.forEach(sink -> sink.event(event));
    }

    /** The socket pair of a connection. The other side has the two addresses turned round. */
    private static String id(InetSocketAddress from, InetSocketAddress to) {
        return Text.place(from) + ">" + Text.place(to);
    }
}
