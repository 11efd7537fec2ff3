package peerchat;

/** What a line typed at the console asks for. */
sealed interface TypedLine {

    /** {@code friend/text}: send the text to that friend. (D3) */
    record Message(String friend, String text) implements TypedLine {
    }

    /** {@code /word}. */
    record Command(String word) implements TypedLine {
    }

    /** A blank line. */
    record Nothing() implements TypedLine {
    }

    /** Anything else. */
    record Unclear(String line) implements TypedLine {
    }

    /** Everything after the first {@code /} is the text, further slashes included. */
    static TypedLine of(String line) {
        if (line.isBlank()) {
            return new Nothing();
        }
        int slash = line.indexOf('/');
        if (slash < 0) {
            return new Unclear(line);
        }
        String before = line.substring(0, slash).strip();
        return before.isEmpty() ? new Command(line.strip().substring(1))
                : new Message(before, line.substring(slash + 1));
    }
}
