package demo;

import java.util.Locale;

/**
 * Something that happened in the loop of a peer, as its trace tells it.
 *
 * @param time       nanoseconds of the machine's monotonic clock
 * @param clause     of the assignment; empty where it does not speak of it
 * @param says       the line of the trace, in words
 * @param connection {@code near>far}, or empty
 * @param message    the same at sender and receiver, or empty
 * @param friend     the name of the friend it is about, or empty
 */
record Happening(String peer, long time, String kind, String clause, String says, String connection, String message,
        String friend) {

    /** Whether the other is about the far end of the same connection. */
    boolean isAtOtherEndOf(Happening other) {
        int arrow = connection.indexOf('>');
        return arrow > 0
                && other.connection.equals(connection.substring(arrow + 1) + ">" + connection.substring(0, arrow));
    }

    boolean isOnSameEndAs(Happening other) {
        return peer.equals(other.peer) && !connection.isEmpty() && connection.equals(other.connection);
    }

    /** Who, when, which clause, what. */
    String line(long zero) {
        return String.format(Locale.ROOT, "%s, %.6f s%s: %s", peer, (time - zero) / 1e9,
                clause.isEmpty() ? "" : ", " + clause, says);
    }

    /** What the line of the trace quotes at its end: a message, or what was typed. */
    String quoted() {
        int colon = says.indexOf(": ");
        return colon < 0 ? says : says.substring(colon + 2);
    }
}
