package grader.report;

import grader.pile.Handed;
import grader.verdict.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of all submissions of a pile, as files. */
public final class Tables {

    public static final String PAGE = "summary.html";
    private static final String SPREADSHEET = "summary.csv";
    private static final String MOODLE = "moodle.csv";
    private static final String CANVAS = "canvas.csv";

    private Tables() {
    }

    /**
     * Replaces them. Those for the import of grades are only there if the submissions were exported in that form, and
     * all clauses were graded.
     *
     * @param only the clauses that were graded; empty for all
     */
    public static void write(Path folder, List<Handed> pile, List<Report> reports, List<Ungraded> ungraded, String only)
            throws IOException {
        Files.createDirectories(folder);
        List<Ungraded> others = new ArrayList<>(ungraded);
        Set<String> known = Stream.concat(reports.stream().map(Report::name), ungraded.stream().map(Ungraded::name))
                .collect(Collectors.toSet());
        pile.stream().map(Handed::name).filter(name -> !known.contains(name))
                .forEach(name -> others.add(new Ungraded(name, "not graded yet")));
        ReportFiles.replace(folder.resolve(SPREADSHEET), Summary.csv(reports, others));
        ReportFiles.replace(folder.resolve(PAGE), SummaryPage.page(reports, others, only));
        replace(folder.resolve(MOODLE), only.isEmpty() ? GradeImport.moodle(pile, reports) : Optional.empty());
        replace(folder.resolve(CANVAS), only.isEmpty() ? GradeImport.canvas(pile, reports) : Optional.empty());
    }

    /** Where to look, in words: the page, and the grades to upload if there are some. */
    public static List<String> places(Path folder) {
        return Stream.of(Map.entry("the table of all", PAGE), Map.entry("to upload to Moodle", MOODLE),
                Map.entry("to upload to Canvas", CANVAS)).filter(file -> Files.exists(folder.resolve(file.getValue())))
                .map(file -> file.getKey() + ": " + folder.resolve(file.getValue())).toList();
    }

    private static void replace(Path file, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            ReportFiles.replace(file, text.get());
        } else {
            Files.deleteIfExists(file);
        }
    }
}
