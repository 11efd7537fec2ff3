package peerchat.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import peerchat.text.Text;

/**
 * The decoder against its rules, told again in the simplest way: 100,000 generated streams, each cut at random places.
 */
class DecoderPropertyTest {

    private static final int STREAMS = 100_000;
    private static final int LONG_STREAMS = 200;
    private static final byte[][] PARTS = {
        {'\n'}, {'\r', '\n'}, {0}, {'\r'}, {'/'}, {'a'}, {' '}, {0x1b, '[', '2', 'J'}, {0x1b, ']', '0', ';', 'x', 7},
        {(byte) 0xc0, (byte) 0x8a}, {(byte) 0xe2, (byte) 0x80, (byte) 0xae}, {(byte) 0xff}, {(byte) 0xc3},
        {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
        "grüße".getBytes(StandardCharsets.UTF_8), "你好".getBytes(StandardCharsets.UTF_8),
        "\uD83D\uDE00".getBytes(StandardCharsets.UTF_8), "bob/hello".getBytes(StandardCharsets.UTF_8),
        {(byte) 0x9b}, {(byte) 0xc2, (byte) 0x9b}};

    @Test
    void theSameMessagesWhateverTheCuts() {
        for (int seed = 0; seed < STREAMS; seed++) {
            Random random = new Random(seed);
            check(seed, random, stream(random, random.nextInt(60)));
        }
    }

    @Test
    void longMessagesTooAreCutWhereTheRulesSay() {
        for (int seed = 0; seed < LONG_STREAMS; seed++) {
            Random random = new Random(seed);
            byte[] start = stream(random, 10);
            byte[] filler = "xü你\uD83D\uDE00".repeat(20_000).getBytes(StandardCharsets.UTF_8);
            byte[] all = Arrays.copyOf(start, start.length + filler.length);
            System.arraycopy(filler, 0, all, start.length, filler.length);
            check(seed, random, all);
        }
    }

    private static void check(int seed, Random random, byte[] stream) {
        List<String> expected = byTheRules(stream);
        List<String> actual = new ArrayList<>();
        Decoder decoder = new Decoder(new HashMap<>());
        int most = 1 + random.nextInt(stream.length + 1);
        for (int at = 0; at < stream.length; ) {
            int count = Math.min(stream.length - at, 1 + random.nextInt(most));
            decoder.add(Arrays.copyOfRange(stream, at, at + count), count, 0);
            while (decoder.next()) {
                show(decoder, actual);
            }
            at += count;
        }
        if (decoder.rest()) {
            show(decoder, actual);
        }
        assertEquals(expected, actual, "seed " + seed);
        for (String text : actual) {
            if (!Text.visible(text).codePoints().allMatch(DecoderPropertyTest::isHarmless)) {
                fail("seed " + seed + " shows a control character: " + Text.visible(text));
            }
        }
    }

    private static void show(Decoder decoder, List<String> shown) {
        shown.add((decoder.continues() ? "+" : "") + decoder.message().text());
    }

    /**
     * A message ends at LF, CR LF or NUL; empty ones are dropped; the rest is shown at the end; long ones in pieces.
     */
    private static List<String> byTheRules(byte[] stream) {
        List<String> messages = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= stream.length; i++) {
            if (i == stream.length || stream[i] == '\n' || stream[i] == 0) {
                boolean crLf = i < stream.length && stream[i] == '\n' && i > start && stream[i - 1] == '\r';
                addPieces(messages, Arrays.copyOfRange(stream, start, crLf ? i - 1 : i));
                start = i + 1;
            }
        }
        return messages;
    }

    private static void addPieces(List<String> messages, byte[] message) {
        int start = 0;
        while (message.length - start > Decoder.LONGEST_PIECE) {
            int cut = start + Decoder.LONGEST_PIECE;
            // All long messages of this test are well-formed where they are cut: step back to a character's start.
            while ((message[cut] & 0xc0) == 0x80) {
                cut--;
            }
            add(messages, message, start, cut);
            start = cut;
        }
        if (message.length > start) {
            add(messages, message, start, message.length);
        }
    }

    private static void add(List<String> messages, byte[] message, int from, int to) {
        messages.add((from > 0 ? "+" : "") + new String(message, from, to - from, StandardCharsets.UTF_8));
    }

    private static byte[] stream(Random random, int parts) {
        byte[] stream = new byte[parts * 16];
        int end = 0;
        for (int i = 0; i < parts; i++) {
            byte[] part = random.nextInt(8) == 0 ? new byte[] {(byte) random.nextInt(256)}
                    : PARTS[random.nextInt(PARTS.length)];
            System.arraycopy(part, 0, stream, end, part.length);
            end += part.length;
        }
        return Arrays.copyOf(stream, end);
    }

    private static boolean isHarmless(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR
                && !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069);
    }
}
