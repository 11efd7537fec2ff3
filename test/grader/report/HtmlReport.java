package grader.report;

import grader.verdict.Case;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report for the student: one page that needs nothing but a browser, neither a network nor a script. */
public final class HtmlReport {

    /** Should a text ever get through the escaping, the browser still runs and fetches nothing. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";
    /** Or a browser may draw the mark as a coloured picture. */
    private static final String AS_TEXT = "\ufe0e";

    private final Report report;
    private final String commandLine;
    private final Map<String, List<Result>> clauses;
    private final Html page = new Html();

    private HtmlReport(Report report, String commandLine) {
        this.report = report;
        this.commandLine = commandLine;
        this.clauses = Headings.group(report);
    }

    /** @param commandLine with which students see the same on their own machines */
    public static String page(Report report, String commandLine) {
        HtmlReport html = new HtmlReport(report, commandLine);
        html.write();
        return html.page.toString();
    }

    private void write() {
        String name = PlainText.row(report.name());
        begin(page, name + ": " + report.score() + " of " + points(report.most()), "");
        page.add("<h1><bdi>%s</bdi></h1>", name);
        writeScore();
        writeRun();
        writeFirstCauses();
        writeTable();
        clauses.forEach(this::writeClause);
        page.add("</main></body></html>");
    }

    /** The head of a page, and the beginning of what it shows. @param style what it needs besides the common rules */
    static void begin(Html page, String title, String style) {
        page.add("<!DOCTYPE html>").add("<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.add("<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">", POLICY);
        page.add("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
        page.add("<title>%s</title>", title);
        page.add("<style>%s</style></head><body><main>", Html.trusted(HtmlStyle.SHEET + style));
    }

    private void writeScore() {
        page.add("<p class=\"score\"><strong>%d</strong> of %s</p>", report.score(), points(report.most()));
        page.add("<div class=\"bar\" role=\"img\" aria-label=\"%d of %s\">", report.score(),
                points(report.most()));
        for (Verdict verdict : Verdict.values()) {
            int points = mostOf(verdict);
            if (points > 0) {
                page.add("<div class=\"%s\" style=\"flex-grow:%d\"></div>", kind(verdict), points);
            }
        }
        page.add("</div><ul class=\"legend\">");
        for (Verdict verdict : Verdict.values()) {
            page.add("<li><span class=\"swatch %s\"></span>%d %s: %s</li>", kind(verdict), report.count(verdict),
                    Wording.word(verdict), points(mostOf(verdict)));
        }
        page.add("</ul>");
        if (!Wording.notCounted(report).isEmpty()) {
            page.add("<p>%s could be had; %s.</p>", points(report.most()), Wording.notCounted(report));
        }
    }

    private static String points(int count) {
        return count + (count == 1 ? " point" : " points");
    }

    private int mostOf(Verdict verdict) {
        return report.results().stream().filter(result -> result.is(verdict)).mapToInt(Result::most).sum();
    }

    private void writeRun() {
        page.add("<dl class=\"run\">");
        writeTerm("run with", "<code>%s</code>", report.command());
        if (!report.build().isEmpty()) {
            writeTerm("built with", "<code>%s</code>", report.build());
        }
        if (!report.network().isEmpty()) {
            writeTerm("network", "%s", report.network());
        }
        writeTerm("graded", "%s", Wording.time(report.when()) + ", in " + Wording.duration(report.took()));
        page.add("</dl>");
    }

    /** @param format of markup, for the text */
    private void writeTerm(String term, String format, String text) {
        page.add("<div><dt>%s</dt><dd>%s</dd></div>", term, Html.of(format, Html.of("<bdi>%s</bdi>", text)));
    }

    private void writeFirstCauses() {
        List<FirstCause> causes = FirstCause.of(report);
        if (!causes.isEmpty()) {
            page.add("<h2>Failed: look here first</h2>").add("<ol class=\"failed-cases\">");
            causes.forEach(this::writeFirstCause);
            page.add("</ol>");
        }
    }

    private void writeFirstCause(FirstCause cause) {
        page.add("<li>%s %s%s</li>", link(cause.failed()), cause.failed().title(),
                cause.notGraded().isEmpty() ? "" : Html.of("; therefore not graded: %s", links(cause.notGraded())));
    }

    private static Html links(List<Case> cases) {
        return Html.trusted(cases.stream().map(one -> link(one).toString()).collect(Collectors.joining(", ")));
    }

    private void writeTable() {
        page.add("<h2>All cases</h2>").add("<table class=\"cases\"><thead><tr><th scope=\"col\">case</th>"
                + "<th scope=\"col\">what</th><th scope=\"col\">verdict</th><th "
                + "scope=\"col\">points</th></tr></thead>");
        clauses.forEach((clause, results) -> {
            page.add("<tbody><tr><th scope=\"rowgroup\" colspan=\"4\">%s %s</th></tr>", clause, Headings.words(clause));
            results.forEach(result -> page.add("<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td></tr>",
                    link(result.what()), result.what().title(), badge(result), Wording.points(result)));
            page.add("</tbody>");
        });
        page.add("</table>");
    }

    private void writeClause(String clause, List<Result> results) {
        page.add("<h2>%s %s</h2>", clause, Headings.words(clause));
        results.forEach(this::writeCase);
    }

    private void writeCase(Result result) {
        page.add("<section class=\"case %s\" id=\"%s\">", kind(result.verdict()), anchor(result.what()));
        page.add("<div class=\"head\"><h3>%s %s</h3>", result.what().number(), result.what().title());
        page.add("<p class=\"verdict\">%s %s</p></div>", badge(result), Wording.points(result));
        switch (result.verdict()) {
            case PASSED -> { }
            case FAILED -> {
                page.add("<p class=\"tried\"><span>how it is tried:</span> %s</p>", Tried.words(result.what()));
                page.add("<dl class=\"findings\">");
                writeTerm("expected", "%s", result.expected());
                writeTerm("seen", "%s", result.seen());
                page.add("</dl>");
                page.add("<p class=\"again\"><span>%s</span> <code><bdi>%s</bdi></code></p>",
                        CommandLine.needs(commandLine).strip(), CommandLine.again(commandLine, result.what()));
            }
            case NOT_GRADED -> {
                page.add("<dl class=\"findings\">");
                writeTerm("why", "%s", result.why());
                page.add("</dl>");
                writeNeeds(result.what());
            }
        }
        page.add("%s</section>", HtmlConsoles.of(result));
    }

    /** Leads to the cases that this one waits for. */
    private void writeNeeds(Case what) {
        report.results().stream().filter(other -> what.needs().contains(other.what()) && !other.is(Verdict.PASSED))
                .forEach(other -> page.add("<p>It needs %s %s: %s</p>",
                        link(other.what()), other.what().title(), badge(other)));
    }

    private static Html badge(Result result) {
        Verdict verdict = result.verdict();
        return Html.of("<span class=\"badge %s\"><span aria-hidden=\"true\">%s</span> "
                + "<span class=\"word\">%s</span></span>", kind(verdict),
                Wording.mark(verdict) + AS_TEXT, Wording.word(verdict));
    }

    private static Html link(Case what) {
        return Html.of("<a href=\"#%s\">%s</a>", anchor(what), what.number());
    }

    private static String anchor(Case what) {
        return "case-" + what.number();
    }

    /** A class of the style sheet. */
    private static String kind(Verdict verdict) {
        return Wording.word(verdict).replace(' ', '-');
    }
}
