package peerchat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines that were entered before, the last one first to come back; what is changed in one is kept until Enter. */
final class History {

    private static final int MOST_LINES = 500;
    /** Characters of all of them together, so that pasted megabytes do not stay. */
    private static final int MOST_CHARACTERS = 256 * 1024;

    private final List<String> lines = new ArrayList<>();
    private final Map<Integer, String> changed = new HashMap<>();
    private int characters;
    private int position;

    /** A line was entered: it is the last one now, if there is anything in it, and nothing is being looked at. */
    void entered(String line) {
        changed.clear();
        append(line);
        position = lines.size();
    }

    /** A line comes back: it is the last one now. What is being looked at, or typed, stays so. */
    void bringBack(String line) {
        boolean isAtTheEnd = position == lines.size();
        String typed = changed.remove(lines.size());
        append(line);
        if (typed != null) {
            changed.put(lines.size(), typed);
        }
        if (isAtTheEnd) {
            position = lines.size();
        }
    }

    /** The line before the one that is shown; {@code shown} itself if there is none. */
    String up(String shown) {
        return move(-1, shown);
    }

    /** The line after the one that is shown: at the end what was being typed. */
    String down(String shown) {
        return move(1, shown);
    }

    private String move(int step, String shown) {
        int to = position + step;
        if (to < 0 || to > lines.size()) {
            return shown;
        }
        if (shown.equals(original(position))) {
            changed.remove(position);
        } else {
            changed.put(position, shown);
        }
        position = to;
        return changed.getOrDefault(to, original(to));
    }

    private String original(int at) {
        return at == lines.size() ? "" : lines.get(at);
    }

    private void append(String line) {
        boolean isLast = !lines.isEmpty() && lines.get(lines.size() - 1).equals(line);
        if (line.isBlank() || isLast || line.length() > MOST_CHARACTERS) {
            return;
        }
        lines.add(line);
        characters += line.length();
        while (lines.size() > MOST_LINES || characters > MOST_CHARACTERS) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        characters -= lines.remove(0).length();
        position = Math.max(0, position - 1);
        Map<Integer, String> later = new HashMap<>();
        changed.forEach((at, line) -> {
            if (at > 0) {
                later.put(at - 1, line);
            }
        });
        changed.clear();
        changed.putAll(later);
    }
}
