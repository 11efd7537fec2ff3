package bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The CPU time that running programs take, as a share of the time that passes. */
final class CpuTime {

    private static final double PERCENT = 100;

    private final Map<String, Running> programs = new LinkedHashMap<>();
    private final Map<String, Long> cpuAtBegin = new LinkedHashMap<>();
    private final Map<String, Double> percents = new LinkedHashMap<>();
    private long begin;

    /** Of the programs of a duel. */
    static CpuTime of(Duel duel) {
        CpuTime cpu = new CpuTime();
        duel.programs().forEach((program, running) -> cpu.programs.put(program.title(), running));
        return cpu;
    }

    CpuTime with(String name, Running program) {
        programs.put(name, program);
        return this;
    }

    void begin() throws IOException {
        begin = System.nanoTime();
        for (Map.Entry<String, Running> entry : programs.entrySet()) {
            cpuAtBegin.put(entry.getKey(), entry.getValue().cpuNanos());
        }
    }

    void end() throws IOException {
        double passed = System.nanoTime() - begin;
        for (Map.Entry<String, Running> entry : programs.entrySet()) {
            long used = entry.getValue().cpuNanos() - cpuAtBegin.get(entry.getKey());
            percents.put(entry.getKey(), used / passed * PERCENT);
        }
    }

    /** The share of one program between begin and end. */
    double percentOf(String name) {
        return percents.get(name);
    }

    Row.Figures figures(String what) {
        Row.Figures figures = Row.Figures.of(what, "% of a core");
        for (Map.Entry<String, Double> entry : percents.entrySet()) {
            figures = figures.with(entry.getKey(), List.of(entry.getValue()));
        }
        return figures;
    }
}
