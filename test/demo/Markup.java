package demo;

import java.util.Locale;

/** A page as it grows. Numbers have a decimal point wherever the program runs. */
final class Markup {

    private final StringBuilder text = new StringBuilder();

    Markup add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }

    /** As it is: what has percent signs of its own. */
    Markup addPlain(String plain) {
        text.append(plain);
        return this;
    }

    /** Text that cannot end the element or the attribute in which it stands; a line end in an attribute is kept. */
    static String escape(String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("\n", "&#10;");
    }

    /** At most so many characters, the last of which says that there were more. */
    static String shorten(String plain, int most) {
        if (plain.codePointCount(0, plain.length()) <= most) {
            return plain;
        }
        return plain.substring(0, plain.offsetByCodePoints(0, most - 1)).stripTrailing() + "…";
    }

    /** For people: {@code 850 ns}, {@code 45 µs}, {@code 1.2 ms}, {@code 3.4 s}. */
    static String time(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        double value = nanos < 1_000_000 ? nanos / 1e3 : nanos < 1_000_000_000 ? nanos / 1e6 : nanos / 1e9;
        String unit = nanos < 1_000_000 ? "µs" : nanos < 1_000_000_000 ? "ms" : "s";
        return String.format(Locale.ROOT, value < 10 && value != Math.rint(value) ? "%.1f %s" : "%.0f %s", value, unit);
    }

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 turn}, {@code 2,000 turns}. */
    static String counted(long count, String what) {
        return number(count) + " " + what + (count == 1 ? "" : "s");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
