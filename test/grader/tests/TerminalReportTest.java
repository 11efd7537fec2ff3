package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grader.report.Headings;
import grader.report.PlainText;
import grader.report.TerminalReport;
import grader.verdict.Case;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The report for the terminal. */
class TerminalReportTest {

    private final List<String> mixed = TerminalReport.lines(MadeUpReports.mixed(), false);

    @Test
    void everyCaseStandsUnderItsClauseWithMarkAndPoints() {
        int clause = mixed.indexOf("P3.2 uses the client socket, or creates it");
        assertTrue(clause > 0 && mixed.get(clause - 1).isEmpty(), () -> String.join("\n", mixed));
        int points = Case.NO_EARLY_CONNECTION.points();
        assertEquals(row("✔", Case.NO_EARLY_CONNECTION, points + " of " + points), mixed.get(clause + 1));
        assertEquals(row("×", Case.REUSES, "0 of " + Case.REUSES.points()), mixed.get(clause + 2));
        for (Case one : Case.values()) {
            assertEquals(1, mixed.stream().filter(line -> line.matches("  [✔×-] .*")
                    && line.contains(" " + one.number() + " ") && line.contains(one.title())).count(), one.number());
        }
    }

    private static String row(String mark, Case what, String points) {
        return String.format(Locale.ROOT, "  %s %-8s%-62s%s", mark, what.number(), what.title(), points);
    }

    @Test
    void everyClauseHasAHeading() {
        for (Case one : Case.values()) {
            assertFalse(Headings.words(Headings.clause(one)).isEmpty(), one.number());
        }
    }

    @Test
    void aFailureIsExplained() {
        int failed = mixed.indexOf("P3.2 uses the client socket, or creates it") + 2;
        assertEquals("            expected: one connection from alice to bob for both messages", mixed.get(failed + 1));
        assertEquals("            seen:     two: the first was closed 0.1 s after the first message",
                mixed.get(failed + 2));
        int seen = mixed.indexOf("            seen:     it was shown after 6.1 s, when Enter had been typed:");
        assertEquals(List.of("                          alice/I am writing",
                        "                          carol: are you there?",
                        "            console of alice: ./peer 5000", "                0.04   listening on 5000",
                        "                0.31 > bob/hello"),
                mixed.subList(seen + 1, seen + 6));
        assertTrue(mixed.contains("                4.00 * ended with 1"));
    }

    @Test
    void consolesThatHaveBeenShownAreNotShownAgain() {
        assertEquals(1, mixed.stream().filter("            console of alice: ./peer 5000"::equals).count());
        assertTrue(mixed.contains("            the consoles are those under D4.1"), () -> String.join("\n", mixed));
    }

    @Test
    void ofALongConsoleTheEndIsShown() {
        List<String> shown = mixed.stream().filter(line -> line.contains("line number")).toList();
        assertEquals(12, shown.size());
        assertEquals("                2.90   line number 29.", shown.get(0));
        assertTrue(mixed.contains("              … 28 more in report.html"));
    }

    @Test
    void whatWasNotGradedSaysWhy() {
        int busy = mixed.indexOf("            not graded: the machine was too busy: its load was 17.2");
        assertEquals(row("-", Case.IDLE_CPU, "not counted"), mixed.get(busy - 1));
    }

    @Test
    void aboveTheScoreStandsWhatToLookAtFirst() {
        int first = mixed.indexOf("failed: look here first");
        assertEquals(List.of("", "failed: look here first", "  D4.1    a message is shown while a line is half typed",
                        "  P3.2.2  the second message uses the client socket of the first; therefore not graded: P4.1",
                        "  R8      Ctrl-C leaves no process behind", ""),
                mixed.subList(first - 1, first + 5));
        List<String> many = TerminalReport.lines(MadeUpReports.withoutTable(), false);
        first = many.indexOf("failed: look here first");
        int notGraded = Case.values().length - 6 - 1; // the one without points is not among them
        assertEquals(List.of("  U1.1    it finds a friend by the table beside it; therefore not graded: " + notGraded
                        + " other cases",
                        "  R1      started again at once, it gets its port", ""),
                many.subList(first + 1, first + 4));
        assertFalse(TerminalReport.lines(MadeUpReports.good(), false).contains("failed: look here first"));
        assertTrue(TerminalReport.lines(MadeUpReports.withoutTimeout(), false).contains(
                "  P3.2.2  the second message uses the client socket of the first"));
    }

    @Test
    void theEndIsTheScore() {
        int all = Case.values().length;
        int points = MadeUpReports.pointsWithout();
        assertEquals(List.of(all - 5 + " passed, 3 failed, 2 not graded; score " + MadeUpReports.scoreOfMixed(),
                        "not counted: R7",
                        "network: each user had a machine", "took 4 min 12 s"),
                mixed.subList(mixed.size() - 4, mixed.size()));
        List<String> good = TerminalReport.lines(MadeUpReports.good(), false);
        assertEquals(List.of("", all + " passed, 0 failed, 0 not graded; score " + points + " of " + points,
                        "network: each user had a machine", "took 4 min 12 s"),
                good.subList(good.size() - 4, good.size()));
        List<String> unbuilt = TerminalReport.lines(MadeUpReports.unbuilt(), false);
        assertTrue(unbuilt.contains("0 passed, 1 failed, " + (all - 1) + " not graded; score 0 of " + points),
                () -> String.join("\n", unbuilt));
        assertTrue(TerminalReport.lines(MadeUpReports.withoutResults(), false)
                .contains("0 passed, 0 failed, 0 not graded; score 0 of 0"));
    }

    @Test
    void coloursOnlyRepeatWhatIsSaid() {
        List<String> coloured = TerminalReport.lines(MadeUpReports.mixed(), true);
        assertTrue(coloured.stream().anyMatch(line -> line.contains("\u001b[31m")), "nothing is red");
        assertEquals(mixed, coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9]+m", "")).toList());
        assertTrue(mixed.stream().noneMatch(line -> line.contains("\u001b")), "colours that nobody asked for");
    }

    @Test
    void aHostileTextDoesNotSteerTheTerminal() {
        List<String> lines = TerminalReport.lines(MadeUpReports.hostile(), false);
        for (String line : lines) {
            assertEquals(line, PlainText.row(line));
        }
        assertTrue(lines.stream().anyMatch(line -> line.endsWith(MadeUpReports.CONTROLS_VISIBLE)),
                () -> String.join("\n", lines));
        List<String> tooLong = lines.stream().skip(1).filter(line -> PlainText.length(line) > 100).toList();
        assertEquals(List.of(), tooLong);
        assertTrue(lines.size() < 150, () -> lines.size() + " lines");
        assertTrue(lines.stream().anyMatch(line -> line.endsWith("… the whole is in report.html")));
    }

    @Test
    void rowsAreBrokenBetweenWords() {
        assertEquals(List.of("one two", "three", "", "fourfivesi", "x\\x1b"),
                PlainText.wrap("one two three\n\nfourfivesix\u001b\n", 10));
        String broken = String.join("", PlainText.wrap(MadeUpReports.EMOJI.replace(" ", ""), 3));
        assertEquals(MadeUpReports.EMOJI.replace(" ", ""), broken);
        assertEquals(Arrays.asList("", "a"), PlainText.wrap("\na", 10));
    }
}
