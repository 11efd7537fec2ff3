package peerchat.console;

import java.util.ArrayList;
import java.util.List;

/** The lines that were entered. They come back with Up, the last line first. */
final class History {
    private static final int MOST_LINES = 500;
    /** Characters of all lines together, so that pasted megabytes do not stay. */
    private static final int MOST_CHARACTERS = 256 * 1024;

    private final List<String> lines = new ArrayList<>();
    private int characters;
    /** Index of the line that is shown; behind the last line stands the line that is being typed. */
    private int position;
    /** The line that was being typed when another line was shown in its place. */
    private String typed = "";

    /** Adds an entered line, unless it is blank, too long or the same again. Then goes back to the line being typed. */
    void entered(String line) {
        append(line);
        position = lines.size();
    }

    /** Adds a line that could not be delivered. The line that is shown, or typed, stays. */
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

    /** The line after the one that is shown; at the end, the line that was being typed. */
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
