package grader.report;

import grader.verdict.Case;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The table of all submissions for the teacher: one page, each row with a link to that submission's own. */
public final class SummaryPage {

    private static final int PERCENT = 100;
    private static final int WIDTH = 10;
    /** Of the highest bar, in pixels. */
    private static final int HEIGHT = 120;
    /** A telephone: each submission is a paragraph, with the clauses of which it has not all points. */
    private static final String NARROW = """
            .histogram .range{min-height:3.2em}
            .class,.class tbody,.class tr{display:block}.class thead{display:none}
            .class tr{padding:8px 0;border-bottom:1px solid var(--grid)}
            .class th[scope=row],.class td{display:inline-block;border:0;padding:1px 10px 1px 0;text-align:left}
            .class th[scope=row]{display:block}
            .class td.passed{display:none}
            .class td::before{content:attr(data-clause) " ";color:var(--soft)}
            """;
    private static final String STYLE = """
            .histogram{display:flex;align-items:flex-end;gap:6px;max-width:40rem;margin:0;padding:0;list-style:none}
            .histogram li{flex:1 1 0;min-width:0;text-align:center;font-size:13px}
            .histogram li>span{display:block}
            .histogram .column{background:var(--link);border-radius:3px 3px 0 0}
            .histogram .range{border-top:1px solid var(--soft);color:var(--soft)}
            .class{width:100%}
            .class th,.class td{padding:4px 8px;border-bottom:1px solid var(--grid);overflow-wrap:normal}
            .class th[scope=row]{overflow-wrap:anywhere}
            .class thead th{color:var(--soft)}.class td{text-align:right;white-space:nowrap}
            .class thead th:nth-child(n+2){text-align:right}
            .class .points{font-weight:600}
            .class .passed{color:var(--passed)}.class .failed{color:var(--failed);font-weight:600}
            .class .partly,.class .not-graded{color:var(--not-graded)}
            """ + "@media screen and (max-width:900px){" + NARROW + "}\n";

    private final List<Report> reports;
    private final List<Ungraded> ungraded;
    private final List<String> clauses;
    private final String only;
    private final Html page = new Html();

    private SummaryPage(List<Report> reports, List<Ungraded> ungraded, String only) {
        this.only = only;
        this.reports = reports.stream().sorted(Comparator.comparingInt(SummaryPage::percent).reversed()
                .thenComparing(Report::name)).toList();
        this.ungraded = ungraded;
        this.clauses = reports.stream().flatMap(report -> report.results().stream()).map(Result::what)
                .sorted(Case.IN_REPORTS).map(Headings::clause).distinct().toList();
    }

    /**
     * @param ungraded those of which there is no report, with the reason
     * @param only the clauses that were graded; empty for all
     */
    public static String page(List<Report> reports, List<Ungraded> ungraded, String only) {
        SummaryPage summary = new SummaryPage(reports, ungraded, only);
        summary.write();
        return summary.page.toString();
    }

    private void write() {
        HtmlReport.begin(page, reports.size() + " of " + (reports.size() + ungraded.size()) + " submissions graded",
                STYLE);
        page.add("<h1>%d of %d submissions graded</h1>", reports.size(), reports.size() + ungraded.size());
        if (!only.isEmpty()) {
            page.add("<p>A quick look: only %s. There are no grades for Moodle or Canvas.</p>", only);
        }
        if (!reports.isEmpty()) {
            writeHistogram();
            writeTable();
        }
        if (!ungraded.isEmpty()) {
            page.add("<h2>Not graded</h2>").add("<dl class=\"findings\">");
            ungraded.forEach(one -> page.add("<div><dt><bdi>%s</bdi></dt><dd><bdi>%s</bdi></dd></div>",
                    PlainText.row(one.name()), one.reason()));
            page.add("</dl>");
        }
        page.add("</main></body></html>");
    }

    /** How many have how much of the points that they could have. */
    private void writeHistogram() {
        List<Integer> counts = counts(reports);
        int most = counts.stream().reduce(1, Math::max);
        page.add("<h2>Points, in percent</h2>").add("<ol class=\"histogram\">");
        for (int i = 0; i < counts.size(); i++) {
            int last = i == counts.size() - 1 ? PERCENT : i * WIDTH + WIDTH - 1;
            page.add("<li><span>%d</span><span class=\"column\" style=\"height:%dpx\"></span>"
                    + "<span class=\"range\">%d–%d</span></li>", counts.get(i), counts.get(i) * HEIGHT / most,
                    i * WIDTH, last);
        }
        page.add("</ol>");
    }

    /** Submissions by tenths of the points; full marks are in the last tenth. */
    private static List<Integer> counts(List<Report> reports) {
        int tenths = PERCENT / WIDTH;
        return IntStream.range(0, tenths).mapToObj(tenth -> (int) reports.stream().filter(report -> report.most() > 0)
                .filter(report -> Math.min(percent(report) / WIDTH, tenths - 1) == tenth).count()).toList();
    }

    /** Rounded down: whoever has less than all is not shown with all. */
    private static int percent(Report report) {
        return report.most() == 0 ? 0 : report.score() * PERCENT / report.most();
    }

    private void writeTable() {
        page.add("<h2>All submissions</h2>").add("<table class=\"class\"><thead><tr><th scope=\"col\">submission</th>"
                + "<th scope=\"col\">points</th>");
        clauses.forEach(clause -> page.add("<th scope=\"col\" title=\"%s\">%s</th>", Headings.words(clause), clause));
        page.add("</tr></thead><tbody>");
        reports.forEach(this::writeRow);
        page.add("</tbody></table>");
    }

    private void writeRow(Report report) {
        page.add("<tr><th scope=\"row\"><a href=\"%s\"><bdi>%s</bdi></a></th><td class=\"points\">%d of %d</td>",
                link(report.name()), PlainText.row(report.name()), report.score(), report.most());
        Map<String, List<Result>> own = Headings.group(report);
        clauses.forEach(clause -> {
            List<Result> results = own.getOrDefault(clause, List.of());
            page.add("<td data-clause=\"%s\" class=\"%s\">%s</td>", clause, kind(results), cell(results));
        });
        page.add("</tr>");
    }

    /** A dash if nothing of the clause was counted. */
    private static String cell(List<Result> results) {
        int most = results.stream().mapToInt(Result::most).sum();
        return most == 0 ? "-" : results.stream().mapToInt(Result::score).sum() + "/" + most;
    }

    /** A class of the style sheet. */
    private static String kind(List<Result> results) {
        List<Verdict> verdicts = results.stream().filter(result -> result.most() > 0).map(Result::verdict).toList();
        return verdicts.isEmpty() ? "not-graded" : verdicts.stream().allMatch(one -> one == Verdict.PASSED) ? "passed"
                : verdicts.contains(Verdict.PASSED) ? "partly" : "failed";
    }

    /** To the page of a submission, whatever characters its name has. */
    private static String link(String name) {
        try {
            return new URI(null, null, "./" + name + "/" + ReportFiles.PAGE, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
