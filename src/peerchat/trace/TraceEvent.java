package peerchat.trace;

import java.util.Map;

/**
 * Something that happened in the loop.
 *
 * @param time    nanoseconds, as {@link System#nanoTime()} has them
 * @param words   what happened and why, in a line for people
 * @param details the same for programs: numbers and names
 */
public record TraceEvent(long time, Kind kind, String words, Map<String, Object> details) {

    /** The key of the connection it is about, {@code near>far}: the other end has the same, turned round. */
    static final String CONNECTION = "connection";
    /** The key of whether that connection was accepted; else it is a client socket. */
    static final String ACCEPTED = "accepted";
    /** The key of the message it is about, which is the same at both ends. */
    static final String MESSAGE = "message";
    /** The key of the friend's name. */
    static final String FRIEND = "friend";

    /** What happened, and the clause that asks for it. */
    public enum Kind {
        LISTENING("listening", "P1"), ACCEPTED("accepted", "P1"), REFUSED("refused", "P1"),
        READ("read", "P2"), RECEIVED("received", "P2"), ENDED("ended", "P2"), BROKE("broke", ""),
        HALF_TYPED("half typed", "D4"), TYPED("typed", "P3.1"), NOT_SENT("not sent", "D3"),
        CONNECTING("connecting", "P3.2"), CONNECTED("connected", "P3.2"), UNREACHED("unreached", "P3.2"),
        SENDING("sending", "P3.3"), WROTE("wrote", "P3.3"), MORE("more", ""),
        IDLE("idle", "P4"), CLOSING("closing", ""), CLOSED("closed", ""),
        SILENCE("silence", ""), LEAVING("leaving", ""), LEFT("left", "");

        private final String title;
        private final String clause;

        Kind(String title, String clause) {
            this.title = title;
            this.clause = clause;
        }

        String title() {
            return title;
        }

        /** Empty where the assignment does not speak of it. */
        String clause() {
            return clause;
        }
    }
}
