package peerchat.console;

import java.util.function.Consumer;

/** Makes lines of what is typed. A line is handed on without its end. */
public interface LineReader {
    /** Takes the first {@code count} bytes, which were typed just now, and hands on the lines that they end. */
    void take(byte[] typed, int count, Consumer<String> lines);

    /** Nothing more will be typed: a line that has no end ends here, if lines are not edited. */
    default void end(Consumer<String> lines) {}

    /** The line that was begun and not entered yet. */
    String unfinished();

    /** Lets a line that could not be delivered be entered again, if lines are edited. */
    default void bringBack(String notDelivered) {}
}
