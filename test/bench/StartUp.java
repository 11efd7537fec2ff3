package bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long a program takes from its start until it listens. */
final class StartUp {

    private static final double NANOS_PER_MILLI = 1_000_000;

    private StartUp() {
    }

    /** A JVM that prints one line. */
    static final class OneLine {

        private OneLine() {
        }

        public static void main(String[] none) {
            System.out.println("* one line");
        }
    }

    /** An action that may throw. */
    private interface Start {

        Running start() throws IOException;
    }

    static List<Row> untilListening(Size size) throws IOException {
        Map<String, Start> starts = new LinkedHashMap<>();
        for (Program program : Program.available()) {
            starts.put(program.title(), () -> Running.start(program));
        }
        starts.put(Row.PLAIN_JVM, () -> oneLine(Program.plainJvm(OneLine.class)));
        starts.put(Row.PLAIN_JVM_WITH_FLAGS, () -> oneLine(Program.plainJvmWithFlags(OneLine.class)));
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = -1; round < size.starts(); round++) { // the round before the first fills the file cache
            for (Map.Entry<String, Start> entry : starts.entrySet()) {
                long before = System.nanoTime();
                Running running = entry.getValue().start();
                double millis = (System.nanoTime() - before) / NANOS_PER_MILLI;
                running.close();
                if (round >= 0) {
                    times.computeIfAbsent(entry.getKey(), key -> new ArrayList<>()).add(millis);
                }
            }
        }
        Row.Figures figures = Row.Figures.of("start to listening, median of " + size.starts(), "ms");
        for (Map.Entry<String, List<Double>> entry : times.entrySet()) {
            figures = figures.with(entry.getKey(), entry.getValue());
        }
        return List.of(figures.atMostTimes(Row.PLAIN_JVM, 1.8), Row.Figures.of(
                "the same, a JVM that prints one line with the chat's flags", "ms")
                .with(Row.PLAIN_JVM, times.get(Row.PLAIN_JVM_WITH_FLAGS)).withoutTarget());
    }

    private static Running oneLine(List<String> command) throws IOException {
        Running running = Running.start(command);
        running.screen().awaitLine();
        return running;
    }
}
