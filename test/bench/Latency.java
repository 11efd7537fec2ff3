package bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import support.Stranger;

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
            program.friends().get(friend).write(ByteBuffer.wrap(line));
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
                    figures.onlyOf("the same, built with no other trace", Program.WITHOUT_TRACE),
                    figures.onlyOf("the same, with --trace-file", Program.TRACING));
        }
    }

    private static List<Way> waysTo(Running program) {
        List<Way> ways = new ArrayList<>();
        for (int friend = 0; friend < program.friends().size(); friend++) {
            ways.add(new WireToScreen(program, friend));
        }
        return ways;
    }

    List<Row> keyboardToWire() throws IOException {
        List<Row> rows = new ArrayList<>();
        List<Socket> sockets = new ArrayList<>();
        try (Duel duel = Duel.start()) {
            Map<Running, Way> ways = new HashMap<>();
            for (Running program : duel.programs().values()) {
                Socket socket = befriend(program);
                sockets.add(socket);
                Tap wire = new Tap(socket.getInputStream());
                wire.spin();
                ways.put(program, new KeyboardToWire(program, wire));
            }
            addRows(rows, "keyboard to wire", duel.measure(Duel.MOST_FRIENDS * size.warmUps(), size.rounds(),
                    program -> pings(List.of(ways.get(program)))), 0.8, 1.2);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        return rows;
    }

    /** Messages with the gaps of a conversation, from 5 ms to 5 s, short ones as likely as long ones. */
    List<Row> humanPace() throws IOException {
        String what = "human pace (gaps of 5 ms to 5 s)";
        Map<Program, Histogram> all = new EnumMap<>(Program.class);
        Random random = new Random(1);
        try (Duel duel = Duel.start()) {
            duel.connectFriends(Duel.MOST_FRIENDS);
            for (int i = 0; i < size.humanMessages(); i++) {
                double gapMillis = 5 * Math.pow(1000, random.nextDouble());
                int friend = random.nextInt(Duel.MOST_FRIENDS);
                LockSupport.parkNanos((long) (gapMillis * NANOS_PER_MILLI));
                for (Map.Entry<Program, Running> entry : duel.programs().entrySet()) {
                    all.computeIfAbsent(entry.getKey(), key -> new Histogram(LONGEST, 3))
                            .recordValue(ping(new WireToScreen(entry.getValue(), friend)));
                }
            }
        }
        distributions.put(what, all);
        Map<Program, List<Histogram>> rounds = new EnumMap<>(Program.class);
        all.forEach((program, histogram) -> rounds.put(program, List.of(histogram)));
        return List.of(
                Row.Figures.of(what + ": p50", "ms", percentiles(rounds, 50, NANOS_PER_MILLI)).atMost(5),
                Row.Figures.of(what + ": p99", "ms", percentiles(rounds, 99, NANOS_PER_MILLI)).atMost(55));
    }

    /** After 12 s without a message; several processes at once, to save the silences. */
    List<Row> afterSilence() throws IOException {
        Map<Program, List<Double>> all = new EnumMap<>(Program.class);
        Random random = new Random(2);
        List<Duel> duels = new ArrayList<>();
        try {
            for (int i = 0; i < size.silences(); i++) {
                Duel duel = Duel.start();
                duels.add(duel);
                duel.connectFriends(Duel.MOST_FRIENDS);
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(size.silenceSeconds()));
            for (Duel duel : duels) {
                int friend = random.nextInt(Duel.MOST_FRIENDS);
                duel.measure(0, 1, program -> ping(new WireToScreen(program, friend)) / NANOS_PER_MILLI)
                        .forEach((program, one) ->
                                all.computeIfAbsent(program, key -> new ArrayList<>()).addAll(one));
                LockSupport.parkNanos((long) (random.nextDouble() * 50 * NANOS_PER_MILLI));
            }
        } finally {
            for (Duel duel : duels) {
                duel.close();
            }
        }
        all.replaceAll((program, millis) -> List.of(Collections.max(millis)));
        return List.of(Row.Figures.of("first message after " + size.silenceSeconds() + " s of silence, worst of "
                + size.silences(), "ms", all).atMost(55));
    }

    /** The program's client socket to the driver, which listens in the first friend's place. */
    private static Socket befriend(Running program) throws IOException {
        try (ServerSocket server = Stranger.listen(program.table(), Running.name(0))) {
            program.keyboard().write((Running.name(0) + "/here\n").getBytes(StandardCharsets.UTF_8));
            program.keyboard().flush();
            Socket socket = server.accept();
            while (socket.getInputStream().read() != '\n') {
                continue;
            }
            return socket;
        }
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
