package peerchat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The trace for a viewer (--trace-file): the JSON array form of the Trace Event Format. The turns with their steps and
 * waits are slices on one track, the gears of the pace on a second one, connections are spans, messages are arrows. Times
 * are microseconds of the machine's monotonic clock, so traces of one machine can be laid beside each other.
 * <p>
 * Every event is written whole, with the comma before it: what a killed program leaves behind lacks the closing bracket
 * and nothing else, which the format allows. Turns in which nothing happened are the bulk: a few are kept before
 * and after each thing that happened, the others are one slice that counts them.
 */
final class TraceFile implements TraceSink {

    /** Empty turns that are kept before something happens, and after it. */
    private static final int TURNS_AROUND = 48;

    /** Bytes for empty turns: so many at once, and so many a second, which is 11 MB in the first hour. */
    private static final long EMPTY_AT_ONCE = 4_000_000;
    private static final long EMPTY_PER_SECOND = 2_000;

    /** Bytes of a file at most: friends can make happen as much as they like. */
    private static final long LARGEST = 256_000_000;

    /** However long nothing happens, a program that is killed then leaves a sign of it. */
    private static final long LONGEST_SLICE = TimeUnit.SECONDS.toNanos(10);
    private static final long FLUSH_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final int LARGE = 64 * 1024;
    private static final String END = "\n]\n";
    private static final String FIRST = "[\n{\"ph\":\"M\",\"name\":\"process_name\"";

    private static final int LOOP = 1;
    private static final int PACE = 2;

    private final OutputStream out;
    private final Consumer<String> complain;
    private final long pid = ProcessHandle.current().pid();
    private final StringBuilder buffer = new StringBuilder();
    private final Deque<TracedTurn> recent = new ArrayDeque<>();
    private long written;
    private long lastFlush;
    private boolean isOpen = true;
    private String lastGear = "";
    private int wantedAfter;
    private long budget = EMPTY_AT_ONCE;
    private long budgetSince;
    private long skipped;
    private long skippedWaits;
    private long skippedFrom;
    private long skippedTo;

    /**
     * @param complain takes a notice for the user
     * @param now      nanoseconds
     */
    TraceFile(OutputStream out, String user, Consumer<String> complain, long now) {
        this.out = out;
        this.complain = complain;
        this.lastFlush = now;
        this.budgetSince = now;
        buffer.append(FIRST).append(",\"pid\":").append(pid).append(",\"args\":{\"name\":");
        appendText(user);
        buffer.append("}}");
        appendTrackName(LOOP, "the loop");
        appendTrackName(PACE, "the pace");
        begin("i", "started", "time", LOOP, now);
        buffer.append(",\"s\":\"p\",\"args\":{\"wall\":");
        appendText(Instant.now().toString());
        buffer.append("}}");
        flush(now);
    }

    /**
     * Creates the file. One that exists is overwritten if it is a trace.
     *
     * @throws Options.UsageException if that cannot be, or would destroy something else
     */
    static TraceFile create(Path file, String user, Consumer<String> complain) throws Options.UsageException {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > 0 && !isTrace(file)) {
                throw new Options.UsageException("--trace-file: " + file
                        + " exists and is not a trace: name another file, or delete this one");
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new Options.UsageException("--trace-file: another chat is writing to " + file
                        + ": name a file for each");
            }
            channel.truncate(0);
            return new TraceFile(Channels.newOutputStream(channel), user, complain, System.nanoTime());
        } catch (IOException e) {
            throw new Options.UsageException("--trace-file: cannot write " + file + " (" + e.getClass().getSimpleName()
                    + "): name a file in a folder that exists and is yours");
        }
    }

    private static boolean isTrace(Path file) throws IOException {
        byte[] first = FIRST.getBytes(StandardCharsets.UTF_8);
        try (var in = Files.newInputStream(file)) {
            return new Span(first, 0, first.length).startsWith(in.readNBytes(first.length));
        }
    }

    @Override
    public void event(TraceEvent event) {
        if (event.kind() == TraceEvent.Kind.PACE) {
            return; // it has a track of its own
        }
        String clause = event.kind().clause();
        begin("i", event.kind().title(), clause.isEmpty() ? "loop" : clause, LOOP, event.time());
        buffer.append(",\"s\":\"t\",\"args\":{\"says\":");
        appendText(event.words());
        event.details().forEach(this::appendDetail);
        buffer.append("}}");
        switch (event.kind()) {
            case ACCEPTED -> span("b", "accepted connection", event);
            case CONNECTED -> span("b", "client socket", event);
            case CLOSED -> span("e", Boolean.TRUE.equals(event.details().get("accepted")) ? "accepted connection"
                    : "client socket", event);
            case SENDING -> arrow("s", event);
            case RECEIVED -> arrow("f", event);
            default -> { }
        }
        flushIfDue(event.time());
    }

    /** A connection is a span of its own, beside the loop. */
    private void span(String phase, String name, TraceEvent event) {
        Object connection = event.details().get(TraceEvent.CONNECTION);
        begin(phase, name, "connection", LOOP, event.time());
        buffer.append(",\"id\":");
        appendText(pid + " " + connection);
        buffer.append(",\"args\":{\"connection\":");
        appendText(connection.toString());
        buffer.append("}}");
    }

    /** A message that is sent and received in traced programs is an arrow from turn to turn. */
    private void arrow(String phase, TraceEvent event) {
        Object message = event.details().get(TraceEvent.MESSAGE);
        if (message != null) {
            begin(phase, "message", "message", LOOP, event.time());
            buffer.append(",\"bp\":\"e\",\"id\":");
            appendText(message.toString());
            buffer.append('}');
        }
    }

    @Override
    public void gear(long time, Pace.Gear gear) {
        endGear(time);
        lastGear = gear.title();
        begin("B", lastGear, "pace", PACE, time);
        buffer.append('}');
    }

    private void endGear(long time) {
        if (!lastGear.isEmpty()) {
            begin("E", lastGear, "pace", PACE, time);
            buffer.append('}');
        }
    }

    @Override
    public void turn(TracedTurn turn) {
        budget = Math.min(EMPTY_AT_ONCE, budget
                + TimeUnit.NANOSECONDS.toMillis(turn.end() - budgetSince) * EMPTY_PER_SECOND / 1000);
        budgetSince += TimeUnit.MILLISECONDS.toNanos(TimeUnit.NANOSECONDS.toMillis(turn.end() - budgetSince));
        if (!turn.isEmpty()) {
            recent.forEach(this::writeEmpty);
            recent.clear();
            writeSkipped();
            write(turn);
            wantedAfter = TURNS_AROUND;
            flush(turn.end());
        } else if (wantedAfter > 0 && budget > 0 && recent.isEmpty()) {
            wantedAfter--;
            writeEmpty(turn);
        } else {
            keep(turn);
            if (skipped > 0 && skippedTo - skippedFrom > LONGEST_SLICE) {
                writeSkipped();
            }
        }
        flushIfDue(turn.end());
    }

    /** Keeps it for the case that something happens soon, and lets go of the oldest one that was kept. */
    private void keep(TracedTurn turn) {
        TracedTurn kept = recent.size() < TURNS_AROUND ? new TracedTurn() : recent.removeFirst();
        if (kept.number() > 0) {
            skip(kept);
        }
        kept.copyFrom(turn);
        recent.addLast(kept);
    }

    private void skip(TracedTurn turn) {
        if (skipped == 0) {
            skippedFrom = turn.begin();
        }
        skipped++;
        skippedWaits += turn.waits().size();
        skippedTo = turn.end();
    }

    private void writeEmpty(TracedTurn turn) {
        if (budget > 0) {
            writeSkipped();
            int before = buffer.length();
            write(turn);
            budget -= buffer.length() - before;
        } else {
            skip(turn);
        }
    }

    private void writeSkipped() {
        if (skipped > 0) {
            slice("empty turns", "turn", skippedFrom, skippedTo);
            buffer.append(",\"args\":{\"turns\":").append(skipped).append(",\"waits\":").append(skippedWaits)
                    .append("}}");
        }
        skipped = 0;
        skippedWaits = 0;
    }

    private void write(TracedTurn turn) {
        slice("turn", "turn", turn.begin(), turn.end());
        buffer.append(",\"args\":{\"number\":").append(turn.number()).append("}}");
        for (Trace.Phase phase : Trace.Phase.values()) {
            if (turn.has(phase)) {
                slice(phase.title(), "step", turn.begin(phase), turn.end(phase));
                buffer.append('}');
            }
        }
        for (TracedTurn.Wait wait : turn.waits()) {
            slice("wait", "wait", wait.from(), wait.to());
            buffer.append(",\"args\":{\"on\":");
            appendText(wait.on());
            buffer.append(",\"atMostMillis\":").append(wait.patience()).append("}}");
        }
    }

    private void slice(String name, String category, long from, long to) {
        begin("X", name, category, LOOP, from);
        buffer.append(",\"dur\":");
        appendMicros(to - from);
    }

    private void begin(String phase, String name, String category, int track, long time) {
        buffer.append(",\n{\"ph\":\"").append(phase).append("\",\"name\":\"").append(name).append("\",\"cat\":\"")
                .append(category).append("\",\"pid\":").append(pid).append(",\"tid\":").append(track)
                .append(",\"ts\":");
        appendMicros(time);
    }

    private void appendTrackName(int track, String name) {
        buffer.append(",\n{\"ph\":\"M\",\"name\":\"thread_name\",\"pid\":").append(pid).append(",\"tid\":").append(track)
                .append(",\"args\":{\"name\":\"").append(name).append("\"}}");
    }

    private void appendMicros(long nanos) {
        long fraction = nanos % 1000;
        buffer.append(nanos / 1000).append('.').append(fraction < 100 ? fraction < 10 ? "00" : "0" : "").append(fraction);
    }

    private void appendDetail(String key, Object value) {
        buffer.append(",\"").append(key).append("\":");
        if (value instanceof String text) {
            appendText(text);
        } else {
            buffer.append(value);
        }
    }

    /** A string of JSON. */
    private void appendText(String text) {
        buffer.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                buffer.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                buffer.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xf, 16));
            } else {
                buffer.append(c);
            }
        }
        buffer.append('"');
    }

    private void flushIfDue(long now) {
        if (buffer.length() > LARGE || buffer.length() > 0 && now - lastFlush > FLUSH_EVERY) {
            flush(now);
        }
    }

    /** A killed program loses only what was not flushed: nothing of a turn in which something happened. */
    private void flush(long now) {
        lastFlush = now;
        byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
        buffer.setLength(0);
        if (!isOpen) {
            return;
        }
        try {
            out.write(bytes);
            written += bytes.length;
            if (written > LARGEST) {
                out.write(END.getBytes(StandardCharsets.UTF_8));
                giveUp("is " + LARGEST / 1_000_000 + " MB large");
            }
        } catch (IOException e) {
            giveUp("cannot be written (" + e.getMessage() + ")");
        }
    }

    private void giveUp(String why) {
        complain.accept("the trace file " + why + ": it ends here, the chat goes on");
        isOpen = false;
        Connection.closeQuietly(out);
    }

    @Override
    public void close(long now) {
        recent.forEach(this::writeEmpty);
        writeSkipped();
        endGear(now);
        buffer.append(END);
        flush(now);
        isOpen = false;
        Connection.closeQuietly(out);
    }
}
