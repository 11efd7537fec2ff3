package peerchat.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How a message is written on the wire (P3.3), for the assignment does not say. In a format, {@code %s} stands for my
 * name, {@code %r} for the receiver's, {@code %m} for the text.
 */
public record WireFormat(List<WireFormat.Part> parts) {

    public static final String USUAL = "%s/%m\\n";

    private static final int LONGEST = 200;
    private static final char UNREADABLE = '\ufffd';
    private static final String KNOWN = "%s my name, %r the receiver's, %m the text, %%, \\n, \\r, \\0, \\t and \\\\";

    /** What a part of the format stands for. */
    public enum Kind { SENDER, RECEIVER, TEXT, LITERAL }

    /** One of the names, the text, or characters that are sent as they are. */
    public record Part(Kind kind, String literal) {
    }

    /** @throws IllegalArgumentException if the format has no text in it, or something unknown: the message says what */
    public static WireFormat of(String format) {
        if (format.length() > LONGEST) {
            throw new IllegalArgumentException("a format has at most " + LONGEST + " characters, this one has "
                    + format.length());
        }
        if (format.indexOf(UNREADABLE) >= 0) {
            throw new IllegalArgumentException("this system's locale cannot read \"" + format
                    + "\": set LC_ALL=C.UTF-8, or use ASCII");
        }
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' && c != '\\') {
                literal.append(c);
                continue;
            }
            i++;
            String two = format.substring(i - 1, Math.min(i + 1, format.length()));
            switch (two) {
                case "%s" -> add(parts, literal, Kind.SENDER);
                case "%r" -> add(parts, literal, Kind.RECEIVER);
                case "%m" -> add(parts, literal, Kind.TEXT);
                case "%%", "\\\\" -> literal.append(c);
                case "\\n" -> literal.append('\n');
                case "\\r" -> literal.append('\r');
                case "\\0" -> literal.append('\0');
                case "\\t" -> literal.append('\t');
                default -> throw new IllegalArgumentException("\"" + two + "\" in \"" + format
                        + "\" means nothing: there are " + KNOWN);
            }
        }
        add(parts, literal, Kind.LITERAL);
        long texts = parts.stream().filter(part -> part.kind() == Kind.TEXT).count();
        if (texts != 1) {
            throw new IllegalArgumentException("\"" + format + "\" sends " + (texts == 0 ? "no text" : "the text "
                    + texts + " times") + ": write %m once, where it belongs");
        }
        return new WireFormat(List.copyOf(parts));
    }

    private static void add(List<Part> parts, StringBuilder literalBefore, Kind kind) {
        if (!literalBefore.isEmpty()) {
            parts.add(new Part(Kind.LITERAL, literalBefore.toString()));
            literalBefore.setLength(0);
        }
        if (kind != Kind.LITERAL) {
            parts.add(new Part(kind, ""));
        }
    }

    /** The bytes of a message, in UTF-8. */
    public byte[] bytes(String sender, String receiver, String text) {
        StringBuilder message = new StringBuilder(text.length() + sender.length() + 2);
        for (Part part : parts) {
            message.append(switch (part.kind()) {
                case SENDER -> sender;
                case RECEIVER -> receiver;
                case TEXT -> text.replace('\0', ' '); // a NUL would end the message; a line feed cannot be typed
                case LITERAL -> part.literal();
            });
        }
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a reader can tell by the bytes where a message ends. */
    public boolean marksTheEnd() {
        String last = parts.get(parts.size() - 1).literal();
        return last.endsWith("\n") || last.endsWith("\0");
    }
}
