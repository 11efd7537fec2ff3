package grader.report;

import grader.verdict.Case;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A failed case that needs no other failed case: the student begins here.
 *
 * @param failed the case that failed
 * @param notGraded the cases that have lost their points because they need this one, also through other cases
 */
record FirstCause(Case failed, List<Case> notGraded) {

    FirstCause {
        notGraded = List.copyOf(notGraded);
    }

    /** All of a report, in the order in which cases build on each other. */
    static List<FirstCause> of(Report report) {
        List<Case> failed = cases(report, result -> result.is(Verdict.FAILED));
        List<Case> notGraded = cases(report, result -> result.is(Verdict.NOT_GRADED) && !Wording.isNotCounted(result));
        return failed.stream().filter(one -> failed.stream().noneMatch(other -> needs(one, other)))
                .map(one -> new FirstCause(one, notGraded.stream().filter(other -> needs(other, one)).toList()))
                .toList();
    }

    private static List<Case> cases(Report report, Predicate<Result> isMeant) {
        return report.results().stream().filter(isMeant).map(Result::what)
                .sorted(Comparator.naturalOrder()).toList();
    }

    private static boolean needs(Case one, Case other) {
        return one.needs().stream().anyMatch(need -> need == other || needs(need, other));
    }

    /** The numbers of the cases that were not graded. */
    String numbers() {
        return notGraded.stream().map(Case::number).collect(Collectors.joining(", "));
    }
}
