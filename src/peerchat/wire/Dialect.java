package peerchat.wire;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import peerchat.text.Text;

/**
 * How a friend's program wants its messages. Reading needs no option, but {@code format} and {@code block} help.
 *
 * @param format      of a message
 * @param hello       the greeting that is sent first on a connection, if the friend's program wants one
 * @param pauseMillis between two messages, if the user has asked for a pause
 * @param block       bytes of each record, if the friend's program writes its whole buffer; else 0
 * @param fromOwnPort whether client sockets are bound to my server's port, by which some programs know a friend
 * @param oneShot     whether each message has a connection of its own
 * @param options     the options for this dialect, as they were given
 */
public record Dialect(WireFormat format, Optional<WireFormat> hello, Optional<Integer> pauseMillis, int block,
        boolean fromOwnPort, boolean oneShot, String options) {
    /** A program that gets no end marker takes the silence after a message for its end. */
    private static final int SILENCE_MILLIS = 600;
    private static final int LONGEST_PAUSE = 60_000;
    private static final int LARGEST_BLOCK = 64 * 1024;

    /**
     * Makes a dialect of options and their values.
     *
     * @throws IllegalArgumentException if a value cannot be used: the message says which
     */
    public static Dialect of(Map<String, String> options) {
        StringBuilder words = new StringBuilder();
        for (Map.Entry<String, String> option : new TreeMap<>(options).entrySet()) {
            String value = option.getValue();
            words.append(words.isEmpty() ? "--" : " --").append(option.getKey())
                    .append(value.isEmpty() ? "" : Text.isNumber(value, 5) ? " " + value : " '" + value + "'");
        }
        String hello = options.getOrDefault("hello", "");
        return new Dialect(format("wire", options.getOrDefault("wire", WireFormat.USUAL), 1),
                hello.isEmpty() ? Optional.empty() : Optional.of(format("hello", hello, 0)),
                options.containsKey("pause")
                        ? Optional.of(Text.numberUpTo(LONGEST_PAUSE, "--pause", options.get("pause")))
                        : Optional.empty(),
                options.containsKey("block") ? Text.numberUpTo(LARGEST_BLOCK, "--block", options.get("block")) : 0,
                options.containsKey("source-port"), options.containsKey("one-shot"), words.toString());
    }

    private static WireFormat format(String option, String text, int texts) {
        try {
            WireFormat format = new WireFormat(text);
            if (format.texts() != texts) {
                throw new IllegalArgumentException("\"" + text + "\" " + (texts == 0
                        ? "has %m, but a greeting has no text: leave it out"
                        : "sends " + (format.texts() == 0 ? "no text" : "the text " + format.texts() + " times")
                                + ": write %m once, where it belongs"));
            }
            return format;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + option + ": " + e.getMessage(), e);
        }
    }

    /** Nanoseconds between two messages to the same friend. A pause separates messages that have no end marker. */
    public long pause() {
        return nanos(pauseMillis.orElse(oneShot || format.marksTheEnd() ? 0 : SILENCE_MILLIS));
    }

    /** Nanoseconds between the greeting and the first message. */
    public long pauseAfterHello() {
        return nanos(pauseMillis.orElse(hello.isEmpty() || hello.get().marksTheEnd() ? 0 : SILENCE_MILLIS));
    }

    private static long nanos(int millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** How many messages may go out with one write. */
    public int messagesPerWrite() {
        return oneShot || pause() > 0 ? 1 : Integer.MAX_VALUE;
    }
}
