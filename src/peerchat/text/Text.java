package peerchat.text;

import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.text.Normalizer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;

/** Text for the console: nothing in it can move the cursor, end the line or turn the reading direction. */
public final class Text {
    private static final int LONGEST_EXCERPT = 60;
    private static final int LONGEST_COMPOSED = 64;
    private static final HexFormat HEX = HexFormat.of();
    /** A text of smaller characters is composed already: for an ASCII table, the Normalizer class is not loaded. */
    private static final char FIRST_COMBINING = '\u0300';
    private static final char ZERO_WIDTH_NON_JOINER = '\u200c';
    private static final char ZERO_WIDTH_JOINER = '\u200d';

    private Text() {}

    /** The text with its control characters made visible: an escape becomes the four characters \x1b. */
    public static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isUnsafe(c)) {
                appendEscaped(shown, c);
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    /** Returns true if the text is 1 to {@code mostDigits} digits and nothing else. */
    public static boolean isNumber(String text, int mostDigits) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= mostDigits;
    }

    /**
     * Parses a number from 1 to {@code most}.
     *
     * @throws IllegalArgumentException if the text is no such number: the message says that {@code what} must be one
     */
    public static int numberUpTo(int most, String what, String text) {
        int number = isNumber(text, 7) ? Integer.parseInt(text) : 0;
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(what + " must be 1 to " + most + ", but is \"" + text + "\"");
        }
        return number;
    }

    /**
     * The text in Unicode's normal form NFC, in which a letter and its accent are one character. A long text is not
     * changed: it may come from the network, and the work grows with the square of its length.
     */
    public static String composed(String text) {
        for (int i = 0; i < text.length() && text.length() <= LONGEST_COMPOSED; i++) {
            if (text.charAt(i) >= FIRST_COMBINING) {
                return Normalizer.normalize(text, Normalizer.Form.NFC);
            }
        }
        return text;
    }

    /** Returns the first 60 characters, which tell the reader which text is meant. */
    public static String excerpt(String text) {
        if (text.length() <= LONGEST_EXCERPT) {
            return text;
        }
        boolean insidePair = Character.isHighSurrogate(text.charAt(LONGEST_EXCERPT - 1));
        return text.substring(0, insidePair ? LONGEST_EXCERPT - 1 : LONGEST_EXCERPT) + "...";
    }

    /** {@code 1 turn}, {@code 2,000 turns}. */
    public static String counted(long count, String what) {
        return number(count) + " " + what + (count == 1 ? "" : "s");
    }

    public static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A time for people: {@code 60 s}, {@code 0.5 s}. */
    public static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    /** An address with its port; an IPv6 address is put in brackets. */
    public static String place(String host, int port) {
        return (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }

    /** The same for the address of a socket. */
    public static String place(InetSocketAddress address) {
        return place(address.getAddress().getHostAddress(), address.getPort());
    }

    private static void appendEscaped(StringBuilder shown, char c) {
        switch (c) {
            case '\t' -> shown.append("\\t");
            case '\r' -> shown.append("\\r");
            case '\n' -> shown.append("\\n");
            default -> shown.append(c < 0x100 ? "\\x" + HEX.toHexDigits((byte) c) : "\\u" + HEX.toHexDigits(c));
        }
    }

    /** Returns true for controls, line separators and invisible format characters, but not for joiners (emoji). */
    public static boolean isUnsafe(char c) {
        if (c < 0x7f) {
            return c < ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.FORMAT -> c != ZERO_WIDTH_NON_JOINER && c != ZERO_WIDTH_JOINER;
            default -> false;
        };
    }
}
