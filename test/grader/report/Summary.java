package grader.report;

import grader.verdict.Case;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import java.util.ArrayList;
import java.util.Arrays;
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
    /** A spreadsheet takes what begins with one of these for a formula. */
    private static final String FORMULA = "=+-@\t\r";

    private Summary() {
    }

    /** One row for each; below it, why those could not be graded that have passed nothing. */
    public static List<String> table(List<Report> reports) {
        List<List<String>> rows = Stream.concat(Stream.of(HEADS), reports.stream().map(Summary::cells)).toList();
        List<String> lines = new ArrayList<>(rows.stream().map(row -> line(row, rows)).toList());
        reports.stream().filter(report -> report.count(Verdict.PASSED) == 0)
                .forEach(report -> lines.add(name(report) + " could not be graded: " + reason(report)));
        return lines;
    }

    private static List<String> cells(Report report) {
        return List.of(name(report), "" + report.score(), "" + report.most(), "" + report.count(Verdict.PASSED),
                "" + report.count(Verdict.FAILED), "" + report.count(Verdict.NOT_GRADED),
                String.format(Locale.ROOT, "%.0f", report.took().toMillis() / 1000.0), failed(report));
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

    private static String name(Report report) {
        return PlainText.shorten(PlainText.row(report.name()), NAME_WIDTH);
    }

    /** What was seen in the first case that failed, or why the first was not graded. */
    private static String reason(Report report) {
        return report.results().stream().filter(result -> result.is(Verdict.FAILED)).findFirst()
                .map(result -> result.what().number() + " failed: " + result.seen())
                .or(() -> report.results().stream().findFirst().map(Result::why))
                .map(text -> PlainText.visible(text).replaceAll("\\s+", " ").strip())
                .map(text -> PlainText.shorten(text, REASON_LENGTH)).orElse("no case was asked for");
    }

    /** RFC 4180, with a column for every case; its field is empty where it was not graded. */
    public static String csv(List<Report> reports) {
        Stream<String> heads = Stream.concat(Stream.of("name", "score", "of"),
                Arrays.stream(Case.values()).map(Case::number));
        return record(heads) + reports.stream().map(report -> record(fields(report))).collect(Collectors.joining());
    }

    private static Stream<String> fields(Report report) {
        return Stream.concat(Stream.of(withoutFormula(report.name()), "" + report.score(), "" + report.most()),
                Arrays.stream(Case.values()).map(one -> report.results().stream()
                        .filter(result -> result.what() == one && !result.is(Verdict.NOT_GRADED))
                        .map(result -> "" + result.score()).findFirst().orElse("")));
    }

    private static String withoutFormula(String name) {
        boolean isFormula = !name.isEmpty() && FORMULA.indexOf(name.charAt(0)) >= 0;
        return (isFormula ? "'" : "") + PlainText.visible(name);
    }

    private static String record(Stream<String> fields) {
        return fields.map(Summary::quote).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String quote(String field) {
        boolean isPlain = field.chars().noneMatch(one -> one == ',' || one == '"' || one == '\n' || one == '\r');
        return isPlain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
