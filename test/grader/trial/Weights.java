package grader.trial;

import grader.verdict.Case;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Points by case: those of the table in {@link Case}, or those of a file. */
public final class Weights {

    public static final Weights OF_THE_TABLE = new Weights(Map.of());

    private final Map<Case, Integer> others;

    private Weights(Map<Case, Integer> others) {
        this.others = others;
    }

    /**
     * Reads lines such as {@code P2.1 10}; blank lines and what follows a {@code #} are skipped. A case that is not
     * named keeps its points.
     *
     * @throws WrongUse if the file cannot be read, or a line is wrong
     */
    public static Weights read(Path file) {
        Map<Case, Integer> others = new EnumMap<>(Case.class);
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new WrongUse("WEIGHTS=" + file + ": cannot be read");
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                String[] words = line.split("\\s+");
                String place = file + ":" + (i + 1) + ": ";
                if (words.length != 2 || !words[1].matches("[0-9]{1,4}")) {
                    throw new WrongUse(place + "expected a case and its points, such as \"P2.1 10\", found \"" + line
                            + "\"");
                }
                others.put(Arrays.stream(Case.values()).filter(one -> one.number().equals(words[0])).findFirst()
                        .orElseThrow(
                        () -> new WrongUse(place + "there is no case " + words[0] + "; there are " + Case.numbers())),
                        Integer.valueOf(words[1]));
            }
        }
        return new Weights(others);
    }

    public int of(Case one) {
        return others.getOrDefault(one, one.points());
    }
}
