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

    @ParameterizedTest
    @ValueSource(strings = {"[5~", "[15;2~", "[200~", "[I", "[M", "[?64;1;2c", "[<0;1;2m", "[[A", "[24;80R", "[1;2S",
            "OP", "OS",
        "x", "\u00e9", "\ud83d\ude00", "]8;;file:a\u0007", "]0;t\u001b\\", "P1$r0m\u001b\\", "_Gi=1;OK\u001b\\",
        "\u0007"})
    void aSequenceThatMeansNothingHereIsSwallowedWhole(String sequence) {
        take(("a\u001b" + sequence + "b").getBytes(StandardCharsets.UTF_8), 0);
        assertEquals(List.of("=ab"), told);
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
