package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grader.pile.Handed;
import grader.report.PlainText;
import grader.report.Summary;
import grader.report.Ungraded;
import grader.verdict.Case;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Several submissions at once: the table, and the file for a spreadsheet. */
class SummaryTest {

    private static final Ungraded UNREADABLE =
            Ungraded.because(new Handed("erin", Path.of("subs/erin")),
                    new AccessDeniedException("subs/erin/chat.c"));

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
                erin            -    -       -       -           -        -
                carol has passed no case: U3.1 failed: it ended with 2: peer.cpp:12: expected ';'
                dave has passed no case: no case was asked for
                erin could not be graded: permission denied: subs/erin/chat.c""", full, full, all,
                MadeUpReports.mixed().score(), full - Case.IDLE_CPU.points(), all - 5, full, all - 1),
                String.join("\n", Summary.table(List.of(MadeUpReports.good(), MadeUpReports.mixed(),
                        MadeUpReports.unbuilt(), MadeUpReports.withoutResults()), List.of(UNREADABLE))));
    }

    @Test
    void aHostileNameDoesNotBreakTheTable() {
        List<String> table = Summary.table(List.of(MadeUpReports.hostile(), MadeUpReports.named(MadeUpReports.LONG)),
                List.of());
        assertEquals(3, table.size());
        assertTrue(table.get(1).startsWith("=cmd|'/c calc',\"<b>\\x1b[2J\\x0a"), table.get(1));
        assertEquals(1, table.stream().map(line -> PlainText.length(line.replaceFirst("( 253).*|( seconds).*", "$1$2")))
                .distinct().count(), () -> String.join("\n", table));
        assertTrue(table.get(2).startsWith("x".repeat(39) + "…  "), table.get(2));
    }

    @Test
    void whatWasNotGradedHasAReasonInWords() {
        assertEquals(UNREADABLE, new Ungraded("erin", "permission denied: subs/erin/chat.c"));
        assertEquals("does not exist: a/b", reason(new NoSuchFileException("a/b")));
        assertEquals("not directory: a/b", reason(new UncheckedIOException(new NotDirectoryException("a/b"))));
        assertEquals("No space left on device: a/b", reason(new FileSystemException("a/b", null,
                "No space left on device")));
        assertEquals("illegal state", reason(new IllegalStateException()));
        assertEquals("the grader itself failed", reason(new IllegalStateException("the grader itself failed")));
    }

    private static String reason(Exception cause) {
        return Ungraded.because(new Handed("erin", Path.of("erin")), cause).reason();
    }

    @Test
    void theFileSaysThatItIsUtf8AndHasARowForWhatWasNotGraded() {
        String csv = Summary.csv(List.of(MadeUpReports.good()), List.of(UNREADABLE,
                new Ungraded("=frank", "-1\ntwo, \"three\"")));
        assertTrue(csv.startsWith("\ufeffname,score,of,"), csv);
        String none = ",".repeat(3 + Case.values().length);
        assertTrue(csv.endsWith("\r\nerin" + none + "permission denied: subs/erin/chat.c\r\n"
                + "'=frank" + none + "\"'-1\ntwo, \"\"three\"\"\"\r\n"), csv);
    }

    @Test
    void everyCaseIsAColumn() {
        List<String> records = Summary.csv(List.of(MadeUpReports.mixed(), MadeUpReports.withoutResults()), List.of())
                .lines().toList();
        assertEquals("\ufeffname,score,of," + Arrays.stream(Case.values()).map(Case::number)
                .collect(Collectors.joining(",")) + ",remark", records.get(0));
        List<String> fields = Arrays.asList(records.get(1).split(",", -1));
        assertEquals("bob," + MadeUpReports.scoreOfMixed().replace(" of ", ","),
                String.join(",", fields.subList(0, 3)));
        assertEquals(4 + Case.values().length, fields.size());
        assertEquals("" + Case.SHOWS_MESSAGE.points(), fields.get(3 + Case.SHOWS_MESSAGE.ordinal()));
        assertEquals("0", fields.get(3 + Case.REUSES.ordinal()), "failed");
        assertEquals("", fields.get(3 + Case.CLOSES_IDLE.ordinal()), "not graded");
        assertEquals("", fields.get(fields.size() - 1), "no remark");
        assertEquals("dave,0,0" + ",".repeat(Case.values().length + 1), records.get(2));
    }

    @Test
    void everyRecordEndsWithCarriageReturnAndLineFeed() {
        String csv = Summary.csv(List.of(MadeUpReports.good()), List.of());
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
        assertEquals("\"\"", firstField(""));
    }

    private String firstField(String name) {
        String csv = Summary.csv(List.of(MadeUpReports.named(name)), List.of());
        return csv.substring(csv.indexOf("\r\n") + 2, csv.indexOf("," + full + "," + full + ","));
    }
}
