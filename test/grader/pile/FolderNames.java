package grader.pile;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Names for folders in one place: each is taken once, also where large and small letters are the same. */
final class FolderNames {

    /** Characters, of four bytes at most; a file system takes 255. */
    private static final int LONGEST = 60;

    private final Set<String> taken;

    FolderNames(Set<String> taken) {
        this.taken = new HashSet<>(taken.stream().map(FolderNames::key).toList());
    }

    /** This name, or with a number behind it. */
    String take(String wish) {
        String safe = safe(wish);
        String name = safe;
        for (int number = 2; !taken.add(key(name)); number++) {
            name = safe + " (" + number + ")";
        }
        return name;
    }

    /**
     * A name for each. Of those that would have the same name, all get the next that they wish.
     *
     * @param wishes of each, from the shortest name to the one that tells most
     */
    List<String> takeAll(List<List<String>> wishes) {
        List<List<String>> left = new ArrayList<>(wishes);
        boolean isSettled = false;
        while (!isSettled) {
            Map<String, Long> counts = left.stream()
                    .collect(Collectors.groupingBy(one -> key(safe(one.get(0))), Collectors.counting()));
            isSettled = true;
            for (int at = 0; at < left.size(); at++) {
                List<String> one = left.get(at);
                String key = key(safe(one.get(0)));
                if (one.size() > 1 && (counts.get(key) > 1 || taken.contains(key))) {
                    left.set(at, one.subList(1, one.size()));
                    isSettled = false;
                }
            }
        }
        return left.stream().map(one -> take(one.get(0))).toList();
    }

    private static String safe(String name) {
        String safe = Normalizer.normalize(name, Normalizer.Form.NFC).replaceAll("[\\p{Cntrl}/\\\\]", "_").strip();
        String begin = safe.codePointCount(0, safe.length()) <= LONGEST ? safe
                : safe.substring(0, safe.offsetByCodePoints(0, LONGEST)).strip();
        return begin.matches("\\.*") ? "submission" + begin.replace('.', '_') : begin;
    }

    /** What a file system may take for the same name. */
    private static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
