package grader.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report as Gradescope's autograder reads it: results.json. */
public final class Gradescope {

    private static final int DECIMALS = 2;
    private static final String TEXT = "text";
    private static final String VISIBLE = "visible";
    private static final String HIDDEN = "hidden";

    private Gradescope() {
    }

    public static String json(Report report) {
        JsonObject json = new JsonObject();
        json.addProperty("score", score(report));
        json.addProperty("execution_time", Math.round(report.took().toMillis() / 1000.0));
        json.addProperty("output", output(report));
        json.addProperty("output_format", TEXT);
        json.addProperty("visibility", VISIBLE);
        // All that the student needs is in here; what else the scripts around the grader print is the course's.
        json.addProperty("stdout_visibility", HIDDEN);
        JsonArray tests = new JsonArray();
        report.results().stream().map(Gradescope::test).forEach(tests::add);
        json.add("tests", tests);
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
    }

    /** Scaled to the points of all cases: Gradescope has one total for the whole class. */
    static BigDecimal score(Report report) {
        if (report.most() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal exact = BigDecimal.valueOf((long) report.score() * report.points());
        BigDecimal rounded = exact.divide(BigDecimal.valueOf(report.most()), DECIMALS, RoundingMode.HALF_UP);
        return new BigDecimal(rounded.stripTrailingZeros().toPlainString()); // 80, neither 80.00 nor 8E+1
    }

    /** What Gradescope makes of the score; empty if that is the same. */
    private static String onGradescope(Report report) {
        return report.most() == report.points() ? ""
                : "; on Gradescope this is " + score(report) + " of " + report.points();
    }

    private static JsonObject test(Result result) {
        JsonObject test = new JsonObject();
        test.addProperty("score", result.score());
        test.addProperty("max_score", result.points());
        if (!result.is(Verdict.NOT_GRADED)) {
            test.addProperty("status", Wording.word(result.verdict()));
        }
        // The same in every run: the submissions of a class are compared case by case.
        test.addProperty("name", result.what().title());
        test.addProperty("name_format", TEXT);
        test.addProperty("number", result.what().number());
        test.addProperty("output", output(result));
        test.addProperty("output_format", TEXT);
        test.addProperty("visibility", VISIBLE);
        return test;
    }

    private static String output(Report report) {
        return Stream.of(Wording.counts(report) + "; " + Wording.score(report) + onGradescope(report),
                        Wording.notCounted(report), "run with: " + report.command(),
                        report.build().isEmpty() ? "" : "built with: " + report.build(),
                        report.network().isEmpty() ? "" : "network: " + report.network())
                .filter(line -> !line.isEmpty()).map(PlainText::row).collect(Collectors.joining("\n"));
    }

    private static String output(Result result) {
        return PlainText.visible(switch (result.verdict()) {
            case PASSED -> "";
            case FAILED -> "expected: " + result.expected() + "\nseen: " + result.seen()
                    + (result.consoles().isEmpty() ? "" : "\n\n" + ConsoleText.of(result));
            case NOT_GRADED -> (Wording.isNotCounted(result) ? "not graded and not counted: " : "not graded: ")
                    + result.why();
        });
    }
}
