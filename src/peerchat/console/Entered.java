package peerchat.console;

/**
 * What was entered at the keyboard.
 *
 * @param text of a LINE; the beginning of a line that is TOO_LONG
 */
public record Entered(Kind kind, String text) {

    public enum Kind {
        LINE,
        /** The line was longer than a line may be, and was dropped. */
        TOO_LONG,
        /** Ctrl-D on a terminal. */
        LEAVE,
        /** Nothing more will come. */
        END
    }

    /** A line as it was typed, without its line feed. */
    static Entered line(String text) {
        return new Entered(Kind.LINE, text);
    }
}
