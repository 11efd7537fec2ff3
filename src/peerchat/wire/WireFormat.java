package peerchat.wire;

import java.nio.charset.StandardCharsets;

/**
 * How a message is written on the wire (P3.3), which the assignment leaves open. In a format, {@code %s} stands for my
 * name, {@code %r} for the receiver's name, {@code %m} for the text.
 */
public record WireFormat(String format) {
    public static final String USUAL = "%s/%m\\n";

    private static final int LONGEST = 200;
    private static final char UNREADABLE = '\ufffd';
    /** A placeholder for the text, to find its place in a format. */
    private static final char TEXT = '\uffff';
    private static final String KNOWN = "%s my name, %r the receiver's, %m the text, %%, \\n, \\r, \\0, \\t and \\\\";

    /** @throws IllegalArgumentException if the format is too long, unreadable, or has parts that are unknown */
    public WireFormat {
        if (format.length() > LONGEST) {
            throw new IllegalArgumentException("a format has at most " + LONGEST + " characters, this one has "
                    + format.length());
        }
        if (format.indexOf(UNREADABLE) >= 0) {
            throw new IllegalArgumentException("this system's locale cannot read \"" + format
                    + "\": set LC_ALL=C.UTF-8, or use ASCII");
        }
        filledIn(format, "", "", "");
    }

    /** How often the format has the text in it. */
    public int texts() {
        return filledIn(format, "", "", "x").length() - filledIn(format, "", "", "").length();
    }

    /** The bytes of a message, in UTF-8. */
    public byte[] bytes(String sender, String receiver, String text) {
        // A NUL would end the message; a line feed cannot be typed.
        return filledIn(format, sender, receiver, text.replace('\0', ' ')).getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes before the text of a message: they introduce its sender. */
    public byte[] introduction(String sender, String receiver) {
        String message = filledIn(format, sender, receiver, String.valueOf(TEXT));
        return message.substring(0, message.indexOf(TEXT)).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns true if a reader can tell by the bytes where a message ends. */
    public boolean marksTheEnd() {
        String example = filledIn(format, "x", "x", "x");
        return example.endsWith("\n") || example.endsWith("\0");
    }

    private static String filledIn(String format, String sender, String receiver, String text) {
        StringBuilder message = new StringBuilder(text.length() + sender.length() + 2);
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' && c != '\\') {
                message.append(c);
                continue;
            }
            String two = format.substring(i, Math.min(i + 2, format.length()));
            i++;
            message.append(switch (two) {
                case "%s" -> sender;
                case "%r" -> receiver;
                case "%m" -> text;
                case "%%", "\\\\" -> c;
                case "\\n" -> '\n';
                case "\\r" -> '\r';
                case "\\0" -> '\0';
                case "\\t" -> '\t';
                default -> throw new IllegalArgumentException("\"" + two + "\" in \"" + format
                        + "\" means nothing: there are " + KNOWN);
            });
        }
        return message.toString();
    }
}
