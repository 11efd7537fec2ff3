package peerchat.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    @ParameterizedTest
    @CsvSource({"27, \\x1b", "0, \\x00", "7, \\x07", "9, \\t", "13, \\r", "10, \\n", "127, \\x7f", "155, \\x9b",
        "8238, \\u202e", "8232, \\u2028", "8295, \\u2067", "8207, \\u200f", "1564, \\u061c", "173, \\xad",
                "65279, \\ufeff", "8203, \\u200b"})
    void controlCharactersAreShownNotObeyed(int character, String shown) {
        assertEquals("a" + shown + "b", Text.visible("a" + (char) character + "b"));
    }

    @Test
    void everythingElseStaysAsItIs() {
        String text = "Grüße, 你好, \uD83D\uDC68\u200D\uD83D\uDC69, e\u0301 \\x1b";
        assertEquals(text, Text.visible(text));
    }

    @Test
    void anExcerptDoesNotCutACharacterInTwo() {
        String text = "x".repeat(59) + "\uD83D\uDE00".repeat(3);
        assertEquals("x".repeat(59) + "...", Text.excerpt(text));
    }

    @Test
    void timesAndPlacesAreWrittenForPeople() {
        assertEquals("60 s", Text.seconds(Duration.ofSeconds(60)));
        assertEquals("0.5 s", Text.seconds(Duration.ofMillis(500)));
        assertEquals("10.0.0.2:5000", Text.place("10.0.0.2", 5000));
        assertEquals("[fe80::1]:5000", Text.place("fe80::1", 5000));
    }

    /** Sorting as many marks would take the loop a second, and more with each one. */
    @Test
    void aLongTextFromTheNetworkIsNotComposed() {
        assertEquals("\u00e9", Text.composed("e\u0301"));
        String marks = "a" + "\u0301\u0316".repeat(100);
        assertEquals(marks, Text.composed(marks));
    }
}
