package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grader.report.ConsoleRows;
import grader.report.PlainText;
import grader.verdict.Transcript.Kind;
import grader.verdict.Transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the consoles of a trial stand side by side. */
class ConsoleRowsTest {

    private static final List<String> FIVE = List.of("alice", "bob", "carol", "dave", "erin");
    /** Of one, two and no columns a character; a title for the terminal, a jump to its corner, and other directions. */
    private static final String HOSTILE =
            "Grüße 你好你好 🙂🙂 ❤️ e\u0301\u0301 \u001b]0;x\u0007\u001b[1;1H\b\r\n\u202e\u009b";
    private static final String LONG = "the quick brown fox ".repeat(20) + "x".repeat(500) + HOSTILE.repeat(10);

    private static List<String> rows(ConsoleRows rows, String name, String text) {
        return rows.rows(name, new Line(12.34, Kind.TYPED, text), ">");
    }

    @Test
    void eachUserHasAColumn() {
        ConsoleRows two = new ConsoleRows(FIVE.subList(0, 2), OptionalInt.of(80));
        assertEquals(List.of("          alice" + " ".repeat(28) + "│  bob"), two.head());
        assertEquals(List.of("  12.34 > bob/hello"), rows(two, "alice", "bob/hello"));
        assertEquals(List.of("  12.34" + " ".repeat(36) + "│> alice/hello"),
                rows(two, "bob", "alice/hello"));
        assertEquals(List.of("  12.34 > a message that is too long for",
                "          one row"), rows(two, "alice", "a message that is too long for one row"));
    }

    @Test
    void withoutATerminalTheNameStandsInFront() {
        ConsoleRows pipe = new ConsoleRows(FIVE, OptionalInt.empty());
        assertEquals(List.of(), pipe.head());
        assertEquals(List.of("  12.34 bob   > alice/hello"), rows(pipe, "bob", "alice/hello"));
        assertEquals(1, rows(pipe, "bob", LONG).size());
    }

    @Test
    void threeUsersFitBesideEachOtherInEightyColumnsAndFiveInMore() {
        assertEquals(1, new ConsoleRows(FIVE.subList(0, 3), OptionalInt.of(80)).head().size());
        ConsoleRows narrow = new ConsoleRows(FIVE, OptionalInt.of(80));
        assertEquals(List.of(), narrow.head());
        assertEquals(List.of("  12.34 bob   > alice/hello"), rows(narrow, "bob", "alice/hello"));
        assertEquals(1, new ConsoleRows(FIVE, OptionalInt.of(130)).head().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 41, 60, 79, 80, 100, 132, 200})
    void nothingLeavesItsColumn(int width) {
        for (int users = 1; users <= FIVE.size(); users++) {
            List<String> names = FIVE.subList(0, users);
            ConsoleRows rows = new ConsoleRows(names, OptionalInt.of(width));
            List<String> all = new ArrayList<>(rows.head());
            for (String name : names) {
                List<String> own = rows(rows, name, LONG);
                all.addAll(own);
                int start = own.get(0).indexOf('>') + 2; // what stands before it is one column a character
                assertTrue(own.stream().skip(1).noneMatch(row -> row.substring(0, start).contains("x")), "" + own);
                assertEquals(PlainText.row(LONG).replace(" ", ""),
                        own.stream().map(row -> row.substring(start)).collect(Collectors.joining()).replace(" ", ""));
                IntStream.range(1, width).mapToObj("好"::repeat).forEach(wide -> all.addAll(rows(rows, name, wide)));
                if (!rows.head().isEmpty()) {
                    int end = (width - 8) / users * (names.indexOf(name) + 1) + 7;
                    own.forEach(row -> assertTrue(PlainText.columns(row) <= end, row));
                }
            }
            all.forEach(row -> {
                assertTrue(PlainText.columns(row) < width, () -> width + ": " + row);
                assertEquals(PlainText.row(row), row);
            });
        }
    }

    /** Where terminals differ, the larger number is taken. */
    @Test
    void charactersAreAsWideAsTheTerminalShowsThem() {
        assertEquals(5, PlainText.columns("Grüße"));
        assertEquals(4, PlainText.columns("你好"));
        assertEquals(2, PlainText.columns("🙂"));
        assertEquals(2, PlainText.columns("❤️"));
        assertEquals(1, PlainText.columns("e\u0301"));
    }

    @Test
    void aTerminalTooNarrowForAnythingStillShowsTheText() {
        String shown = rows(new ConsoleRows(FIVE, OptionalInt.of(1)), "bob", "你好").get(0);
        assertTrue(shown.endsWith("> 你好"), shown);
    }
}
