package demo;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Reads what {@code --trace-file} has written: a JSON array of the Trace Event Format. */
final class TraceReader {

    /** An event; what it does not have is null. Times in microseconds. */
    private record Event(String ph, String name, String cat, BigDecimal ts, BigDecimal dur, Args args) {

        long from() {
            return nanos(ts);
        }

        long to() {
            return nanos(ts.add(dur));
        }

        private static long nanos(BigDecimal micros) {
            return micros.movePointRight(3).longValue();
        }
    }

    /** The arguments of all kinds of events together. */
    private record Args(String name, String says, String connection, String message, String friend, String on,
            int atMostMillis, long number, long turns, long emptyTurns, long waits, long sent, long received,
            Long cpuMillis) {
    }

    private final List<Happening> happenings = new ArrayList<>();
    private final List<PeerTrace.Turn> turns = new ArrayList<>();
    private final List<PeerTrace.Thinned> thinned = new ArrayList<>();
    private final List<PeerTrace.Gear> gears = new ArrayList<>();
    private Optional<PeerTrace.Counts> counts = Optional.empty();
    private String name = "";
    private long gearSince;

    private TraceReader() {
    }

    /** @throws IOException if it cannot be read or is no whole trace */
    static PeerTrace read(Path file) throws IOException {
        TraceReader reader = new TraceReader();
        try {
            for (Event event : new Gson().fromJson(Files.readString(file), Event[].class)) {
                reader.take(event);
            }
        } catch (JsonSyntaxException e) {
            throw new IOException(file + " is not a whole trace: " + e.getMessage(), e);
        }
        if (reader.happenings.isEmpty()) {
            throw new IOException(file + ": nothing happened in this trace");
        }
        reader.happenings.sort(Comparator.comparingLong(Happening::time));
        reader.turns.sort(Comparator.comparingLong(PeerTrace.Turn::from));
        return new PeerTrace(reader.name, reader.happenings, reader.turns, reader.thinned, reader.gears, reader.counts);
    }

    /** Puts the events of several traces into one: their clock is the same. */
    static void merge(List<Path> traces, Path merged) throws IOException {
        StringJoiner events = new StringJoiner(",\n", "[\n", "\n]\n");
        for (Path trace : traces) {
            for (JsonElement event : JsonParser.parseString(Files.readString(trace)).getAsJsonArray()) {
                events.add(event.toString());
            }
        }
        Files.writeString(merged, events.toString());
    }

    private void take(Event event) {
        switch (event.ph) {
            case "M" -> name = event.name.equals("process_name") ? event.args.name : name;
            case "i" -> happened(event);
            case "X" -> slice(event);
            case "B" -> gearSince = event.from();
            case "E" -> gears.add(new PeerTrace.Gear(event.name, gearSince, event.from()));
            default -> { } // spans and flow arrows are for viewers: here, both are found from what happened
        }
    }

    private void happened(Event event) {
        Args args = event.args;
        if (args.says == null) {
            return; // the wall clock
        }
        happenings.add(new Happening(name, event.from(), event.name, event.cat.equals("loop") ? "" : event.cat,
                args.says, orEmpty(args.connection), orEmpty(args.message), orEmpty(args.friend)));
        if (event.name.equals("left")) {
            counts = Optional.of(new PeerTrace.Counts(args.turns, args.emptyTurns, args.waits, args.sent, args.received,
                    Optional.ofNullable(args.cpuMillis)));
        }
    }

    /** The steps and the waits of a turn come after it. */
    private void slice(Event event) {
        switch (event.name) {
            case "turn" -> turns.add(new PeerTrace.Turn(event.args.number, event.from(), event.to(), new ArrayList<>(),
                    new ArrayList<>()));
            case "empty turns" -> thinned.add(new PeerTrace.Thinned(event.args.turns, event.args.waits, event.from(),
                    event.to()));
            case "wait" -> lastTurn().waits().add(new PeerTrace.Wait(event.args.on, event.args.atMostMillis,
                    event.from(), event.to()));
            default -> lastTurn().steps().add(new PeerTrace.Step(event.name, event.from(), event.to()));
        }
    }

    private PeerTrace.Turn lastTurn() {
        return turns.get(turns.size() - 1);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
