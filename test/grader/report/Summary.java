package grader.report;

import grader.verdict.Case;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of several submissions: a table for the terminal, another one for a spreadsheet. */
public final class Summary {

    private static final List<String> HEADS =
            List.of("submission", "score", "of", "passed", "failed", "not graded", "seconds", "failed cases");
    private static final int NAME_WIDTH = 40;
    private static final int REASON_LENGTH = 200;

    private Summary() {
    }

    /** One row for each; below it, why some have passed nothing, and why others have no report. */
    public static List<String> table(List<Report> reports, List<Ungraded> ungraded) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADS));
        reports.forEach(report -> rows.add(cells(report)));
        ungraded.forEach(one -> rows.add(cells(one)));
        List<String> lines = new ArrayList<>(rows.stream().map(row -> line(row, rows)).toList());
        reports.stream().filter(report -> report.count(Verdict.PASSED) == 0)
                .forEach(report -> lines.add(remark(report.name(), "has passed no case", reason(report))));
        ungraded.forEach(one -> lines.add(remark(one.name(), "could not be graded", one.reason())));
        return lines;
    }

    private static String remark(String name, String what, String reason) {
        String row = PlainText.visible(reason).replaceAll("\\s+", " ").strip();
        return name(name) + " " + what + ": " + PlainText.shorten(row, REASON_LENGTH);
    }

    private static List<String> cells(Report report) {
        return List.of(name(report.name()), "" + report.score(), "" + report.most(), "" + report.count(Verdict.PASSED),
                "" + report.count(Verdict.FAILED), "" + report.count(Verdict.NOT_GRADED),
                String.format(Locale.ROOT, "%.0f", report.took().toMillis() / 1000.0), failed(report));
    }

    /** A dash for each number that there is not. */
    private static List<String> cells(Ungraded one) {
        List<String> cells = new ArrayList<>(Collections.nCopies(HEADS.size(), "-"));
        cells.set(0, name(one.name()));
        cells.set(HEADS.size() - 1, "");
        return cells;
    }

    private static String failed(Report report) {
        return report.results().stream().filter(result -> result.is(Verdict.FAILED))
                .map(result -> result.what().number()).collect(Collectors.joining(" "));
    }

    /** Words to the left, numbers to the right. */
    private static String line(List<String> row, List<List<String>> rows) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            int at = column;
            int width = rows.stream().mapToInt(other -> PlainText.length(other.get(at))).max().orElse(0);
            String space = " ".repeat(width - PlainText.length(row.get(column)));
            boolean isWords = column == 0 || column == row.size() - 1;
            line.append(column == 0 ? "" : "  ").append(isWords ? row.get(column) + space : space + row.get(column));
        }
        return line.toString().stripTrailing();
    }

    private static String name(String name) {
        return PlainText.shorten(PlainText.row(name), NAME_WIDTH);
    }

    /** What was seen in the first case that failed, or why the first was not graded. */
    private static String reason(Report report) {
        return report.results().stream().filter(result -> result.is(Verdict.FAILED)).findFirst()
                .map(result -> result.what().number() + " failed: " + result.seen())
                .or(() -> report.results().stream().findFirst().map(Result::why)).orElse("no case was asked for");
    }

    /**
     * RFC 4180, with a column for every case; its field is empty where it was not graded. The last column says why
     * there is no report.
     */
    public static String csv(List<Report> reports, List<Ungraded> ungraded) {
        Stream<String> heads = Stream.of(Stream.of("name", "score", "of"),
                Arrays.stream(Case.values()).map(Case::number), Stream.of("remark")).flatMap(part -> part);
        Stream<Stream<String>> rows = Stream.concat(reports.stream().map(Summary::fields),
                ungraded.stream().map(Summary::fields));
        return Csv.BYTE_ORDER_MARK + Csv.text(Stream.concat(Stream.of(heads), rows).map(Stream::toList).toList());
    }

    private static Stream<String> fields(Report report) {
        Stream<String> scores = Arrays.stream(Case.values()).map(one -> report.results().stream()
                .filter(result -> result.what() == one && !result.is(Verdict.NOT_GRADED))
                .map(result -> "" + result.score()).findFirst().orElse(""));
        return Stream.of(Stream.of(Csv.shown(report.name()), "" + report.score(), "" + report.most()), scores,
                Stream.of("")).flatMap(part -> part);
    }

    private static Stream<String> fields(Ungraded one) {
        Stream<String> scores = Collections.nCopies(2 + Case.values().length, "").stream();
        return Stream.of(Stream.of(Csv.shown(one.name())), scores, Stream.of(Csv.shown(one.reason())))
                .flatMap(part -> part);
    }
}
