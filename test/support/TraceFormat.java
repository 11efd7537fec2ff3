package support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A trace read back, and the rules of the Trace Event Format for the kinds of events that there are in it: which fields
 * an event must have, what must enclose or match what.
 */
public final class TraceFormat {

    private static final Map<String, Set<String>> FIELDS = Map.of(
            "X", Set.of("ts", "dur", "cat", "tid"), "B", Set.of("ts", "cat", "tid"), "E", Set.of("ts", "tid"),
            "i", Set.of("ts", "s", "cat", "tid"), "b", Set.of("ts", "cat", "id", "tid"),
            "e", Set.of("ts", "cat", "id", "tid"), "s", Set.of("ts", "cat", "id", "tid"),
            "f", Set.of("ts", "cat", "id", "tid"), "M", Set.of("args"));

    private final List<JsonObject> events = new ArrayList<>();

    private TraceFormat(String json) {
        for (JsonElement event : JsonParser.parseString(json).getAsJsonArray()) {
            events.add(event.getAsJsonObject());
        }
    }

    /** A trace of a program that has ended. */
    public static TraceFormat read(Path file) {
        return new TraceFormat(text(file));
    }

    /** A trace of a program that was killed, or runs: the closing bracket is missing, which the format allows. */
    public static TraceFormat readUnfinished(Path file) {
        String text = text(file);
        assertFalse(text.stripTrailing().endsWith("]"), "it is finished");
        return new TraceFormat(text + "]");
    }

    /** A trace of a program that may have had the time to end it. */
    public static TraceFormat readAsFarAsItGoes(Path file) {
        return text(file).stripTrailing().endsWith("]") ? read(file) : readUnfinished(file);
    }

    /** A trace in hand. */
    public static TraceFormat of(String json) {
        return new TraceFormat(json);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file); // malformed UTF-8 would be an error
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Stream<JsonObject> events(String phase, String name) {
        return events.stream().filter(event -> text(event, "ph").equals(phase) && text(event, "name").equals(name));
    }

    /** Whether anything of that category happened: the clauses of the assignment are categories. */
    public boolean hasCategory(String category) {
        return events.stream().anyMatch(event -> event.has("cat") && text(event, "cat").equals(category));
    }

    /** What the events of that name say. */
    public List<String> says(String name) {
        return events("i", name).map(event -> text(event.getAsJsonObject("args"), "says")).toList();
    }

    public static String text(JsonObject object, String field) {
        return object.get(field).getAsString();
    }

    /** Nanoseconds. */
    public static long time(JsonObject event) {
        return nanos(event, "ts");
    }

    /** Nanoseconds, of a slice. */
    public static long end(JsonObject slice) {
        return time(slice) + nanos(slice, "dur");
    }

    private static long nanos(JsonObject event, String field) {
        return new BigDecimal(text(event, field)).movePointRight(3).longValueExact();
    }

    /** Fails with the first event that breaks a rule. */
    public TraceFormat check() {
        events.forEach(TraceFormat::checkFields);
        Map<String, List<JsonObject>> tracks = new TreeMap<>();
        events.stream().filter(event -> !text(event, "ph").equals("M")).forEach(event ->
                tracks.computeIfAbsent(event.get("pid") + "/" + event.get("tid"), key -> new ArrayList<>()).add(event));
        tracks.values().forEach(TraceFormat::checkSlices);
        tracks.values().forEach(TraceFormat::checkBeginsAndEnds);
        tracks.values().forEach(TraceFormat::checkArrows);
        checkSpans();
        return this;
    }

    private static void checkFields(JsonObject event) {
        Set<String> fields = FIELDS.get(text(event, "ph"));
        assertNotNull(fields, () -> "unknown ph: " + event);
        for (String field : fields) {
            assertTrue(event.has(field), () -> field + " is missing: " + event);
        }
        assertTrue(event.getAsJsonPrimitive("name").isString(), () -> "name: " + event);
        assertTrue(event.getAsJsonPrimitive("pid").isNumber(), () -> "pid: " + event);
        assertTrue(!event.has("args") || event.get("args").isJsonObject(), () -> "args: " + event);
        assertTrue(!event.has("cat") || event.getAsJsonPrimitive("cat").isString(), () -> "cat: " + event);
        if (event.has("ts")) {
            assertTrue(event.getAsJsonPrimitive("ts").isNumber() && time(event) >= 0, () -> "ts: " + event);
        }
        switch (text(event, "ph")) {
            case "X" -> assertTrue(nanos(event, "dur") >= 0, () -> "dur: " + event);
            case "i" -> assertTrue(Set.of("g", "p", "t").contains(text(event, "s")), () -> "s: " + event);
            case "M" -> assertTrue(Set.of("process_name", "thread_name").contains(text(event, "name"))
                    && event.getAsJsonObject("args").getAsJsonPrimitive("name").isString(), () -> "metadata: " + event);
            default -> { }
        }
    }

    /**
     * Slices of one track lie in each other or beside each other, and never overlap in part, nor touch: in doubles, as
     * viewers count.
     */
    private static void checkSlices(List<JsonObject> track) {
        List<JsonObject> slices = track.stream().filter(event -> text(event, "ph").equals("X"))
                .sorted(Comparator.comparingLong(TraceFormat::time)).toList();
        Deque<Double> ends = new ArrayDeque<>();
        double lastBegin = -1;
        for (JsonObject slice : slices) {
            double begin = slice.get("ts").getAsDouble();
            double end = begin + slice.get("dur").getAsDouble();
            assertTrue(begin > lastBegin, () -> "begins where another begins: " + slice);
            lastBegin = begin;
            while (!ends.isEmpty() && ends.peek() < begin) {
                ends.pop();
            }
            assertTrue(ends.isEmpty() || end < ends.peek(), () -> "overlaps in part, or ends where another ends: "
                    + slice);
            ends.push(end);
        }
    }

    private static void checkBeginsAndEnds(List<JsonObject> track) {
        Deque<String> begun = new ArrayDeque<>();
        long last = 0;
        for (JsonObject event : track) {
            if (text(event, "ph").equals("B")) {
                begun.push(text(event, "name"));
            } else if (text(event, "ph").equals("E")) {
                assertFalse(begun.isEmpty(), () -> "an end without a beginning: " + event);
                assertEquals(begun.pop(), text(event, "name"));
            } else {
                continue;
            }
            assertTrue(time(event) >= last, () -> "begins and ends must be in order: " + event);
            last = time(event);
        }
    }

    /** An arrow begins and ends in a slice. */
    private static void checkArrows(List<JsonObject> track) {
        NavigableMap<Long, Long> lastEnd = new TreeMap<>(); // of the slices that have begun by then
        track.stream().filter(event -> text(event, "ph").equals("X")).forEach(slice -> lastEnd.put(time(slice),
        end(slice)));
        long last = 0;
        for (Map.Entry<Long, Long> entry : lastEnd.entrySet()) {
            last = Math.max(last, entry.getValue());
            entry.setValue(last);
        }
        for (JsonObject arrow : track) {
            if (Set.of("s", "f").contains(text(arrow, "ph"))) {
                Map.Entry<Long, Long> begun = lastEnd.floorEntry(time(arrow));
                assertTrue(begun != null && time(arrow) <= begun.getValue(), () -> "no slice around " + arrow);
            }
        }
    }

    private void checkSpans() {
        Map<String, Long> open = new HashMap<>();
        Set<String> ended = new HashSet<>();
        for (JsonObject event : events) {
            String key = event.get("cat") + " " + event.get("id") + " " + event.get("name");
            if (text(event, "ph").equals("b")) {
                assertFalse(open.containsKey(key), () -> "begins twice: " + event);
                open.put(key, time(event));
            } else if (text(event, "ph").equals("e")) {
                assertTrue(open.containsKey(key) && open.remove(key) <= time(event), () -> "never began: " + event);
                ended.add(key);
            }
        }
    }
}
