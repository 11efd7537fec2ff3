package grader.verdict;

import grader.verdict.Result.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The grading of one submission.
 *
 * @param name the folder's name, by which the reports are filed
 * @param command how it was started, with the placeholders
 * @param build how it was built; empty if it was not
 * @param network on which machines the users were
 * @param when the start of the grading
 * @param took how long it took
 * @param results one for each case asked for, in the order of {@link Case}
 */
public record Report(String name, String command, String build, String network, Instant when, Duration took,
        List<Result> results) {

    public Report {
        results = List.copyOf(results);
    }

    public Report withoutConsoles() {
        return new Report(name, command, build, network, when, took, results.stream().map(Result::withoutConsoles)
                .toList());
    }

    public int score() {
        return results.stream().mapToInt(Result::score).sum();
    }

    public int most() {
        return results.stream().mapToInt(Result::most).sum();
    }

    /** What all cases are worth, also those that were not counted: the same in every run with the same settings. */
    public int points() {
        return results.stream().mapToInt(Result::points).sum();
    }

    /** The same without these cases. */
    public Report without(Set<Case> cases) {
        return new Report(name, command, build, network, when, took,
                results.stream().filter(result -> !cases.contains(result.what())).toList());
    }

    public long count(Verdict verdict) {
        return results.stream().filter(result -> result.is(verdict)).count();
    }
}
