package grader.report;

import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** What all reports say in the same words. */
final class Wording {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

    private Wording() {
    }

    static String mark(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "✔";
            case FAILED -> "×";
            case NOT_GRADED -> "-";
        };
    }

    static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String points(Result result) {
        return isNotCounted(result) ? "not counted" : result.score() + " of " + result.most();
    }

    static String counts(Report report) {
        return report.count(Verdict.PASSED) + " passed, " + report.count(Verdict.FAILED) + " failed, "
                + report.count(Verdict.NOT_GRADED) + " not graded";
    }

    static String score(Report report) {
        return "score " + report.score() + " of " + report.most();
    }

    /** Names the cases that are missing from the most that could be had; empty if none is. */
    static String notCounted(Report report) {
        String numbers = report.results().stream().filter(Wording::isNotCounted).map(result -> result.what().number())
                .collect(Collectors.joining(", "));
        return numbers.isEmpty() ? "" : "not counted: " + numbers;
    }

    /** Not by the points of the table, which weights can have replaced. */
    static boolean isNotCounted(Result result) {
        return result.is(Verdict.NOT_GRADED) && result.most() == 0;
    }

    static String duration(Duration took) {
        long seconds = took.toSeconds();
        return seconds < 60 ? String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0)
                : seconds / 60 + " min " + seconds % 60 + " s";
    }

    /** In the time of the place where the grader runs, with the distance of its clock from UTC. */
    static String time(Instant when) {
        return TIME.format(when.atZone(ZoneId.systemDefault()));
    }
}
