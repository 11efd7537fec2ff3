package peerchat.console;

import java.util.function.Consumer;

/** Makes lines of typed bytes. A line is handed on without its end. */
public interface LineReader {
    /** Takes the first {@code count} bytes, which were typed just now, and hands on the lines that end in them. */
    void take(byte[] typed, int count, Consumer<String> lines);

    /** Ends the input: a line without an end is complete now, if lines are not edited. */
    default void end(Consumer<String> lines) {}

    /** The line that was begun and not entered yet. */
    String unfinished();

    /** If lines are edited, puts a line that could not be delivered into the history. */
    default void bringBack(String notDelivered) {}
}
