package bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Measures the chat beside its C++ twin, in one run, and prints one table. What is shown is checked against what was
 * sent: a program that loses a message has no figures.
 */
public final class Bench {

    /** The part that is measured only if it is named. */
    private static final String CURVE = "waits";

    private Bench() {
    }

    /** A part of the benchmark. */
    private interface Part {

        List<Row> measure() throws IOException;
    }

    /** The first argument is the folder for the results; the others name the parts, all if there are none. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        List<String> wanted = List.of(arguments).subList(1, arguments.length);
        boolean isSmall = wanted.contains("small");
        Size size = isSmall ? Size.SMALL : Size.WHOLE;
        Latency latency = new Latency(size);
        Throughput throughput = new Throughput(size);
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("wire", latency::wireToScreen);
        parts.put("keyboard", latency::keyboardToWire);
        parts.put("human", () -> new HumanPace(latency, size).talks());
        parts.put("burst", throughput::bursts);
        parts.put("large", throughput::largeMessages);
        parts.put("idle", () -> Idle.cpu(size));
        parts.put("silence", () -> new Silences(latency, size).rows());
        parts.put("cold", () -> new Cold(latency, throughput, size).rows());
        parts.put("memory", throughput::memory);
        parts.put(CURVE, () -> new Waits(latency, size).curve(folder));
        parts.put("start", () -> StartUp.untilListening(size));
        parts.put("typing", () -> Echo.underLoad(size));
        parts.put("trace", () -> {
            List<Row> rows = new ArrayList<>(latency.traced());
            rows.addAll(throughput.traced());
            return rows;
        });
        Set<String> unknown = new TreeSet<>(wanted);
        unknown.removeAll(parts.keySet());
        unknown.remove("small");
        if (!unknown.isEmpty()) {
            System.err.println("no part is named " + String.join(" or ", unknown) + ": there are "
                    + String.join(", ", parts.keySet()) + ", and small for little of each");
            System.exit(2);
        }
        if (Program.available().size() == 1) {
            System.out.println("no C++ twin to compare with: it needs g++");
        }
        if (!isSmall && wanted.isEmpty()) {
            wanted = parts.keySet().stream().filter(part -> !part.equals(CURVE)).toList();
        }
        System.out.println(Machine.description());
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            if (wanted.contains(part.getKey()) || isSmall && wanted.size() == 1) {
                long before = System.nanoTime();
                rows.addAll(part.getValue().measure());
                System.out.println("measured: " + part.getKey() + ", "
                        + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before) + " s"); // minutes pass meanwhile
            }
        }
        BenchReport.write(folder.resolve("bench.json"), size, rows, latency.distributions());
        Picture.write(folder.resolve("bench.svg"), latency.distributions());
        Row.table(rows).forEach(System.out::println);
        System.out.println(String.format("%,d messages, each shown whole, once and in order; details: %s, %s",
                latency.messages() + throughput.messages(), folder.resolve("bench.json"),
                folder.resolve("bench.svg")));
    }
}
