package chat.dialects;

import java.util.List;

/**
 * What programs of this assignment were seen to do.
 *
 * @param options    with which this program speaks so that the other one understands; to listen it needs none
 * @param hasAddress whether each user must have an address of its own, for nothing else tells them apart
 */
record Habits(String title, Framing framing, Naming naming, Connecting connecting, boolean hasAddress,
        List<String> options) {

    /** Where a message ends. */
    enum Framing {
        LINE_FEED, NUL,
        /** There is no end: each read is a message. */
        NONE,
        /** A line feed is written, but each read is a message all the same. */
        ONE_READ,
        /** Two messages go into one segment. */
        TWO_AT_ONCE,
        BYTE_BY_BYTE, NUL_BYTE_BY_BYTE,
        /** Each read is a message up to its line feed, and none if it has no line feed. */
        ONE_READ_UP_TO_LINE_FEED,
        /** The whole buffer is sent: the text, a NUL, and what was in the buffer before. It is read in the same way. */
        RECORD,
        /** The same with a buffer that had only NULs in it. */
        CLEAN_RECORD,
        /** Each read is a message up to a NUL, into a buffer that still has what was read before. */
        UNTERMINATED
    }

    /** Whose message it is. */
    enum Naming { SENDER, ADDRESS, SOURCE_PORT, RECEIVER, COLON, GREETING }

    /** Over which connection messages go. */
    enum Connecting { ONE, FROM_OWN_PORT, REPLIES, ONE_PER_MESSAGE, CLOSED_AT_ONCE, NEVER_CLOSED }

    static final List<Habits> ALL = List.of(
            new Habits("sender/text, line feed", Framing.LINE_FEED, Naming.SENDER, Connecting.ONE, false, List.of()),
            new Habits("sender/text, no end", Framing.NONE, Naming.SENDER, Connecting.ONE, false,
                    List.of("--wire", "%s/%m")),
            new Habits("sender/text, line feed, one read a message", Framing.ONE_READ, Naming.SENDER, Connecting.ONE,
                    false, List.of("--wire", "%s/%m")),
            new Habits("sender/text, NUL", Framing.NUL, Naming.SENDER, Connecting.ONE, false,
                    List.of("--wire", "%s/%m\\0")),
            new Habits("text, sender by address", Framing.LINE_FEED, Naming.ADDRESS, Connecting.ONE, true,
                    List.of("--wire", "%m\\n")),
            new Habits("text, no end, sender by address", Framing.NONE, Naming.ADDRESS, Connecting.ONE, true,
                    List.of("--wire", "%m")),
            new Habits("text, sender by source port", Framing.LINE_FEED, Naming.SOURCE_PORT, Connecting.FROM_OWN_PORT,
                    false, List.of("--source-port", "--wire", "%m\\n")),
            new Habits("replies over the connection that came", Framing.LINE_FEED, Naming.SENDER, Connecting.REPLIES,
                    false, List.of()),
            new Habits("the line as it was typed", Framing.LINE_FEED, Naming.RECEIVER, Connecting.ONE, true,
                    List.of("--wire", "%r/%m\\n")),
            new Habits("a connection for each message", Framing.NONE, Naming.SENDER, Connecting.ONE_PER_MESSAGE, false,
                    List.of("--one-shot")),
            new Habits("a connection for each message, closed at once", Framing.LINE_FEED, Naming.SENDER,
                    Connecting.CLOSED_AT_ONCE, false, List.of("--one-shot")),
            new Habits("a connection for each message, no end, closed at once", Framing.NONE, Naming.SENDER,
                    Connecting.CLOSED_AT_ONCE, false, List.of("--one-shot")),
            new Habits("two messages in one segment", Framing.TWO_AT_ONCE, Naming.SENDER, Connecting.ONE, false,
                    List.of()),
            new Habits("segments of one byte", Framing.BYTE_BY_BYTE, Naming.SENDER, Connecting.ONE, false, List.of()),
            new Habits("segments of one byte, NUL, sender by address", Framing.NUL_BYTE_BY_BYTE, Naming.ADDRESS,
                    Connecting.ONE, true, List.of("--wire", "%m\\0")),
            new Habits("records, sender/text", Framing.RECORD, Naming.SENDER, Connecting.ONE, false,
                    List.of("--wire", "%s/%m\\0", "--pause", "1000")),
            new Habits("records, sender by address", Framing.CLEAN_RECORD, Naming.ADDRESS, Connecting.ONE, true,
                    List.of("--wire", "%m\\0", "--pause", "1000")),
            new Habits("records of which the size is told", Framing.RECORD, Naming.ADDRESS, Connecting.ONE, true,
                    List.of("--block", "1024", "--wire", "%m\\0", "--pause", "1000")),
            new Habits("name: text", Framing.LINE_FEED, Naming.COLON, Connecting.ONE, false,
                    List.of("--wire", "%s: %m\\n")),
            new Habits("the name once, then texts", Framing.LINE_FEED, Naming.GREETING, Connecting.ONE, false,
                    List.of("--hello", "%s\\n", "--wire", "%m\\n")),
            new Habits("wants a line feed, one read a message", Framing.ONE_READ_UP_TO_LINE_FEED, Naming.SENDER,
                    Connecting.ONE, false, List.of("--pause", "1000")),
            new Habits("each read is a message, the buffer is not cleared", Framing.UNTERMINATED, Naming.SENDER,
                    Connecting.ONE, false, List.of("--wire", "%s/%m\\0", "--pause", "1000")),
            new Habits("a connection for each message, closed by nobody", Framing.LINE_FEED, Naming.SENDER,
                    Connecting.NEVER_CLOSED, false, List.of()));

    /** Whether each message must have been understood before the next one comes: nothing else tells them apart. */
    boolean takesTurns() {
        return framing == Framing.NONE && connecting == Connecting.ONE || framing == Framing.CLEAN_RECORD;
    }

    /** Whether the options are needed to listen, too. */
    boolean needsOptionsToListen() {
        return options.contains("--block");
    }

    boolean endsWithNul() {
        return switch (framing) {
            case NUL, NUL_BYTE_BY_BYTE, RECORD, CLEAN_RECORD, UNTERMINATED -> true;
            default -> false;
        };
    }

    boolean takesEachReadForAMessage() {
        return switch (framing) {
            case NONE, ONE_READ, ONE_READ_UP_TO_LINE_FEED, RECORD, CLEAN_RECORD, UNTERMINATED -> true;
            default -> false;
        };
    }

    boolean isOneMessagePerConnection() {
        return connecting == Connecting.ONE_PER_MESSAGE || connecting == Connecting.CLOSED_AT_ONCE;
    }

    @Override
    public String toString() {
        return title;
    }
}
