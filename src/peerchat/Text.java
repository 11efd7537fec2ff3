package peerchat;

import java.math.BigDecimal;
import java.time.Duration;

/** Text as the console shows it: nothing in it can move the cursor, end the line or turn the reading direction. */
final class Text {

    private static final int LONGEST_EXCERPT = 60;

    private Text() {
    }

    /** The text with control characters shown instead of obeyed: an escape becomes the four characters \x1b. */
    static String visible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnsafe(text.charAt(i))) {
                return escaped(text, i);
            }
        }
        return text;
    }

    /** At most 60 characters of a text, to say which one is meant. */
    static String excerpt(String text) {
        if (text.length() <= LONGEST_EXCERPT) {
            return text;
        }
        boolean insidePair = Character.isHighSurrogate(text.charAt(LONGEST_EXCERPT - 1));
        return text.substring(0, insidePair ? LONGEST_EXCERPT - 1 : LONGEST_EXCERPT) + "...";
    }

    /** A time for people: {@code 60 s}, {@code 0.5 s}. */
    static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    /** An address with its port, IPv6 in brackets. */
    static String place(String host, int port) {
        return (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }

    private static String escaped(String text, int firstUnsafe) {
        StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, firstUnsafe);
        for (int i = firstUnsafe; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isUnsafe(c)) {
                shown.append(c);
            } else if (c == '\t') {
                shown.append("\\t");
            } else if (c == '\r') {
                shown.append("\\r");
            } else if (c == '\n') {
                shown.append("\\n");
            } else {
                shown.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c));
            }
        }
        return shown.toString();
    }

    /** C0 and C1 controls, line separators, and the characters that reverse the reading direction. */
    private static boolean isUnsafe(char c) {
        if (c < 0x7f) {
            return c < ' ';
        }
        return c <= 0x9f
                || c == 0x61c
                || c >= 0x200e && c <= 0x200f
                || c >= 0x2028 && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069;
    }
}
