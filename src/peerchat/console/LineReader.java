package peerchat.console;

import java.util.function.Consumer;

/** Makes lines of what is typed. A line is handed on without its end. */
interface LineReader {

    /** Whether what is typed now is meant for this program, and not for the shell of a program in the background. */
    boolean isHere();

    /** Takes the first {@code count} bytes, which were typed just now, and hands on the lines that were entered with them. */
    void take(byte[] typed, int count, Consumer<String> lines);

    /** Nothing more will be typed. */
    void end(Consumer<String> lines);

    /** The line that was begun and not entered yet. */
    String unfinished();

    /** Lets a line that could not be delivered be entered again. */
    void bringBack(String notDelivered);
}
