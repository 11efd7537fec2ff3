package peerchat.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A long line is broken into rows, none of which is too wide. All but the first are indented. */
class ColumnsTest {

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {
        "abcdefgh,0,8,abcdefgh", "abcdefghi,0,8,abcdefgh|i", "abcdefghijklmn,0,8,abcdefgh|ijkl|mn", "abc,5,8,abc",
        "abcd,5,8,abc|d", "abc,8,8,|abc", "abc,30,8,|abc", "a b c d e,0,8,a b c d |e",
        "\u4e2d\u6587\u4e2d\u6587,0,7,\u4e2d\u6587\u4e2d|\u6587", "\u4e2d\u6587,6,8,\u4e2d|\u6587",
        "\u4e2d\u6587,7,8,|\u4e2d\u6587"})
    void aRowEndsWhereItIsFull(String text, int before, int columns, String rows) {
        assertEquals(rows.replace("|", "\n    "), Columns.inRows(text, before, columns));
    }

    /** Accents, emoji of several parts, with a colour of skin, a flag, a syllable: each fits into a row of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"e\u0301\u0302", "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", "\u2764\ufe0f",
        "\ud83d\udc4d\ud83c\udffd", "\ud83c\udde9\ud83c\uddea", "\u1112\u1161\u11ab"})
    void aCharacterIsNotSplit(String character) {
        for (int before = 0; before < 20; before++) {
            String rows = Columns.inRows(character.repeat(10), before, 20);
            for (String row : rows.split("\n    ", -1)) {
                assertEquals("", row.replace(character, ""), rows);
            }
            assertEquals(character.repeat(10), rows.replace("\n    ", ""));
        }
    }

    /** Some characters have no end: such a one is split, for a row must not be too wide. */
    @Test
    void aCharacterWiderThanARowIsSplit() {
        for (String endless : new String[] {"e" + "\u0301".repeat(1000), "\u1112".repeat(1000),
            "\ud83d\udc68\u200d".repeat(1000)}) {
            for (String row : Columns.inRows(endless, 0, 20).split("\n")) {
                assertTrue(Columns.of(row, 0, row.length()) <= 20, row);
            }
        }
    }
}
