package grader.report;

import grader.verdict.Case;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import grader.verdict.Transcript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report for the terminal, clause by clause; why a case failed stands under it. */
public final class TerminalReport {

    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";

    static final int WIDTH = 100;
    private static final String INDENT = " ".repeat(12);
    private static final int TITLE_WIDTH = 62;
    private static final int LABEL_WIDTH = 10;
    /** Of a long text or console, so many rows; all of it is in the page. */
    private static final int MOST_ROWS = 12;
    /** So many cases are named that were not graded for want of another; more than these are counted. */
    private static final int MOST_NAMED = 8;
    private static final String MORE = "… the whole is in " + ReportFiles.PAGE;

    private final boolean colours;
    private final List<String> lines = new ArrayList<>();
    private final Map<List<Transcript>, Case> shown = new HashMap<>();

    private TerminalReport(boolean colours) {
        this.colours = colours;
    }

    /** @param colours whether the terminal has some: they only repeat what marks and words say */
    public static List<String> lines(Report report, boolean colours) {
        TerminalReport terminal = new TerminalReport(colours);
        terminal.add(report);
        return List.copyOf(terminal.lines);
    }

    /** What has failed, without the consoles: sixty whole reports would be read by nobody. */
    public static List<String> failures(Report report, boolean colours) {
        TerminalReport terminal = new TerminalReport(colours);
        terminal.lines.add(title(report.name(), report.command(), colours));
        report.results().stream().filter(result -> result.is(Verdict.FAILED)).forEach(terminal::addVerdict);
        terminal.addEnd(report);
        return List.copyOf(terminal.lines);
    }

    /** The verdict on one case, without the consoles. */
    public static List<String> verdict(Result result, boolean colours) {
        TerminalReport terminal = new TerminalReport(colours);
        terminal.addVerdict(result);
        return List.copyOf(terminal.lines);
    }

    /** How a report begins. */
    public static String title(String name, String command, boolean colours) {
        return new TerminalReport(colours).paint(BOLD, PlainText.row(name)) + ": " + PlainText.row(command);
    }

    /** How a report ends: what to look at first, counts and the score. */
    public static List<String> end(Report report, boolean colours) {
        TerminalReport terminal = new TerminalReport(colours);
        terminal.addEnd(report);
        return List.copyOf(terminal.lines);
    }

    private void add(Report report) {
        lines.add(title(report.name(), report.command(), colours));
        Headings.group(report).forEach((clause, results) -> {
            lines.add("");
            lines.add(paint(BOLD, (clause + " " + Headings.words(clause)).strip()));
            results.forEach(this::add);
        });
        addEnd(report);
    }

    private void addEnd(Report report) {
        addFirstCauses(FirstCause.of(report));
        lines.add("");
        lines.add(paint(BOLD, Wording.counts(report) + "; " + Wording.score(report)));
        if (!Wording.notCounted(report).isEmpty()) {
            lines.addAll(PlainText.wrap(Wording.notCounted(report), WIDTH));
        }
        if (!report.network().isEmpty()) {
            lines.addAll(PlainText.wrap("network: " + report.network(), WIDTH));
        }
        lines.add("took " + Wording.duration(report.took()));
    }

    private void addFirstCauses(List<FirstCause> causes) {
        if (!causes.isEmpty()) {
            lines.add("");
            lines.add(paint(BOLD, "failed: look here first"));
            causes.forEach(this::add);
        }
    }

    /** The rows after the first are indented as far as the title. */
    private void add(FirstCause cause) {
        String head = String.format(Locale.ROOT, "  %-8s", cause.failed().number());
        List<String> rows = PlainText.wrap(cause.failed().title() + consequence(cause), WIDTH - head.length());
        lines.add(head + rows.get(0));
        rows.stream().skip(1).forEach(row -> lines.add(" ".repeat(head.length()) + row));
    }

    /** Names the cases, or counts them if they are many. */
    private static String consequence(FirstCause cause) {
        int count = cause.notGraded().size();
        return count == 0 ? "" : "; therefore not graded: "
                + (count > MOST_NAMED ? count + " other cases" : cause.numbers());
    }

    private void add(Result result) {
        addVerdict(result);
        if (result.is(Verdict.FAILED)) {
            addConsoles(result);
        }
    }

    private void addVerdict(Result result) {
        String colour = switch (result.verdict()) {
            case PASSED -> GREEN;
            case FAILED -> RED;
            case NOT_GRADED -> YELLOW;
        };
        String row = String.format(Locale.ROOT, "%-8s%-" + TITLE_WIDTH + "s%s", result.what().number(),
                result.what().title(), Wording.points(result));
        lines.add("  " + paint(colour, Wording.mark(result.verdict())) + " "
                + (result.is(Verdict.FAILED) ? paint(colour, row) : row));
        switch (result.verdict()) {
            case PASSED -> { }
            case FAILED -> {
                explain("expected:", result.expected());
                explain("seen:", result.seen());
            }
            case NOT_GRADED -> explain("not graded:", result.why());
        }
    }

    private void explain(String label, String text) {
        if (text.isBlank()) {
            return;
        }
        String head = label + " ".repeat(Math.max(1, LABEL_WIDTH - label.length()));
        List<String> rows = PlainText.wrap(text, WIDTH - INDENT.length() - head.length());
        for (int i = 0; i < Math.min(rows.size(), MOST_ROWS); i++) {
            lines.add((INDENT + (i == 0 ? head : " ".repeat(head.length())) + rows.get(i)).stripTrailing());
        }
        if (rows.size() > MOST_ROWS) {
            lines.add(INDENT + " ".repeat(head.length()) + paint(DIM, MORE));
        }
    }

    /** Cases that were judged in the same trial have the same consoles, which are shown once. */
    private void addConsoles(Result result) {
        if (result.consoles().isEmpty()) {
            return;
        }
        if (shown.containsKey(result.consoles())) {
            lines.add(INDENT + paint(DIM, "the consoles are those under " + shown.get(result.consoles()).number()));
            return;
        }
        shown.put(result.consoles(), result.what());
        for (Transcript console : result.consoles()) {
            addConsole(console);
        }
    }

    private void addConsole(Transcript console) {
        int missing = Math.max(0, console.lines().size() - MOST_ROWS);
        lines.add(INDENT + PlainText.shorten(ConsoleText.title(console), WIDTH - INDENT.length()));
        if (missing > 0) {
            lines.add(INDENT + paint(DIM, "  … " + missing + " more in " + ReportFiles.PAGE));
        }
        console.lines().stream().skip(missing).map(ConsoleText::row)
                .map(row -> PlainText.shorten(row, WIDTH - INDENT.length()))
                .forEach(row -> lines.add(INDENT + paint(DIM, row)));
    }

    private String paint(String style, String text) {
        return colours ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
    }
}
