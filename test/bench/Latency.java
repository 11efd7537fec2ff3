package bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long a message takes through a program, from the driver's write to the driver's read. */
final class Latency {

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(30);
    private static final double NANOS_PER_MICRO = 1000;
    private static final double NANOS_PER_MILLI = 1_000_000;

    private final Size size;
    private final Map<String, Map<Program, Histogram>> distributions = new LinkedHashMap<>();
    private long messages;

    Latency(Size size) {
        this.size = size;
    }

    /** Every latency that was measured, in nanoseconds, by row and program. */
    Map<String, Map<Program, Histogram>> distributions() {
        return distributions;
    }

    /** How many messages were sent, each of which came whole and once. */
    long messages() {
        return messages;
    }

    /** One way through a program. */
    private interface Way {

        void send(String text) throws IOException;

        String arrive() throws IOException;

        String expected(String text);
    }

    /** From a friend's socket to the screen. */
    private record WireToScreen(Running program, int friend) implements Way {

        @Override
        public void send(String text) throws IOException {
            byte[] line = (Running.name(friend) + "/" + text + "\n").getBytes(StandardCharsets.UTF_8);
            program.friend(friend).write(ByteBuffer.wrap(line));
        }

        @Override
        public String arrive() throws IOException {
            return program.screen().awaitLine();
        }

        @Override
        public String expected(String text) {
            return Running.name(friend) + ": " + text;
        }
    }

    /** From the keyboard to a friend's socket. */
    private record KeyboardToWire(Running program, Tap wire) implements Way {

        @Override
        public void send(String text) throws IOException {
            program.keyboard().write((Running.name(0) + "/" + text + "\n").getBytes(StandardCharsets.UTF_8));
            program.keyboard().flush();
        }

        @Override
        public String arrive() throws IOException {
            return wire.awaitLine();
        }

        @Override
        public String expected(String text) {
            return Running.ME + "/" + text;
        }
    }

    /** Ping after ping with one connection, then with two, up to five, whose friends speak in turn. */
    List<Row> wireToScreen() throws IOException {
        Map<Integer, Map<Program, List<Histogram>>> byConnections;
        try (Duel duel = Duel.start()) {
            byConnections = duel.measureByConnections(size.warmUps(), size.rounds(), program -> pings(waysTo(program)));
        }
        List<Row> rows = new ArrayList<>();
        addRows(rows, "wire to screen, one friend", byConnections.get(1), 0.6, 1.0);
        addRows(rows, "wire to screen, five friends in turn", byConnections.get(Duel.MOST_FRIENDS), 0.6, 1.0);
        Map<Integer, Map<Program, List<Double>>> medians = new TreeMap<>();
        byConnections.forEach((count, rounds) -> medians.put(count, percentiles(rounds, 50, NANOS_PER_MICRO)));
        rows.add(Row.Figures.spread("wire to screen p50, 1 to 5 connections: slowest to fastest", medians).atMost(1.3));
        return rows;
    }

    /** What the trace costs while nobody looks: the same as the code without it, or it is too dear. */
    List<Row> traced() throws IOException {
        try (Duel duel = Duel.start(Program.aroundTheTrace())) {
            duel.connectFriends(Duel.MOST_FRIENDS);
            Map<Program, List<Histogram>> rounds = duel.measure(size.warmUps() + size.rounds(), 3 * size.rounds(),
                    program -> pings(waysTo(program)));
            Row.Figures figures = Row.Figures.of("wire to screen, five friends in turn, no trace wanted: p50", "µs",
                    percentiles(rounds, 50, NANOS_PER_MICRO));
            return List.of(figures.atMostTimes(Program.WITHOUT_TRACE, 1.03),
                    figures.onlyOf("the same, the chat whose only trace does nothing", Program.WITHOUT_TRACE),
                    figures.onlyOf("the same, with --trace-file", Program.TRACING));
        }
    }

    private static List<Way> waysTo(Running program) {
        List<Way> ways = new ArrayList<>();
        for (int friend = 0; friend < program.friends(); friend++) {
            ways.add(new WireToScreen(program, friend));
        }
        return ways;
    }

    List<Row> keyboardToWire() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (Duel duel = Duel.start()) {
            Map<Running, Way> ways = new HashMap<>();
            for (Running program : duel.programs().values()) {
                program.takeClientSockets(1);
                Tap wire = new Tap(program.clientSockets().get(0).getInputStream());
                wire.spin();
                ways.put(program, new KeyboardToWire(program, wire));
            }
            addRows(rows, "keyboard to wire", duel.measure(Duel.MOST_FRIENDS * size.warmUps(), size.rounds(),
                    program -> pings(List.of(ways.get(program)))), 0.8, 1.2);
        }
        return rows;
    }

    /** A distribution that is going to be filled, and shown in the picture. */
    Map<Program, Histogram> distribution(String what) {
        return distributions.computeIfAbsent(what, key -> histograms());
    }

    static Map<Program, Histogram> histograms() {
        Map<Program, Histogram> histograms = new EnumMap<>(Program.class);
        Program.available().forEach(program -> histograms.put(program, new Histogram(LONGEST, 3)));
        return histograms;
    }

    /** One message of a friend to each program. */
    void message(Duel duel, int friend, Map<Program, Histogram> results) throws IOException {
        for (Map.Entry<Program, Running> entry : duel.programs().entrySet()) {
            results.get(entry.getKey()).recordValue(nanosOfMessage(entry.getValue(), friend));
        }
    }

    /** One message of a friend: the nanoseconds until it is shown. */
    long nanosOfMessage(Running program, int friend) throws IOException {
        return ping(new WireToScreen(program, friend));
    }

    /** The same, and the friend connects for it. */
    void messageOverNewConnection(Duel duel, int friend, Map<Program, Histogram> results) throws IOException {
        for (Map.Entry<Program, Running> entry : duel.programs().entrySet()) {
            long before = System.nanoTime();
            entry.getValue().connect(friend);
            ping(new WireToScreen(entry.getValue(), friend));
            results.get(entry.getKey()).recordValue(System.nanoTime() - before);
        }
    }

    /** Rows for the median, the 99th percentile and the worst, as many as there are targets, in milliseconds. */
    static List<Row> rows(String what, Map<Program, Histogram> results, double... targets) {
        double[] percentiles = {50, 99, 100};
        String[] names = {": p50", ": p99", ": worst"};
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            rows.add(row(what + names[i], results, percentiles[i], targets[i]));
        }
        return rows;
    }

    /** A row for one percentile. */
    static Row row(String what, Map<Program, Histogram> results, double percentile, double targetMillis) {
        Map<Program, List<Double>> values = new EnumMap<>(Program.class);
        results.forEach((program, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                values.put(program, percentiles(List.of(histogram), percentile, NANOS_PER_MILLI));
            }
        });
        return Row.Figures.of(what, "ms", values).atMost(targetMillis);
    }

    private void addRows(List<Row> rows, String what, Map<Program, List<Histogram>> rounds, double p50, double p99) {
        rows.add(Row.Figures.of(what + ": p50", "µs", percentiles(rounds, 50, NANOS_PER_MICRO))
                .atMostTimes(Program.CPP.title(), p50));
        rows.add(Row.Figures.of(what + ": p99", "µs", percentiles(rounds, 99, NANOS_PER_MICRO))
                .atMostTimes(Program.CPP.title(), p99));
        Map<Program, Histogram> sums = new EnumMap<>(Program.class);
        rounds.forEach((program, histograms) -> {
            Histogram sum = new Histogram(LONGEST, 3);
            histograms.forEach(sum::add);
            sums.put(program, sum);
        });
        distributions.put(what, sums);
    }

    private Histogram pings(List<Way> ways) throws IOException {
        Histogram histogram = new Histogram(LONGEST, 3);
        for (int i = 0; i < size.pings(); i++) {
            histogram.recordValue(ping(ways.get(i % ways.size())));
        }
        return histogram;
    }

    private long ping(Way way) throws IOException {
        String text = "message " + messages++;
        long before = System.nanoTime();
        way.send(text);
        String shown = way.arrive();
        long after = System.nanoTime();
        if (!shown.equals(way.expected(text))) {
            throw new IOException("expected \"" + way.expected(text) + "\", but \"" + shown + "\" came");
        }
        return after - before;
    }

    private static Map<Program, List<Double>> percentiles(Map<Program, List<Histogram>> rounds, double percentile,
            double unit) {
        Map<Program, List<Double>> values = new EnumMap<>(Program.class);
        rounds.forEach((program, histograms) -> values.put(program, percentiles(histograms, percentile, unit)));
        return values;
    }

    private static List<Double> percentiles(List<Histogram> rounds, double percentile, double unit) {
        return rounds.stream().map(histogram -> histogram.getValueAtPercentile(percentile) / unit).toList();
    }
}
