package bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/**
 * One row of the table: a figure of each program, and what is asked of the Java program.
 *
 * @param what    what was measured
 * @param unit    of the figures
 * @param rounds  the figures of each program, one a round
 * @param target  in words
 * @param reached what the target is about: a ratio or the figure itself; empty if nothing is asked
 * @param isMet   whether that is good enough
 */
record Row(String what, String unit, Map<String, List<Double>> rounds, String target, Optional<Double> reached,
        boolean isMet) {

    static final String PLAIN_JVM = "plain JVM";
    static final String PLAIN_JVM_WITH_FLAGS = "plain JVM with the flags of the chat";

    /** The figures of one row, before anything is asked of them. */
    record Figures(String what, String unit, Map<String, List<Double>> rounds) {

        static Figures of(String what, String unit) {
            return new Figures(what, unit, new TreeMap<>());
        }

        Figures with(String program, List<Double> values) {
            Map<String, List<Double>> all = new TreeMap<>(rounds);
            all.put(program, List.copyOf(values));
            return new Figures(what, unit, all);
        }

        static Figures of(String what, String unit, Map<Program, List<Double>> values) {
            Figures figures = of(what, unit);
            for (Map.Entry<Program, List<Double>> entry : values.entrySet()) {
                figures = figures.with(entry.getKey().title(), entry.getValue());
            }
            return figures;
        }

        /** How many times as much the largest median is as the smallest. */
        static Figures spread(String what, Map<Integer, Map<Program, List<Double>>> byConnections) {
            Map<Program, List<Double>> spread = new EnumMap<>(Program.class);
            for (Program program : Program.available()) {
                DoubleSummaryStatistics medians = byConnections.values().stream()
                        .mapToDouble(rounds -> Row.median(rounds.get(program))).summaryStatistics();
                spread.put(program, List.of(medians.getMax() / medians.getMin()));
            }
            return of(what, "times", spread);
        }

        /** A row of its own for a variant of the chat, in Java's column. */
        Row onlyOf(String title, Program variant) {
            return of(title, unit).with(Program.JAVA.title(), rounds.get(variant.title())).withoutTarget();
        }

        Row withoutTarget() {
            return new Row(what, unit, rounds, "", Optional.empty(), true);
        }

        /** Java's figure divided by the other's. */
        Row atMostTimes(Program other, double limit) {
            return atMostTimes(other.title(), limit);
        }

        Row atMostTimes(String other, double limit) {
            return times(other, "at most ", limit, ratio -> ratio <= limit);
        }

        Row atLeastTimes(Program other, double limit) {
            return times(other.title(), "at least ", limit, ratio -> ratio >= limit);
        }

        private Row times(String other, String words, double limit, DoublePredicate isEnough) {
            if (!rounds.containsKey(other)) {
                return withoutTarget();
            }
            double ratio = median(Program.JAVA.title()) / median(other);
            return new Row(what, unit, rounds, words + number(limit) + " times " + other, Optional.of(ratio),
                    isEnough.test(ratio));
        }

        Row atMost(double limit) {
            double figure = median(Program.JAVA.title());
            return new Row(what, unit, rounds, "at most " + number(limit) + " " + unit, Optional.empty(),
                    figure <= limit);
        }

        /** Java's figure less the plain JVM's. */
        Row atMostAbove(double limit) {
            double above = median(Program.JAVA.title()) - median(PLAIN_JVM);
            return new Row(what, unit, rounds, "at most " + number(limit) + " " + unit + " above the plain JVM",
                    Optional.of(above), above <= limit);
        }

        private double median(String program) {
            return Row.median(rounds.get(program));
        }
    }

    /** The middle of the rounds, or nothing if that program was not measured. */
    Optional<Double> figure(String program) {
        return Optional.ofNullable(rounds.get(program)).map(Row::median);
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** A figure with as many digits as it is worth. */
    static String number(double value) {
        double size = Math.abs(value);
        String pattern = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        String text = String.format(Locale.ROOT, pattern, value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    /** The table in Markdown. */
    static List<String> table(List<Row> rows) {
        Function<Optional<Double>, String> cell = value -> value.map(Row::number).orElse("");
        List<String> lines = new ArrayList<>(List.of(
                "| | unit | Java | C++ | plain JVM | target | reached |", "|---|---|---|---|---|---|---|"));
        for (Row row : rows) {
            lines.add("| " + String.join(" | ", Arrays.asList(row.what, row.unit,
                    cell.apply(row.figure(Program.JAVA.title())), cell.apply(row.figure(Program.CPP.title())),
                    cell.apply(row.figure(PLAIN_JVM)), row.target,
                    row.target.isEmpty() ? "" : (cell.apply(row.reached) + (row.isMet ? " yes" : " **no**")).strip()))
                    + " |");
        }
        return lines;
    }
}
