package bench;

import java.io.IOException;
import java.util.EnumMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** What the first messages after the start of a program have to wait, before anything is compiled or cached. */
final class Cold {

    private static final long GAP = TimeUnit.MILLISECONDS.toNanos(50);

    private final Latency latency;
    private final Throughput throughput;
    private final Size size;

    Cold(Latency latency, Throughput throughput, Size size) {
        this.latency = latency;
        this.throughput = throughput;
        this.size = size;
    }

    List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>(firstMessages());
        rows.add(firstBurst());
        return rows;
    }

    /** The first of them comes over a connection that is made for it. */
    private List<Row> firstMessages() throws IOException {
        Map<Program, Histogram> results = latency.distribution("the first messages after the start, 50 ms apart");
        for (int start = 0; start < size.coldStarts(); start++) {
            try (Duel duel = Duel.startAtRest()) {
                latency.messageOverNewConnection(duel, 0, results);
                for (int i = 1; i < size.coldMessages(); i++) {
                    LockSupport.parkNanos(GAP);
                    latency.message(duel, 0, results);
                }
            }
        }
        return Latency.rows("cold: the first " + size.coldMessages() + " messages after the start, 50 ms apart",
                results, 0.2, 2, 10);
    }

    private Row firstBurst() throws IOException {
        Map<Program, List<Double>> results = new EnumMap<>(Program.class);
        for (int start = 0; start < size.coldBursts(); start++) {
            try (Duel duel = Duel.start()) {
                for (Running program : duel.programs().values()) {
                    program.connect(0);
                }
                throughput.shortMessages(duel, size.coldBurst()).forEach((program, perSecond) ->
                        results.computeIfAbsent(program, key -> new ArrayList<>()).addAll(perSecond));
            }
        }
        return Row.Figures.of("cold burst: " + Row.number(size.coldBurst()) + " messages of 20 bytes as the first thing"
                + " that comes", "messages/s", results).atLeastTimes(Program.CPP, 0.8);
    }
}
