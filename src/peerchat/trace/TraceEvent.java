package peerchat.trace;

import java.util.Locale;
import java.util.Map;

/**
 * Something that happened in the loop.
 *
 * @param time    nanoseconds, as {@link System#nanoTime()} has them
 * @param words   a line for people: the event and its reason
 * @param details numbers and names of the event for programs
 */
public record TraceEvent(long time, Kind kind, String words, Map<String, Object> details) {
    /** The key of the event's connection, {@code local>remote}: the other side has the two addresses turned round. */
    static final String CONNECTION = "connection";
    /** The key of a boolean: true if that connection was accepted, false if it is a client socket. */
    static final String ACCEPTED = "accepted";
    /** The key of the event's message. Its value is the same on both sides. */
    static final String MESSAGE = "message";
    public static final String FRIEND = "friend";

    /** The kind of an event, and its clause in the assignment: empty if there is none. */
    public enum Kind {
        LISTENING("P1"), ACCEPTED("P1"), REFUSED("P1"), READ("P2"), RECEIVED("P2"), ENDED("P2"), BROKE(""),
        HALF_TYPED("D4"), TYPED("P3.1"), NOT_SENT("D3"), CONNECTING("P3.2"), CONNECTED("P3.2"), UNREACHED("P3.2"),
        SENDING("P3.3"), WROTE("P3.3"), MORE(""), IDLE("P4"), CLOSING(""), CLOSED(""), SILENCE(""), LEAVING(""),
        LEFT("");

        private final String clause;

        Kind(String clause) {
            this.clause = clause;
        }

        String clause() {
            return clause;
        }
    }

    /** The name of a constant as words: {@code not sent}. */
    static String title(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
