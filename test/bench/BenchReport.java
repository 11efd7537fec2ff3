package bench;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Everything that was measured, for other programs. */
final class BenchReport {

    private static final double[] PERCENTILES = {0, 10, 25, 50, 75, 90, 95, 99, 99.9, 100};

    private BenchReport() {
    }

    static void write(Path file, Size size, List<Row> rows, Map<String, Map<Program, Histogram>> distributions)
            throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("machine", Machine.description());
        report.put("size", size);
        report.put("rows", rows.stream().map(BenchReport::row).toList());
        List<Object> latencies = new ArrayList<>();
        distributions.forEach((what, programs) -> programs.forEach((program, histogram) ->
                latencies.add(latency(what, program, histogram))));
        report.put("latencies", latencies);
        Files.writeString(file, new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(report));
    }

    private static Map<String, Object> row(Row row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", row.what());
        fields.put("unit", row.unit());
        fields.put("rounds", row.rounds());
        Map<String, Double> medians = new LinkedHashMap<>();
        row.rounds().forEach((program, values) -> medians.put(program, Row.median(values)));
        fields.put("medians", medians);
        if (!row.target().isEmpty()) {
            fields.put("target", row.target());
            row.reached().ifPresent(reached -> fields.put("reached", reached));
            fields.put("isMet", row.isMet());
        }
        return fields;
    }

    private static Map<String, Object> latency(String what, Program program, Histogram histogram) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", what);
        fields.put("program", program.title());
        fields.put("messages", histogram.getTotalCount());
        Map<String, Long> nanos = new LinkedHashMap<>();
        for (double percentile : PERCENTILES) {
            nanos.put(Double.toString(percentile), histogram.getValueAtPercentile(percentile));
        }
        fields.put("nanosAtPercentile", nanos);
        return fields;
    }
}
