package peerchat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Puts into words what happens in the loop, counts the turns in which nothing does, and hands it on. */
final class Tracing implements Trace {

    /** A connection that is traced: what it is called, and how many messages went each way. */
    private static final class Traced {

        private final String near;
        private final String far;
        private long sent;
        private long received;

        Traced(Connection connection) {
            near = place(connection.nearEnd());
            far = place(connection.farEnd());
        }

        String id() {
            return near + ">" + far;
        }

        /** The same at both ends: from where to where, and which message over this connection. */
        String nextSent() {
            return near + ">" + far + "#" + ++sent;
        }

        String nextReceived() {
            return far + ">" + near + "#" + ++received;
        }
    }

    /** Messages that are told one by one; a friend who floods must not hold up the loop by being traced. */
    private static final int MOST_MESSAGES_PER_TURN = 50;

    private final Speaker speaker;
    private final Keyboard keyboard;
    private final List<TraceSink> sinks;
    private final Map<Connection, Traced> connections = new IdentityHashMap<>();
    private final Map<User, Integer> tries = new HashMap<>();
    private final TracedTurn turn = new TracedTurn();
    private Optional<Pace.Gear> gear = Optional.empty();
    private Pace.Gear toldGear = Pace.Gear.TALKING;
    private boolean isNews;
    private boolean isInTurn;
    private String waitsOn = "";
    private int patience;
    private long waitsSince;
    private long turns;
    private long emptyTurns;
    private long waits;
    private long sent;
    private long received;
    private int messagesInTurn;
    private long emptyInARow;
    private int shortestWait;
    private int longestWait;

    /** @param keyboard tells what is half typed when a message comes */
    private Tracing(Speaker speaker, Keyboard keyboard, List<TraceSink> sinks) {
        this.speaker = speaker;
        this.keyboard = keyboard;
        this.sinks = List.copyOf(sinks);
    }

    /** @throws Options.UsageException if the trace file cannot be written */
    static Trace start(Options options, User me, Speaker speaker, Seat seat) throws Options.UsageException {
        List<TraceSink> sinks = new ArrayList<>();
        if (options.trace()) {
            sinks.add(new Narration(seat.teller()));
        }
        if (options.traceFile().isPresent()) {
            sinks.add(TraceFile.create(options.traceFile().get(), me.name(), seat.screen()::notice));
        }
        return new Tracing(speaker, seat.keyboard(), sinks);
    }

    @Override
    public void turnBegins() {
        long now = System.nanoTime();
        endTurn(now);
        turns++;
        turn.begin(turns, now);
        isInTurn = true;
    }

    private void endTurn(long now) {
        if (!isInTurn) {
            return;
        }
        endWait(now);
        if (messagesInTurn > MOST_MESSAGES_PER_TURN) {
            happens(TraceEvent.Kind.MORE, "and " + counted(messagesInTurn - MOST_MESSAGES_PER_TURN, "message")
                    + " more in this turn", Map.of());
        }
        messagesInTurn = 0;
        turn.end(now);
        if (turn.isEmpty()) {
            emptyTurns++;
            emptyInARow++;
            for (TracedTurn.Wait wait : turn.waits()) {
                shortestWait = shortestWait == 0 ? wait.patience() : Math.min(shortestWait, wait.patience());
                longestWait = Math.max(longestWait, wait.patience());
            }
        }
        waits += turn.waits().size();
        for (TraceSink sink : sinks) {
            sink.turn(turn);
        }
    }

    @Override
    public void phase(Phase phase) {
        long now = System.nanoTime();
        endWait(now);
        turn.phase(phase, now);
    }

    @Override
    public void gear(Pace.Gear now) {
        if (gear.isPresent() && gear.get() == now) {
            return;
        }
        gear = Optional.of(now);
        long time = System.nanoTime();
        for (TraceSink sink : sinks) {
            sink.gear(time, now);
        }
        if (isWorthTelling(now)) {
            toldGear = now;
            isNews = false;
            tell(new TraceEvent(time, TraceEvent.Kind.PACE, switch (now) {
                case TALKING -> "the pace is talking: every source is asked, none is waited on";
                case PAUSING -> "the pace is pausing: a turn waits on one source, 1 ms at first, then longer";
                case SILENT -> "the pace is silent: a turn waits on one source for 50 ms";
            }, Map.of("gear", now.title())));
        }
    }

    /** On a terminal every key makes the pace talk for a moment; that is told only where something else was told. */
    private boolean isWorthTelling(Pace.Gear now) {
        return switch (now) {
            case TALKING -> isNews;
            case PAUSING -> isNews || toldGear == Pace.Gear.TALKING;
            case SILENT -> toldGear != Pace.Gear.SILENT;
        };
    }

    @Override
    public void asks(Source source, int millis) {
        if (millis > 0) {
            waitsOn = source instanceof Connection connection ? nameOf(connection) : "the peer-chat server";
            patience = millis;
            waitsSince = System.nanoTime();
        }
    }

    @Override
    public void asked(PeerServer server) {
        endWait(System.nanoTime());
    }

    @Override
    public void asked(Connection connection, Connection.Found found) {
        if (patience > 0) {
            endWait(System.nanoTime());
        }
        switch (found) {
            case BYTES -> happens(TraceEvent.Kind.READ,
                    "read " + bytes(connection.bytesRead()) + " from " + nameOf(connection),
                    details(connection, "bytes", connection.bytesRead()));
            case END -> happens(TraceEvent.Kind.ENDED, nameOf(connection)
                    + " has ended the connection: a read found the end of the stream", details(connection));
            case NOTHING, BREAK -> { }
        }
    }

    private void endWait(long now) {
        if (patience > 0) {
            turn.waited(new TracedTurn.Wait(waitsOn, patience, waitsSince, now));
            patience = 0;
        }
    }

    @Override
    public void listens(User me, PeerServer server) {
        happens(TraceEvent.Kind.LISTENING, "listening on " + (server.isOnEveryAddress() ? "every address, port "
                + me.port() : me.place()) + ": friends connect here", Map.of("name", me.name()));
    }

    @Override
    public void opened(Connection connection) {
        connections.put(connection, new Traced(connection));
        String far = place(connection.farEnd());
        if (connection.isAccepted()) {
            happens(TraceEvent.Kind.ACCEPTED, "accepted a connection from " + far, details(connection));
        } else {
            speaker.listeningAt(connection.farEnd()).ifPresent(tries::remove);
            happens(TraceEvent.Kind.CONNECTED, "the client socket to " + nameOf(connection) + " is open", details(connection));
        }
    }

    @Override
    public void refused(Socket socket, String why) {
        happens(TraceEvent.Kind.REFUSED, "refused a connection from "
                + Text.place(socket.getInetAddress().getHostAddress(), socket.getPort()) + ": " + why, Map.of());
    }

    @Override
    public void received(Connection connection, Speaker.Said said, Span text, boolean continues) {
        Map<String, Object> details = details(connection, TraceEvent.FRIEND, said.sender());
        if (!continues) {
            received++;
            details.put(TraceEvent.MESSAGE, connections.get(connection).nextReceived());
        }
        if (++messagesInTurn > MOST_MESSAGES_PER_TURN) {
            return;
        }
        happens(TraceEvent.Kind.RECEIVED, (continues ? "and a further piece of it: " : "a message from " + said.sender()
                + ": ") + Text.excerpt(text.text()), details);
        String halfTyped = keyboard.unfinished();
        if (!halfTyped.isEmpty()) {
            happens(TraceEvent.Kind.HALF_TYPED, "it is shown while a line is half typed, which stays whole: "
                    + Text.excerpt(halfTyped), Map.of());
        }
    }

    @Override
    public void typed(String line) {
        happens(TraceEvent.Kind.TYPED, "typed: " + Text.excerpt(line), Map.of());
    }

    @Override
    public void notSent(String why) {
        happens(TraceEvent.Kind.NOT_SENT, "not sent: " + Text.excerpt(why), Map.of());
    }

    @Override
    public void tries(User friend, int sliceMillis) {
        int count = tries.merge(friend, 1, Integer::sum);
        happens(TraceEvent.Kind.CONNECTING, (count == 1 ? "no client socket to " + friend.name() + ": connecting to "
                + friend.place() : "connecting to " + friend.name() + " again, try " + count)
                + ", a slice of " + sliceMillis + " ms at most",
                Map.of(TraceEvent.FRIEND, friend.name(), "slice", sliceMillis));
    }

    @Override
    public void triesAgain(User friend) {
        happens(TraceEvent.Kind.CONNECTING, "no answer from " + friend.name()
                + " within the slice: the others have their turn, then it is tried again", Map.of(TraceEvent.FRIEND, friend.name()));
    }

    @Override
    public void unreached(User friend, String why) {
        tries.remove(friend);
        happens(TraceEvent.Kind.UNREACHED, friend.name() + " " + why + ": no client socket",
                Map.of(TraceEvent.FRIEND, friend.name()));
    }

    @Override
    public void sends(Connection connection, Outgoing message) {
        sent++;
        Traced traced = connections.get(connection);
        boolean isFirst = traced.sent == 0;
        Map<String, Object> details = details(connection, TraceEvent.FRIEND, nameOf(connection));
        details.put(TraceEvent.MESSAGE, traced.nextSent());
        if (++messagesInTurn > MOST_MESSAGES_PER_TURN) {
            return;
        }
        happens(TraceEvent.Kind.SENDING, "a message to " + nameOf(connection)
                + (isFirst ? "" : " over the client socket that exists (P3.2)") + ": " + Text.excerpt(message.text()), details);
    }

    @Override
    public void wrote(Connection connection, int count) {
        happens(TraceEvent.Kind.WROTE, "wrote " + bytes(count) + " to " + nameOf(connection),
                details(connection, "bytes", count));
    }

    @Override
    public void idle(Connection connection, Duration limit) {
        happens(TraceEvent.Kind.IDLE, described(connection) + " was idle for " + Text.seconds(limit), details(connection));
    }

    @Override
    public void closes(Connection connection) {
        happens(TraceEvent.Kind.CLOSING, "closing " + described(connection)
                + ": sending ends, reading goes on until " + nameOf(connection) + " ends it too", details(connection));
    }

    @Override
    public void broke(Connection connection) {
        happens(TraceEvent.Kind.BROKE, described(connection) + " broke", details(connection));
    }

    @Override
    public void closed(Connection connection) {
        happens(TraceEvent.Kind.CLOSED, "closed " + described(connection), details(connection));
        connections.remove(connection);
    }

    @Override
    public void leaves() {
        happens(TraceEvent.Kind.LEAVING, "leaving: what is under way is finished", Map.of());
    }

    @Override
    public void ends() {
        endTurn(System.nanoTime());
        isInTurn = false;
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("turns", turns);
        counts.put("emptyTurns", emptyTurns);
        counts.put("waits", waits);
        counts.put("sent", sent);
        counts.put("received", received);
        ProcessHandle.current().info().totalCpuDuration().ifPresent(cpu -> counts.put("cpuMillis", cpu.toMillis()));
        happens(TraceEvent.Kind.LEFT, "left after " + counted(turns, "turn") + ", of which " + number(emptyTurns)
                + " empty, and " + counted(waits, "wait") + "; " + counted(sent, "message") + " sent, "
                + number(received) + " received", counts);
        long now = System.nanoTime();
        sinks.forEach(sink -> sink.close(now));
    }

    private void happens(TraceEvent.Kind kind, String words, Map<String, Object> details) {
        turn.somethingHappened();
        isNews = true;
        if (emptyInARow > 0) {
            String silence = counted(emptyInARow, "empty turn") + ", " + waitsInThem();
            Map<String, Object> counts = Map.of("turns", emptyInARow);
            emptyInARow = 0;
            shortestWait = 0;
            longestWait = 0;
            tell(new TraceEvent(System.nanoTime(), TraceEvent.Kind.SILENCE, silence, counts));
        }
        tell(new TraceEvent(System.nanoTime(), kind, words, details));
    }

    private void tell(TraceEvent event) {
        for (TraceSink sink : sinks) {
            sink.event(event);
        }
    }

    private String waitsInThem() {
        return longestWait == 0 ? "no waits"
                : (shortestWait == longestWait ? "" : shortestWait + " to ") + longestWait + " ms waits";
    }

    private String described(Connection connection) {
        return (connection.isAccepted() ? "the connection from " : "the client socket to ") + nameOf(connection);
    }

    private String nameOf(Connection connection) {
        return speaker.whoIsAt(connection);
    }

    private Map<String, Object> details(Connection connection) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(TraceEvent.CONNECTION, connections.get(connection).id());
        details.put(TraceEvent.ACCEPTED, connection.isAccepted());
        return details;
    }

    private Map<String, Object> details(Connection connection, String key, Object value) {
        Map<String, Object> details = details(connection);
        details.put(key, value);
        return details;
    }

    private static String place(InetSocketAddress end) {
        return Text.place(end.getAddress().getHostAddress(), end.getPort());
    }

    private static String bytes(int count) {
        return counted(count, "byte");
    }

    private static String counted(long count, String what) {
        return number(count) + " " + what + (count == 1 ? "" : "s");
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
