package bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.HdrHistogram.Histogram;
import support.Peer;

/**
 * What the length of a wait costs, and what it saves: chats that differ only in two constants of {@code WaitPolicy}.
 * Five friends are connected. After a silence another one speaks than the one who spoke last, and so is found only when
 * a wait ends.
 */
final class Waits {

    private static final Path POLICY = Path.of("src/peerchat/WaitPolicy.java");
    private static final String CLASS_FILE = "peerchat/WaitPolicy.class";
    /** Milliseconds: the longest wait of a pause, and the wait in silence. */
    private static final int[][] LENGTHS = {{2, 12}, {4, 25}, {8, 50}, {16, 100}, {32, 200}};
    private static final int PROCESSES = 3;
    private static final int ROUNDS = 3;

    /** One length of waits, with what was measured of it. */
    private static final class Variant {
        private final int[] millis;
        private final List<Running> programs = new ArrayList<>();
        private final Histogram[] late = {new Histogram(3), new Histogram(3)};
        private final List<List<Double>> percents = List.of(new ArrayList<>(), new ArrayList<>());

        Variant(int[] millis) {
            this.millis = millis;
        }
    }

    private final Latency latency;
    private final Size size;
    private final List<Variant> variants = new ArrayList<>();

    Waits(Latency latency, Size size) {
        this.latency = latency;
        this.size = size;
    }

    /** The curve, as a table of its own and a picture; it has no rows in the table of the benchmark. */
    List<Row> curve(Path folder) throws IOException {
        try {
            for (int[] millis : LENGTHS) {
                Variant variant = new Variant(millis);
                variants.add(variant);
                Path jar = build(millis);
                for (int i = 0; i < PROCESSES; i++) {
                    Running program = Running.start(jar);
                    variant.programs.add(program);
                    program.screen().sleep();
                    program.connectFriends(Duel.MOST_FRIENDS);
                }
            }
            for (int i = 0; i < size.warmUpMessages(); i++) {
                for (Variant variant : variants) {
                    for (Running program : variant.programs) {
                        latency.nanosOfMessage(program, i % Duel.MOST_FRIENDS);
                    }
                }
            }
            Schedule schedule = new Schedule();
            for (Variant variant : variants) {
                variant.programs.forEach(program -> schedule.add(IntStream.range(0, ROUNDS).boxed()
                        .flatMap(round -> Stream.concat(measure(variant, program, 0, 3, 6, 2 * round),
                                measure(variant, program, 1, 12, 4, 2 * round + 1))).iterator()));
            }
            schedule.run();
        } finally {
            for (Variant variant : variants) {
                for (Running program : variant.programs) {
                    program.close();
                }
            }
        }
        print();
        CurvePicture.write(folder.resolve("waits.svg"), points());
        return List.of();
    }

    /** After a silence, CPU time is measured for so many seconds more. Then a friend speaks. */
    private Stream<Schedule.Step> measure(Variant variant, Running program, int gear, double silence, double seconds,
            int friend) {
        CpuTime cpu = new CpuTime().with("", program);
        return Stream.of(new Schedule.Step(silence * size.silenceScale(), cpu::begin),
                new Schedule.Step(seconds * size.silenceScale(), () -> {
                    cpu.end();
                    variant.percents.get(gear).add(cpu.percentOf(""));
                    variant.late[gear].recordValue(latency.nanosOfMessage(program, friend % Duel.MOST_FRIENDS));
                }));
    }

    private void print() {
        System.out.println("| longest wait of a pause | another friend, worst | CPU | wait in silence | another friend,"
                + " worst | CPU |");
        System.out.println("|---|---|---|---|---|---|");
        for (Variant variant : variants) {
            System.out.printf(Locale.ROOT, "| %d ms | %.1f ms | %.2f %% | %d ms | %.1f ms | %.2f %% |%n",
                    variant.millis[0], worst(variant, 0), cpu(variant, 0),
                    variant.millis[1], worst(variant, 1), cpu(variant, 1));
        }
    }

    private Map<String, List<CurvePicture.Point>> points() {
        Map<String, List<CurvePicture.Point>> points = new LinkedHashMap<>();
        for (int gear = 0; gear < 2; gear++) {
            int index = gear;
            points.put(gear == 0 ? "in a pause" : "in silence", variants.stream().map(variant ->
                    new CurvePicture.Point(variant.millis[index] + " ms", cpu(variant, index), worst(variant, index)))
                    .toList());
        }
        return points;
    }

    private static double worst(Variant variant, int gear) {
        return variant.late[gear].getMaxValue() / 1e6;
    }

    private static double cpu(Variant variant, int gear) {
        return variant.percents.get(gear).stream().mapToDouble(percent -> percent).average().orElseThrow();
    }

    /** The chat with other lengths of waits. */
    private static Path build(int[] millis) throws IOException {
        Path folder = Files.createTempDirectory("waits");
        String source = Files.readString(POLICY);
        String changed = with(with(source, "LONGEST_WAIT", millis[0]), "WAIT_IN_SILENCE", millis[1]);
        Path java = Files.writeString(folder.resolve("WaitPolicy.java"), changed);
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", Peer.jar().toString(), "-d",
                folder.toString(), java.toString()) != 0) {
            throw new IOException("the changed " + POLICY + " does not compile");
        }
        Path jar = folder.resolve("peerchat.jar");
        try (ZipFile original = new ZipFile(Peer.jar().toFile()); OutputStream out = Files.newOutputStream(jar)) {
            Files.copy(Path.of("src/launcher.sh"), out);
            ZipOutputStream zip = new ZipOutputStream(out);
            for (ZipEntry entry : Collections.list(original.entries())) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                if (entry.getName().equals(CLASS_FILE)) {
                    Files.copy(folder.resolve(CLASS_FILE), zip);
                } else {
                    original.getInputStream(entry).transferTo(zip);
                }
            }
            zip.finish();
        }
        return jar;
    }

    private static String with(String source, String constant, int value) throws IOException {
        String changed = source.replaceFirst("int " + constant + " = \\d+;", "int " + constant + " = " + value + ";");
        if (changed.equals(source) && !source.contains("int " + constant + " = " + value + ";")) {
            throw new IOException(POLICY + " has no constant " + constant);
        }
        return changed;
    }
}
