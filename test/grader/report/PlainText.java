package grader.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.WCWidth;

/**
 * Text as it may stand in a report, wherever it came from: a hostile submission can neither steer a terminal with it,
 * nor turn the direction of what stands around it, and UTF-8 and XML 1.0 have a place for all that is left.
 */
public final class PlainText {

    /** Asks for the emoji that the character before it also has, which is wider. */
    private static final int EMOJI_SELECTOR = 0xFE0F;

    private PlainText() {
    }

    /** What cannot be seen is shown escaped, such as {@code \x1b}; line breaks and tabs stay. */
    public static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(one -> {
            if (one == '\n' || one == '\t' || !isHidden(one)) {
                visible.appendCodePoint(one);
            } else {
                visible.append(escape(one));
            }
        });
        return visible.toString();
    }

    /** Visible, and in one row: a name, a command, a line of a console. */
    public static String row(String text) {
        return visible(text).replace("\n", escape('\n')).replace('\t', ' ');
    }

    /** At most so many characters, the last of which says that there were more. */
    public static String shorten(String text, int most) {
        return length(text) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** Visible, in rows of at most so many columns of a terminal, broken between words where possible. */
    public static List<String> wrap(String text, int width) {
        List<String> rows = new ArrayList<>();
        for (String line : visible(text).stripTrailing().replace('\t', ' ').split("\n", -1)) {
            String rest = line;
            while (columns(rest) > width) {
                int most = end(rest, width);
                int space = rest.lastIndexOf(' ', most);
                rows.add(rest.substring(0, space > 0 ? space : most));
                rest = rest.substring(space > 0 ? space + 1 : most);
            }
            rows.add(rest);
        }
        return rows;
    }

    /** How many columns of a terminal it takes. Terminals differ about emoji: where they do, this is the most. */
    public static int columns(String text) {
        return text.codePoints().map(PlainText::columns).sum();
    }

    private static int columns(int one) {
        return one == EMOJI_SELECTOR ? 1 : Math.max(0, WCWidth.wcwidth(one));
    }

    /** Where the first row ends; it has one character at least, and marks stay with the letter before them. */
    private static int end(String text, int width) {
        int at = Character.charCount(text.codePointAt(0));
        int taken = columns(text.codePointAt(0));
        while (at < text.length() && taken + columns(text.codePointAt(at)) <= width) {
            taken += columns(text.codePointAt(at));
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isHidden(int one) {
        return switch (Character.getType(one)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.FORMAT -> turnsDirection(one);
            default -> (one & 0xFFFE) == 0xFFFE;
        };
    }

    /** The marks, embeddings, overrides and isolates of the two directions of writing. */
    private static boolean turnsDirection(int one) {
        return one == 0x061C || one == 0x200E || one == 0x200F || one >= 0x202A && one <= 0x202E
                || one >= 0x2066 && one <= 0x2069;
    }

    private static String escape(int one) {
        return String.format(Locale.ROOT, one < 0x100 ? "\\x%02x" : "\\u%04x", one);
    }
}
