package grader.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Text as it may stand in a report, wherever it came from: a hostile submission can neither steer a terminal with it,
 * nor turn the direction of what stands around it, and UTF-8 and XML 1.0 have a place for all that is left.
 */
public final class PlainText {

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

    /** Visible, in rows of at most so many characters, broken between words where possible. */
    public static List<String> wrap(String text, int width) {
        List<String> rows = new ArrayList<>();
        for (String line : visible(text).stripTrailing().replace('\t', ' ').split("\n", -1)) {
            String rest = line;
            while (length(rest) > width) {
                int most = rest.offsetByCodePoints(0, width);
                int space = rest.lastIndexOf(' ', most);
                rows.add(rest.substring(0, space > 0 ? space : most));
                rest = rest.substring(space > 0 ? space + 1 : most);
            }
            rows.add(rest);
        }
        return rows;
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
