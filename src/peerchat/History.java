package peerchat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines that were entered before, the last one first to come back; what is changed in one is kept until Enter. */
final class History {

    private static final int MOST = 500;

    private final List<String> lines = new ArrayList<>();
    private final Map<Integer, String> changed = new HashMap<>();
    private int position;

    /** A line was entered: it is the last one now, and nothing is being looked at. */
    void entered(String line) {
        changed.clear();
        append(line);
        position = lines.size();
    }

    /** A line comes back: it is the last one now. What is being looked at, or typed, stays so. */
    void bringBack(String line) {
        boolean atTheEnd = position == lines.size();
        String typed = changed.remove(lines.size());
        append(line);
        if (typed != null) {
            changed.put(lines.size(), typed);
        }
        if (atTheEnd) {
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
        changed.put(position, shown);
        position = to;
        String original = position == lines.size() ? "" : lines.get(position);
        return changed.getOrDefault(position, original);
    }

    private void append(String line) {
        if (lines.isEmpty() || !lines.get(lines.size() - 1).equals(line)) {
            lines.add(line);
        }
        if (lines.size() > 2 * MOST) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        lines.subList(0, MOST).clear();
        position = Math.max(0, position - MOST);
        Map<Integer, String> kept = new HashMap<>();
        changed.forEach((at, line) -> {
            if (at >= MOST) {
                kept.put(at - MOST, line);
            }
        });
        changed.clear();
        changed.putAll(kept);
    }
}
