package peerchat.console;

import java.util.ArrayList;
import java.util.List;

/** The lines that were entered before, the last one first to come back. */
final class History {
    private static final int MOST_LINES = 500;
    /** Characters of all of them together, so that pasted megabytes do not stay. */
    private static final int MOST_CHARACTERS = 256 * 1024;

    private final List<String> lines = new ArrayList<>();
    /** Characters of all lines. */
    private int characters;
    /** Which line is shown, from 0; after the last one stands the line that is being typed. */
    private int position;
    /** What was being typed when another line was shown in its place. */
    private String typed = "";

    /** A line was entered: it is the last one now, if there is anything in it, and nothing is being looked at. */
    void entered(String line) {
        append(line);
        position = lines.size();
    }

    /** A line comes back: it is the last one now. What is being looked at, or typed, stays so. */
    void bringBack(String line) {
        boolean isAtTheEnd = position == lines.size();
        append(line);
        if (isAtTheEnd) {
            position = lines.size();
        }
    }

    /** The line before the one that is shown; {@code shown} itself if there is none. */
    String up(String shown) {
        if (position == 0) {
            return shown;
        }
        if (position == lines.size()) {
            typed = shown;
        }
        return lines.get(--position);
    }

    /** The line after the one that is shown: at the end what was being typed. */
    String down(String shown) {
        if (position == lines.size()) {
            return shown;
        }
        position++;
        return position == lines.size() ? typed : lines.get(position);
    }

    private void append(String line) {
        boolean isLast = !lines.isEmpty() && lines.get(lines.size() - 1).equals(line);
        if (line.isBlank() || isLast || line.length() > MOST_CHARACTERS) {
            return;
        }
        lines.add(line);
        characters += line.length();
        while (lines.size() > MOST_LINES || characters > MOST_CHARACTERS) {
            characters -= lines.remove(0).length();
            position = Math.max(0, position - 1);
        }
    }
}
