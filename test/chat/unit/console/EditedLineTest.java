package peerchat.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditedLineTest {

    private final EditedLine line = new EditedLine();

    @BeforeEach
    void typeSomething() {
        line.insert("one  two");
    }

    @Test
    void wordsAreCutWithTheSpacesAfterThem() {
        line.insert("  ");
        line.cut(line.wordStart(), line.cursor());
        assertEquals("one  ", line.text());
        line.cut(line.wordStart(), line.cursor());
        assertEquals("", line.text());
        line.cut(line.wordStart(), line.cursor());
        assertEquals("", line.text());
    }

    @Test
    void theCursorMovesByWords() {
        line.moveTo(line.wordStart());
        assertEquals(5, line.cursor());
        line.moveTo(line.wordStart());
        assertEquals(0, line.cursor());
        line.moveTo(line.wordStart());
        assertEquals(0, line.cursor());
        line.moveTo(line.wordEnd());
        assertEquals(3, line.cursor());
        line.moveTo(line.wordEnd());
        assertEquals(8, line.cursor());
        line.moveTo(line.wordEnd());
        assertEquals(8, line.cursor());
    }

    @Test
    void bothSidesOfTheCursorCanBeCut() {
        line.moveTo(line.previous());
        line.moveTo(line.previous());
        line.cut(line.cursor(), line.length());
        assertEquals("one  t", line.text());
        line.moveTo(line.previous());
        line.cut(0, line.cursor());
        assertEquals("t", line.text());
        assertEquals(0, line.cursor());
    }

    @Test
    void nothingHappensBeyondTheEnds() {
        line.moveTo(line.next());
        line.cut(line.cursor(), line.next());
        line.moveTo(0);
        line.moveTo(line.previous());
        line.cut(line.previous(), line.cursor());
        assertEquals("one  two", line.text());
        assertEquals(0, line.cursor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"e\u0301", "\ud83d\ude00", "\ud83d\udc4d\ud83c\udffd", "\u2764\ufe0f",
            "\ud83c\uddeb\ud83c\uddf7",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", "\u1112\u1161\u11ab", "o\u0323\u0302"})
    void oneKeyForOneCharacter(String character) {
        line.insert(character + "z");
        line.moveTo(line.previous());
        line.cut(line.previous(), line.cursor());
        assertEquals("one  twoz", line.text());
        line.insert(character);
        line.moveTo(line.previous());
        line.cut(line.cursor(), line.next());
        assertEquals("one  twoz", line.text());
    }

    @Test
    void theCursorNeverStandsWithinACodePoint() {
        Random random = new Random(1);
        String[] typed = {"a", "\u0301", "\ud83d\ude00", "\u200d", "\ud83c\uddeb", " ", "\u4e2d"};
        for (int i = 0; i < 20_000; i++) {
            switch (random.nextInt(8)) {
                case 0 -> line.moveTo(line.previous());
                case 1 -> line.moveTo(line.next());
                case 2 -> line.cut(line.previous(), line.cursor());
                case 3 -> line.cut(line.cursor(), line.next());
                default -> line.insert(typed[random.nextInt(typed.length)]);
            }
            int cursor = line.cursor();
            boolean isWithin = cursor > 0 && cursor < line.length()
                    && Character.isSurrogatePair(line.text().charAt(cursor - 1), line.text().charAt(cursor));
            assertEquals(false, isWithin, "after " + i);
            if (line.length() > 500) {
                line.set("");
            }
        }
    }
}
