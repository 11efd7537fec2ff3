package grader.pile;

import grader.trial.WrongUse;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * The files and folders that a path means, each part of which can be a pattern.
 *
 * @param found in order
 * @param isLiteral whether there is a file or folder of just this name
 * @param nameDepth how many parts at the end of each are the same for all, as lab4 in {@code subs/*}{@code /lab4}
 */
record Places(List<Path> found, int nameDepth, boolean isLiteral) {

    static Places of(String wish) throws IOException {
        Path path = Path.of(wish.strip());
        if (Files.exists(path)) {
            return new Places(List.of(path), 0, true);
        }
        List<Path> found = List.of(Optional.ofNullable(path.getRoot()).orElse(Path.of("")));
        int nameDepth = 0;
        for (Path part : path) {
            List<Path> next = new ArrayList<>();
            boolean isPattern = false;
            for (Path parent : found) {
                Path literal = parent.resolve(part);
                if (Files.exists(literal)) {
                    next.add(literal);
                } else if (part.toString().matches(".*[*?\\[{\\\\].*") && Files.isDirectory(parent)) {
                    isPattern = true;
                    next.addAll(matches(parent, part.toString(), wish));
                }
            }
            nameDepth = isPattern ? 0 : nameDepth + 1;
            found = next;
        }
        return new Places(found.stream().sorted().toList(), nameDepth, false);
    }

    /** Hidden ones are no more meant than by the shell. */
    private static List<Path> matches(Path parent, String pattern, String wish) throws IOException {
        List<Path> matches = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, pattern)) {
            for (Path one : all) {
                if (pattern.startsWith(".") || !one.getFileName().toString().startsWith(".")) {
                    matches.add(one);
                }
            }
        } catch (PatternSyntaxException e) {
            throw new WrongUse("DIR=" + wish + ": " + e.getDescription() + "; a pattern looks like submissions/*");
        }
        Collections.sort(matches);
        return matches;
    }
}
