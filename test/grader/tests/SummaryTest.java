package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grader.report.PlainText;
import grader.report.Summary;
import grader.verdict.Case;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Several submissions at once: the table, and the file for a spreadsheet. */
class SummaryTest {

    private final int full = MadeUpReports.pointsWithout();

    @Test
    void theTableIsAligned() {
        int all = Case.values().length;
        assertEquals(String.format(Locale.ROOT, """
                submission  score   of  passed  failed  not graded  seconds  failed cases
                alice       %5d  %3d  %6d       0           0      253
                bob         %5d  %3d  %6d       3           2      253  D4.1 P3.2.2 R8
                carol           0  %3d       0       1  %10d      253  U3.1
                dave            0    0       0       0           0        0
                carol could not be graded: U3.1 failed: it ended with 2: peer.cpp:12: expected ';'
                dave could not be graded: no case was asked for""", full, full, all,
                MadeUpReports.mixed().score(), full - Case.IDLE_CPU.points(), all - 5, full, all - 1),
                String.join("\n", Summary.table(List.of(MadeUpReports.good(), MadeUpReports.mixed(),
                MadeUpReports.unbuilt(),
                        MadeUpReports.withoutResults()))));
    }

    @Test
    void aHostileNameDoesNotBreakTheTable() {
        List<String> table = Summary.table(List.of(MadeUpReports.hostile(), MadeUpReports.named(MadeUpReports.LONG)));
        assertEquals(3, table.size());
        assertTrue(table.get(1).startsWith("=cmd|'/c calc',\"<b>\\x1b[2J\\x0a"), table.get(1));
        assertEquals(1, table.stream().map(line -> PlainText.length(line.replaceFirst("( 253).*|( seconds).*", "$1$2")))
                .distinct().count(), () -> String.join("\n", table));
        assertTrue(table.get(2).startsWith("x".repeat(39) + "…  "), table.get(2));
    }

    @Test
    void everyCaseIsAColumn() {
        List<String> records = Summary.csv(List.of(MadeUpReports.mixed(), MadeUpReports.withoutResults())).lines()
                .toList();
        assertEquals("name,score,of," + Arrays.stream(Case.values()).map(Case::number).collect(Collectors.joining(",")),
                records.get(0));
        List<String> fields = Arrays.asList(records.get(1).split(",", -1));
        assertEquals("bob," + MadeUpReports.scoreOfMixed().replace(" of ", ","),
                String.join(",", fields.subList(0, 3)));
        assertEquals(3 + Case.values().length, fields.size());
        assertEquals("" + Case.SHOWS_MESSAGE.points(), fields.get(3 + Case.SHOWS_MESSAGE.ordinal()));
        assertEquals("0", fields.get(3 + Case.REUSES.ordinal()), "failed");
        assertEquals("", fields.get(3 + Case.CLOSES_IDLE.ordinal()), "not graded");
        assertEquals("dave,0,0" + ",".repeat(Case.values().length), records.get(2));
    }

    @Test
    void everyRecordEndsWithCarriageReturnAndLineFeed() {
        String csv = Summary.csv(List.of(MadeUpReports.good()));
        assertEquals(2, csv.split("\r\n", -1).length - 1);
        assertEquals(csv, csv.replaceAll("(?<!\r)\n", ""));
        assertTrue(csv.endsWith("\r\n"));
    }

    @Test
    void fieldsAreQuotedAndNoNameIsAFormula() {
        assertEquals("\"'=cmd|'/c calc',\"\"<b>\\x1b[2J\n" + MadeUpReports.RIGHT_TO_LEFT + "\"",
                firstField("=cmd|'/c calc',\"<b>\u001b[2J\n" + MadeUpReports.RIGHT_TO_LEFT));
        for (String sign : List.of("=", "+", "-", "@", "\t")) {
            assertEquals("'" + sign + "1", firstField(sign + "1"));
        }
        assertEquals("a=1", firstField("a=1"));
        assertEquals("\"a,b\"", firstField("a,b"));
        assertEquals("", firstField(""));
    }

    private String firstField(String name) {
        String csv = Summary.csv(List.of(MadeUpReports.named(name)));
        return csv.substring(csv.indexOf("\r\n") + 2, csv.indexOf("," + full + "," + full + ","));
    }
}
