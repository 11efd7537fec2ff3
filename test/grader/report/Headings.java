package grader.report;

import static java.util.Map.entry;

import grader.verdict.Case;
import grader.verdict.Report;
import grader.verdict.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The clauses of the assignment, under which a report puts its cases. */
public final class Headings {

    private static final Map<String, String> WORDS = Map.ofEntries(
            entry("D1", "one process, an iterative server"),
            entry("D2", "the friends' addresses come from the table"),
            entry("D3", "a message is typed as friendname/msg"),
            entry("D4", "the console is always ready"),
            entry("P1", "a well-known port, five connections"),
            entry("P2", "accepts, reads, displays"),
            entry("P3.1", "reads the typed message"),
            entry("P3.2", "uses the client socket, or creates it"),
            entry("P3.3", "sends the message"),
            entry("P4", "closes an idle client socket"),
            entry("U1", "users.txt: name, IP address, port"),
            entry("U2", "the same users.txt on every machine"),
            entry("U3", "compiles with one command"),
            entry("U4", "run with one's own port"),
            entry("R", "robustness"));

    private Headings() {
    }

    /** Such as P3.2 for the case P3.2.1. */
    public static String clause(Case what) {
        String number = what.number();
        return what.isRobustness() ? "R" : number.substring(0, number.lastIndexOf('.'));
    }

    /** Empty for a clause that is not in the table. */
    public static String words(String clause) {
        return WORDS.getOrDefault(clause, "");
    }

    /** The results by their clauses, those first that are judged first: what builds on them comes later. */
    public static Map<String, List<Result>> group(Report report) {
        return report.results().stream()
                .collect(Collectors.groupingBy(result -> clause(result.what()), LinkedHashMap::new,
                Collectors.toList()));
    }
}
