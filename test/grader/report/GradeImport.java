package grader.report;

import grader.pile.Handed;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The points of a class as learning platforms import them. Whose they are is told by the names under which the platform
 * has exported the submissions. Submissions that could not be graded are left out: a person has to decide.
 */
public final class GradeImport {

    /** Such as {@code First Last_12345_assignsubmission_file_}. */
    private static final Pattern OF_MOODLE = Pattern.compile("(.+)_([0-9]+)_assignsubmission_[a-z]+_?.*");
    /** Such as {@code lastfirst_LATE_12345_678_chat.c}: whose it is, then which file. */
    private static final Pattern OF_CANVAS = Pattern.compile("([^_]+)_(?:LATE_)?([0-9]+)_[0-9]+(?:_.*)?");
    /** The head of the column; Canvas makes a new assignment if it has none of this name. */
    private static final String ASSIGNMENT = "Peer-to-peer chat";
    /** By which Moodle sees whether somebody has changed a grade since. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT).withZone(ZoneOffset.UTC);

    private GradeImport() {
    }

    /** A grading worksheet of Moodle; empty if no submission has a name that Moodle has given it. */
    public static Optional<String> moodle(List<Handed> pile, List<Report> reports) {
        return table(pile, reports, OF_MOODLE,
                List.of("Identifier", "Full name", "Grade", "Last modified (grade)", "Feedback comments"),
                (whose, report) -> List.of("Participant " + whose.group(2), whose.group(1), points(report),
                TIME.format(report.when()), comment(report)));
    }

    /** A gradebook of Canvas; empty if no submission has a name that Canvas has given it. */
    public static Optional<String> canvas(List<Handed> pile, List<Report> reports) {
        return table(pile, reports, OF_CANVAS,
                List.of("Student", "ID", "SIS User ID", "SIS Login ID", "Section", ASSIGNMENT),
                (whose, report) -> List.of(whose.group(1), whose.group(2), "", "", "", points(report)));
    }

    private static Optional<String> table(List<Handed> pile, List<Report> reports, Pattern form, List<String> heads,
            BiFunction<MatchResult, Report, List<String>> row) {
        Map<String, Report> byName = reports.stream().collect(Collectors.toMap(Report::name, Function.identity()));
        List<List<String>> rows = new ArrayList<>(List.of(heads));
        for (Handed one : pile) {
            Matcher whose = form.matcher(one.label());
            if (byName.containsKey(one.name()) && whose.matches()) {
                rows.add(row.apply(whose, byName.get(one.name())).stream().map(Csv::shown).toList());
            }
        }
        return rows.size() > 1 ? Optional.of(Csv.text(rows)) : Optional.empty();
    }

    /** Of the points that all have in common, so that those of a class can be compared. */
    private static String points(Report report) {
        return Gradescope.score(report).toPlainString();
    }

    private static String comment(Report report) {
        String first = FirstCause.of(report).stream().map(FirstCause::failed)
                .map(failed -> failed.number() + " " + failed.title()).collect(Collectors.joining("; "));
        return Wording.counts(report) + (report.count(Verdict.FAILED) == 0 || first.isEmpty() ? ""
                : "; failed, look here first: " + first);
    }
}
