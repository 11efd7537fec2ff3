package peerchat.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import peerchat.net.Sockets;

/**
 * The trace for a viewer (--trace-file): the JSON array form of the Trace Event Format. The turns with their steps and
 * waits are slices on one track, the pace is on a second one, connections are spans, messages are arrows. Times
 * are microseconds of the machine's monotonic clock, so traces of one machine can be laid beside each other.
 * <p>
 * Every event is written whole, with the comma before it. If the program is killed, its file lacks the last turns
 * and the closing bracket. The format allows that.
 */
final class TraceFile implements TraceSink {
    /** The most bytes of a file: friends could fill the disk with events. */
    private static final long LARGEST = 256_000_000;

    private static final long FLUSH_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final int LARGE = 64 * 1024;
    private static final String FIRST = "[\n{\"ph\":\"M\",\"name\":\"process_name\"";
    private static final String END = "\n]\n";

    private final OutputStream out;
    private final long largest;
    private final Consumer<String> complain;
    private final long pid = ProcessHandle.current().pid();
    private final TraceJson json;
    private final TurnTrack turns;
    private long written;
    private long lastFlush;
    private boolean isOpen = true;
    private String pace = "";

    /**
     * @param largest  bytes after which the file ends
     * @param complain takes a notice for the user
     * @param now      nanoseconds
     */
    TraceFile(OutputStream out, long largest, String user, Consumer<String> complain, long now) {
        this.out = out;
        this.largest = largest;
        this.complain = complain;
        this.lastFlush = now;
        this.json = new TraceJson(pid, now);
        this.turns = new TurnTrack(json, now);
        json.raw("[").metadata("process_name", TraceJson.LOOP).args().text("name", user).end();
        json.metadata("thread_name", TraceJson.LOOP).args().text("name", "the loop").end();
        json.metadata("thread_name", TraceJson.PACE).args().text("name", "the pace").end();
        json.event("i", "started", "loop", TraceJson.LOOP, now).text("s", "p")
                .args().text("wall", Instant.now().toString()).end();
        flush(now);
    }

    /**
     * Creates the file. An existing file is overwritten if it is a trace.
     *
     * @throws IllegalArgumentException if the file cannot be written, or is no trace
     */
    static TraceFile create(Path file, String user, Consumer<String> complain) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > 0 && !isTrace(file)) {
                throw new IllegalArgumentException("" + file
                        + " exists and is not a trace: name another file, or delete this one");
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new IllegalArgumentException("another chat is writing to " + file
                        + ": name a file for each");
            }
            channel.truncate(0);
            return new TraceFile(Channels.newOutputStream(channel), LARGEST, user, complain, System.nanoTime());
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write " + file + " (" + e.getClass().getSimpleName()
                    + "): name a file in a folder that exists and is yours");
        }
    }

    private static boolean isTrace(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(FIRST.length()), StandardCharsets.UTF_8).equals(FIRST);
        }
    }

    @Override
    public void event(TraceEvent event) {
        String category = event.kind().clause().isEmpty() ? "loop" : event.kind().clause();
        json.event("i", TraceEvent.title(event.kind()), category, TraceJson.LOOP, event.time())
                .text("s", "t").args().text("says", event.words());
        event.details().forEach(json::value);
        json.end();
        switch (event.kind()) {
            case ACCEPTED, CONNECTED -> span("b", event);
            case CLOSED -> span("e", event);
            case SENDING -> arrow("s", event);
            case RECEIVED -> arrow("f", event);
            default -> { }
        }
        flushIfDue(event.time());
    }

    /** A connection is a span of its own, beside the loop. */
    private void span(String phase, TraceEvent event) {
        String connection = event.details().get(TraceEvent.CONNECTION).toString();
        boolean isAccepted = Boolean.TRUE.equals(event.details().get(TraceEvent.ACCEPTED));
        String name = isAccepted ? "accepted connection" : "client socket";
        json.event(phase, name, "connection", TraceJson.LOOP, event.time())
                .text("id", pid + " " + connection).args().text(TraceEvent.CONNECTION, connection).end();
    }

    /** A message that is sent and received in traced programs is an arrow from turn to turn. */
    private void arrow(String phase, TraceEvent event) {
        Object message = event.details().get(TraceEvent.MESSAGE);
        if (message != null) {
            json.event(phase, "message", "message", TraceJson.LOOP, event.time())
                    .text("bp", "e").text("id", message.toString()).end();
        }
    }

    @Override
    public void pace(long time, Trace.Pace now) {
        endPace(time);
        pace = TraceEvent.title(now);
        json.event("B", pace, "pace", TraceJson.PACE, time).end();
    }

    private void endPace(long time) {
        if (!pace.isEmpty()) {
            json.event("E", pace, "pace", TraceJson.PACE, time).end();
        }
    }

    @Override
    public void turn(TracedTurn turn) {
        turns.turn(turn);
        if (!turn.isEmpty()) {
            flush(turn.end()); // the turn is in the file even if the program is killed now
        }
        flushIfDue(turn.end());
    }

    private void flushIfDue(long now) {
        if (json.length() > LARGE || json.length() > 0 && now - lastFlush > FLUSH_EVERY) {
            flush(now);
        }
    }

    private void flush(long now) {
        lastFlush = now;
        byte[] bytes = json.take().getBytes(StandardCharsets.UTF_8);
        if (!isOpen) {
            return;
        }
        try {
            out.write(bytes);
            written += bytes.length;
            if (written > largest) {
                out.write(END.getBytes(StandardCharsets.UTF_8));
                giveUp("is " + largest / 1_000_000 + " MB large");
            }
        } catch (IOException e) {
            giveUp("cannot be written (" + e.getMessage() + ")");
        }
    }

    private void giveUp(String why) {
        complain.accept("the trace file " + why + ": it ends here, the chat goes on");
        isOpen = false;
        Sockets.closeQuietly(out);
    }

    @Override
    public void close(long now) {
        turns.writeRecent();
        endPace(now);
        json.raw(END);
        flush(now);
        isOpen = false;
        Sockets.closeQuietly(out);
    }
}
