package peerchat.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    private final List<String> told = new ArrayList<>();
    private final Keys keys = new Keys();
    private void text(String text) {
        int last = told.size() - 1;
        if (last >= 0 && told.get(last).startsWith("=")) {
            told.set(last, told.get(last) + text); // in how many pieces it comes is no matter
        } else {
            told.add("=" + text);
        }
    }

    @Test
    void whereverTheBytesAreCutTheyMeanTheSame() {
        byte[] typed = ("a\u00e9\u4e2d\ud83d\ude00e\u0301\u001b[D\u001b[3~\u001bOH"
                + "\u001b[24;80R\u001b]0;t\u0007\u001b[[A\u001bPq\u001b\\z\r")
                .getBytes(StandardCharsets.UTF_8);
        List<String> expected = List.of("=a\u00e9\u4e2d\ud83d\ude00e\u0301", "LEFT", "DELETE", "HOME", "=z", "ENTER");
        for (int first = 0; first <= typed.length; first++) {
            for (int second = first; second <= typed.length; second++) {
                told.clear();
                take(Arrays.copyOf(typed, first), 0);
                take(Arrays.copyOfRange(typed, first, second), 0);
                take(Arrays.copyOfRange(typed, second, typed.length), 0);
                assertEquals(expected, told, "cut at " + first + " and " + second);
            }
        }
    }

    /** Keys that mean nothing here, and what a terminal may send though nobody has asked for it. */
    @ParameterizedTest
    @ValueSource(strings = {"[5~", "[15;2~", "[[A", "[1;2S", "OP", "OS", "x", "\u00e9", "\ud83d\ude00", "\u0007",
        "[I", "[O", // the window has got or lost the focus
        "[M !!", "[M#\u00e9~", "[<0;1;2M", "[<35;200;99m", "[32;1;1M", // mouse: X10, UTF-8, SGR, urxvt
        "[97;5u", "[57441;2u", "[97:65;2:3;65u", "[?1u", "[27;5;97~", "[27;6;9~", // kitty, modifyOtherKeys
        "[?64;1;2c", "[>0;276;0c", "[=1;2c", "[0n", "[?997;1n", "[24;80R", "[?24;80;1R", "[?2004;1$y", "[4;600;800t",
        "[8;24;80t", "[?62;c", "P!|00000000\u001b\\", "P1$r0m\u001b\\", "P>|term(1)\u001b\\", "P1+r544e=78\u001b\\",
        "]10;rgb:ffff/ffff/ffff\u0007", "]11;rgb:0000/0000/0000\u001b\\", "]4;1;rgb:cdcd/0000/0000\u0007",
        "]52;c;aGk=\u0007", "]8;;file:a\u0007", "]0;t\u001b\\", "_Gi=1;OK\u001b\\", "^x\u001b\\", "X y\u001b\\"})
    void aSequenceThatMeansNothingHereIsSwallowedWholeAndInBytes(String sequence) {
        byte[] typed = ("a\u001b" + sequence + "b").getBytes(StandardCharsets.UTF_8);
        take(typed, 0);
        for (byte b : typed) {
            take(new byte[] {b}, 0);
        }
        assertEquals(List.of("=abab"), told);
    }

    @Test
    void theMouseReportsPlacesFarToTheRightInBytesThatAreNoText() {
        take(new byte[] {'a', 0x1b, '[', 'M', ' ', (byte) 0xc8, (byte) 0xc8, 'b'}, 0);
        assertEquals(List.of("=ab"), told);
    }

    @ParameterizedTest
    @CsvSource({"OM, ENTER", "OI, TAB", "Op, =0", "Oq, =1", "Oy, =9", "Oj, =*", "Ok, =+", "Ol, '=,'", "Om, =-",
        "On, =.", "Oo, =/", "OX, ==", "OA, UP", "OD, LEFT", "O5D, WORD_LEFT", "O1;5C, WORD_RIGHT", "Od, WORD_LEFT",
        "Oc, WORD_RIGHT", "[D, LEFT", "[1;2D, LEFT", "[1;5D, WORD_LEFT", "[5D, WORD_LEFT", "[1;3C, RIGHT",
        "[1;6C, WORD_RIGHT", "[1;5H, HOME", "b, WORD_LEFT", "f, WORD_RIGHT", "\u007f, CUT_WORD", "'\b', CUT_WORD",
        "[200~, PASTE_BEGINS", "[201~, PASTE_ENDS"})
    void aKeyIsWhatItSaysWholeAndInBytes(String sequence, String key) {
        byte[] typed = ("\u001b" + sequence).getBytes(StandardCharsets.UTF_8);
        take(typed, 0);
        take("\t".getBytes(), 0);
        for (byte b : typed) {
            take(new byte[] {b}, 0);
        }
        assertEquals(List.of(key, "TAB", key), told);
    }

    @ParameterizedTest
    @CsvSource({"'', 0, [D, LEFT", "'', 99, [D, LEFT", "'', 101, [D, =[D", "[, 101, hello, =hello",
            "], 101, ' come', = come",
        "P, 101, x, =x", "[3, 99, ~, DELETE"})
    void aSequenceThatDoesNotGoOnIsForgotten(String begin, long millis, String rest, String expected) {
        take(("\u001b" + begin).getBytes(StandardCharsets.UTF_8), 0);
        take(rest.getBytes(StandardCharsets.UTF_8), millis);
        assertEquals(List.of(expected), told);
    }

    @Test
    void aSequenceOfAnyLengthIsSwallowed() {
        take(("\u001b]" + "\u001bx".repeat(200_000)).getBytes(StandardCharsets.UTF_8), 0);
        take("\u001b\\a".getBytes(StandardCharsets.UTF_8), 0);
        assertEquals(List.of("=a"), told);
    }

    @Test
    void aLineEndsInWhateverItComes() {
        take("\u001b\r\u001b]0;title\r\u001b[1\ra".getBytes(StandardCharsets.UTF_8), 0);
        assertEquals(List.of("ENTER", "ENTER", "ENTER", "=a"), told);
    }

    @Test
    void controlCharactersAreNoText() {
        byte[] controls = new byte[34];
        for (int i = 0; i < 0x20; i++) {
            controls[i] = (byte) i;
        }
        controls[0x1b] = 0;
        controls[32] = (byte) 0xc2; // U+0085, in UTF-8
        controls[33] = (byte) 0x85;
        take(controls, 0);
        assertEquals(List.of("HOME", "LEFT", "CTRL_D", "END", "RIGHT", "BACKSPACE", "TAB", "ENTER", "CUT_TO_END",
                "REDRAW",
                "ENTER", "DOWN", "UP", "CUT_TO_START", "CUT_WORD", "SUSPEND"), told);
    }

    @Test
    void whatIsNoUtf8IsShownAsSuch() {
        take(new byte[] {'a', (byte) 0xff, 'b'}, 0);
        assertEquals(List.of("=a\ufffdb"), told);
    }

    private void take(byte[] typed, long millis) {
        keys.take(typed, typed.length, TimeUnit.MILLISECONDS.toNanos(millis), this::text, key -> told.add(key.name()));
    }
}
