package peerchat.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {

    private final Decoder decoder = new Decoder(new HashMap<>());
    private final List<String> shown = new ArrayList<>();

    private void take(byte[] bytes) {
        decoder.add(bytes, bytes.length, 0);
        while (decoder.next()) {
            show();
        }
    }

    private void take(String text) {
        take(text.getBytes(StandardCharsets.UTF_8));
    }

    private void show() {
        shown.add((decoder.continues() ? "+" : "") + decoder.message().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\0"})
    void aMessageEndsAtLineFeedCarriageReturnLineFeedOrNul(String end) {
        take("alice/hi" + end + "alice/there" + end);
        assertEquals(List.of("alice/hi", "alice/there"), shown);
    }

    @Test
    void emptyMessagesAreDropped() {
        take("\n\n\r\n\0a\n\n");
        assertEquals(List.of("a"), shown);
    }

    @Test
    void aReadIsNotAMessage() {
        for (byte b : "alice/grüße\r\nbob/x\n".getBytes(StandardCharsets.UTF_8)) {
            take(new byte[] {b});
        }
        assertEquals(List.of("alice/grüße", "bob/x"), shown);
    }

    @Test
    void aLoneCarriageReturnEndsNothing() {
        take("a\rb\n");
        assertEquals(List.of("a\rb"), shown);
    }

    @Test
    void bytesWithoutAnEndAreShownAtTheEnd() {
        take("alice/no end");
        assertEquals(List.of(), shown);
        assertTrue(decoder.rest());
        show();
        assertEquals(List.of("alice/no end"), shown);
        assertFalse(decoder.rest());
    }

    @Test
    void onlyAConnectionThatNeverEndedAMessageMayFallSilent() {
        assertFalse(decoder.holdsUnendedText());
        take("a");
        assertTrue(decoder.holdsUnendedText());
        take("\nb");
        assertFalse(decoder.holdsUnendedText());
    }

    @Test
    void malformedBytesBecomeReplacementCharacters() {
        take(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xc3, '\n'});
        assertEquals(List.of("a\ufffdb\ufffd"), shown);
    }

    @Test
    void aLongMessageIsShownInPiecesAndNothingIsDropped() {
        String text = "x".repeat(Decoder.LONGEST_PIECE) + "y".repeat(Decoder.LONGEST_PIECE) + "z";
        take(text + "\nnext\n");
        assertEquals(List.of("x".repeat(Decoder.LONGEST_PIECE), "+" + "y".repeat(Decoder.LONGEST_PIECE), "+z", "next"),
                shown);
    }

    @Test
    void aMessageOfExactlyOnePieceIsOne() {
        take("x".repeat(Decoder.LONGEST_PIECE) + "\r\n");
        take("x".repeat(Decoder.LONGEST_PIECE) + "\n");
        assertEquals(List.of("x".repeat(Decoder.LONGEST_PIECE), "x".repeat(Decoder.LONGEST_PIECE)), shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ü", "你", "\uD83D\uDE00"})
    void aPieceEndsBetweenCharacters(String character) {
        for (int before = 1; before <= 4; before++) {
            shown.clear();
            String text = "x".repeat(Decoder.LONGEST_PIECE - before) + character.repeat(3);
            take(text + "\n");
            assertEquals(text, String.join("", shown).replace("+", ""));
        }
    }
}
