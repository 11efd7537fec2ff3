package grader.verdict;

import java.time.Duration;
import java.util.List;

/**
 * What came of one case.
 *
 * @param what what was asked
 * @param verdict passed, failed, or not graded
 * @param score points given: all of them or none
 * @param most points that could be had: 0 where not being graded is not the submission's fault
 * @param points what the case is worth, also where none of it could be had
 * @param expected what had to be seen; empty unless failed
 * @param seen what was seen instead; empty unless failed
 * @param why why it was not graded; empty else
 * @param consoles what its consoles showed; empty where none was started for it
 * @param took how long the trial took in which it was judged
 */
public record Result(Case what, Verdict verdict, int score, int most, int points, String expected, String seen,
        String why, List<Transcript> consoles, Duration took) {

    public enum Verdict { PASSED, FAILED, NOT_GRADED }

    public Result {
        consoles = List.copyOf(consoles);
    }

    public Result withoutConsoles() {
        return new Result(what, verdict, score, most, points, expected, seen, why, List.of(), took);
    }

    /** Why a case is not graded that depends on another. */
    public static String needs(Case other) {
        return "it needs " + other.number() + ", which was not passed";
    }

    public boolean is(Verdict other) {
        return verdict == other;
    }
}
