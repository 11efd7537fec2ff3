package grader.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import grader.verdict.Case;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A report as Gradescope's autograder reads it: results.json.
 *
 * @param hidden cases that students see after the due date
 * @param commandLine with which students see the same on their own machines
 */
public record Gradescope(Set<Case> hidden, String commandLine) {

    private static final int DECIMALS = 2;
    private static final String TEXT = "text";
    private static final String VISIBLE = "visible";
    private static final String HIDDEN = "hidden";
    private static final String LATER = "after_due_date";

    public Gradescope {
        hidden = Set.copyOf(hidden);
    }

    public String json(Report report) {
        JsonObject json = top(output(report));
        json.addProperty("score", score(report));
        json.addProperty("execution_time", Math.round(report.took().toMillis() / 1000.0));
        JsonArray tests = new JsonArray();
        report.results().stream().map(this::test).forEach(tests::add);
        json.add("tests", tests);
        return text(json);
    }

    /** No points for a submission that cannot be graded as it was handed in. */
    public String refusal(String why) {
        JsonObject json = top(PlainText.visible("This submission cannot be graded: " + why
                + ".\nMend that, and hand it in again. Only your course can set CMD and the like.\n"
                + CommandLine.needs(commandLine) + commandLine));
        json.addProperty("score", 0);
        return text(json);
    }

    /** Without a score: so Gradescope takes it for a failure of the autograder, and not for 0 points. */
    public static String graderFailed() {
        return text(top("The grader itself has failed. This is not the fault of your submission, and says nothing "
                + "about it: there is no score. Tell the staff of your course, who see the reason."));
    }

    private static JsonObject top(String output) {
        JsonObject json = new JsonObject();
        json.addProperty("output", output);
        json.addProperty("output_format", TEXT);
        json.addProperty("visibility", VISIBLE);
        // All that the student needs is in here; what else the scripts around the grader print is the course's.
        json.addProperty("stdout_visibility", HIDDEN);
        return json;
    }

    private static String text(JsonObject json) {
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

    private JsonObject test(Result result) {
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
        test.addProperty("visibility", hidden.contains(result.what()) ? LATER : VISIBLE);
        return test;
    }

    /** Of hidden cases it tells the numbers only. */
    private String output(Report report) {
        Report shown = report.without(hidden);
        List<String> later = report.results().stream().map(Result::what).filter(hidden::contains).map(Case::number)
                .toList();
        return Stream.of(Wording.counts(shown) + "; " + Wording.score(shown)
                        + (later.isEmpty() ? onGradescope(report) : ""),
                        later.isEmpty() ? "" : "shown after the due date: " + String.join(", ", later),
                        Wording.notCounted(shown), firstCauses(shown),
                        CommandLine.needs(commandLine) + commandLine, "run with: " + report.command(),
                        report.build().isEmpty() ? "" : "built with: " + report.build(),
                        report.network().isEmpty() ? "" : "network: " + report.network())
                .filter(line -> !line.isEmpty()).map(PlainText::row).collect(Collectors.joining("\n"));
    }

    private static String firstCauses(Report report) {
        List<FirstCause> causes = FirstCause.of(report);
        return causes.isEmpty() ? "" : "failed, look here first: " + causes.stream()
                .map(cause -> cause.failed().number() + " " + cause.failed().title()).collect(Collectors.joining("; "));
    }

    private String output(Result result) {
        return PlainText.visible(switch (result.verdict()) {
            case PASSED -> "";
            case FAILED -> "expected: " + result.expected() + "\nseen: " + result.seen()
                    + "\n" + CommandLine.needs(commandLine) + CommandLine.again(commandLine, result.what())
                    + (result.consoles().isEmpty() ? "" : "\n\n" + ConsoleText.of(result));
            case NOT_GRADED -> (Wording.isNotCounted(result) ? "not graded and not counted: " : "not graded: ")
                    + result.why();
        });
    }
}
