package peerchat.text;

/**
 * Counts the columns that text takes on a terminal, and breaks lines into rows. Terminals differ about emoji, symbols
 * and combining marks. In such cases the larger number is taken, so that the text always fits.
 */
public final class Columns {
    /** First and last character of the ranges that are two columns wide: roughly, East Asian scripts and emoji. */
    private static final int[][] WIDE = {
        {0x1100, 0x115f}, {0x231a, 0x232a}, {0x23e9, 0x23f3}, {0x25fd, 0x27bf}, {0x2b1b, 0x2b55}, {0x2e80, 0xa4cf},
        {0xa960, 0xa97f}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe10, 0xfe19}, {0xfe30, 0xfe6f}, {0xff00, 0xff60},
        {0xffe0, 0xffe6}, {0x16fe0, 0x1b2ff}, {0x1d300, 0x1d37f}, {0x1f000, 0x1fbff}, {0x20000, 0x3fffd}};

    private static final String INDENTATION = "    ";

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
        if (character >= ' ' && character < 0x7f) {
            return 1;
        }
        if (Character.isBmpCodePoint(character) && Text.isUnsafe((char) character)) {
            return Text.visible(Character.toString(character)).length();
        }
        return isWide(character) ? 2 : 1;
    }

    /** Returns the end of the longest part from {@code from} on that fits {@code columns}. Splits no character. */
    public static int end(CharSequence text, int from, int columns) {
        int end = reach(text, from, columns);
        return end == text.length() ? end
                : Characters.last(text, from, end + Character.charCount(Character.codePointAt(text, end)));
    }

    private static int reach(CharSequence text, int from, int columns) {
        int at = from;
        for (int left = columns; at < text.length(); at += Character.charCount(Character.codePointAt(text, at))) {
            left -= of(Character.codePointAt(text, at));
            if (left < 0) {
                break;
            }
        }
        return at;
    }

    /**
     * Breaks a line into rows. All but the first are indented, so that no part of the text can look like another line.
     *
     * @param text    as the console shows it
     * @param taken   columns of the first row that are taken already
     * @param columns of a row, at least 6
     */
    public static String inRows(String text, int taken, int columns) {
        int end = end(text, 0, columns - taken);
        StringBuilder rows = new StringBuilder(text.substring(0, end));
        while (end < text.length()) {
            int begin = end;
            end = end(text, begin, columns - INDENTATION.length());
            end = end > begin ? end : reach(text, begin, columns - INDENTATION.length()); // wider than a row
            rows.append('\n').append(INDENTATION).append(text, begin, end);
        }
        return rows.toString();
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
