package grader.tests;

import grader.verdict.Case;
import grader.verdict.Result.Verdict;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A submission of which is known what is wrong with it.
 *
 * @param failed the cases that it must fail; what needs one of these is not graded, all else must be passed
 */
record Subject(String name, String build, String command, Set<Case> failed) {

    /**
     * Seconds: short because each run waits for it three times, long enough for a machine that is busy with other
     * tests.
     */
    static final String TIMEOUT = "5";

    static final String IN_PYTHON = "in Python";

    private static final String TWIN = "./a.out {port} {users} " + TIMEOUT;

    static List<Subject> all() {
        return Stream.concat(Stream.of(
                new Subject("no defect", "true", TWIN, Set.of()),
                new Subject(IN_PYTHON, "true", "python3 chat.py --idle " + TIMEOUT + " {port}", Set.of()),
                new Subject("does-not-build", "g++ not_there.cpp", TWIN, Set.of(Case.BUILDS))),
                Arrays.stream(Defect.values()).map(defect ->
                        new Subject(defect.toString(), "true", "env DEFECT=" + defect + " " + TWIN, defect.failed())))
                        .toList();
    }

    /** The cases that are worth a short look, separated by commas; none means all. */
    String ownClauses() {
        return name.equals(Defect.REPEATS_WHAT_IT_SENDS.toString()) ? "D3,P1.1,P2.3"
                : name.equals(IN_PYTHON) ? "U,D3,D4,P2.3,P3,P4,R3" : failed.stream().map(Case::number)
                .collect(Collectors.joining(","));
    }

    Map<Case, Verdict> expected() {
        Map<Case, Verdict> expected = new EnumMap<>(Case.class);
        Set<Case> missing = EnumSet.noneOf(Case.class);
        missing.addAll(failed);
        for (Case one : Case.values()) { // those that a case needs come before it
            boolean isBlocked = one.needs().stream().anyMatch(missing::contains);
            if (isBlocked) {
                missing.add(one);
            }
            expected.put(one, isBlocked ? Verdict.NOT_GRADED : failed.contains(one) ? Verdict.FAILED : Verdict.PASSED);
        }
        return expected;
    }
}
