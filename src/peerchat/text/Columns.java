package peerchat.text;

/**
 * How many columns of a terminal a character takes. Terminals differ about emoji and symbols; where they do, this is
 * the larger number, so that what was measured always fits.
 */
public final class Columns {
    /** First and last of the ranges that are two columns wide: East Asian scripts and emoji, in rough strokes. */
    private static final int[][] WIDE = {
        {0x1100, 0x115f}, {0x231a, 0x232a}, {0x23e9, 0x23f3}, {0x25fd, 0x27bf}, {0x2b1b, 0x2b55}, {0x2e80, 0xa4cf},
        {0xa960, 0xa97f}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe10, 0xfe19}, {0xfe30, 0xfe6f}, {0xff00, 0xff60},
        {0xffe0, 0xffe6}, {0x16fe0, 0x1b2ff}, {0x1f000, 0x1fbff}, {0x20000, 0x3fffd}};

    /** After a symbol of one column it asks for an emoji, which may take two. */
    private static final int EMOJI_SELECTOR = 0xfe0f;

    private Columns() {}

    /** Columns of this part of the text, as the console shows it. */
    public static int of(CharSequence text, int from, int to) {
        int columns = 0;
        for (int at = from; at < to; at += Character.charCount(Character.codePointAt(text, at))) {
            columns += of(Character.codePointAt(text, at));
        }
        return columns;
    }

    public static int of(int character) {
        if (character >= ' ' && character < 0x7f || character == EMOJI_SELECTOR) {
            return 1;
        }
        if (Character.isBmpCodePoint(character) && Text.isUnsafe((char) character)) {
            return Text.visible(Character.toString(character)).length();
        }
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(character) ? 2 : 1;
        };
    }

    private static boolean isWide(int character) {
        for (int[] range : WIDE) {
            if (character >= range[0] && character <= range[1]) {
                return true;
            }
        }
        return false;
    }
}
