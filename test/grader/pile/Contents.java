package grader.pile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an archive says that it has, before it is unpacked.
 *
 * @param base the folder in it that has everything; the empty path, if there is none
 * @param top the names of what is in that folder
 */
record Contents(Path base, List<String> top) {

    private static final Path NONE = Path.of("");

    /** @throws IOException if it is broken, or has too much */
    static Contents of(Path archive) throws IOException {
        Budget budget = Budget.ofCourse();
        List<Path> files = new ArrayList<>();
        Archive.read(archive, budget, (entry, content) -> {
            budget.takeEntry();
            budget.take(entry.size());
            Path path = EntryPath.isHarmless(entry.name()) ? EntryPath.harmlessPart(entry.name()) : NONE;
            if (entry.kind() != Archive.Kind.FOLDER && !path.equals(NONE) && !EntryPath.isJunk(path)) {
                files.add(path);
            }
        });
        int depth = 0;
        while (isInOneFolder(files, depth)) {
            depth++;
        }
        int base = depth;
        return new Contents(depth == 0 ? NONE : files.get(0).subpath(0, depth),
                files.stream().map(file -> file.getName(base).toString()).distinct().toList());
    }

    /** A folder that has the name of a student is not the one that has all students. */
    private static boolean isInOneFolder(List<Path> files, int depth) {
        Optional<String> first = files.stream().findFirst().map(file -> file.getName(depth).toString());
        return first.isPresent() && !StudentName.isOfMoodle(first.get()) && !StudentName.isOfGradescope(first.get())
                && files.stream().allMatch(file -> file.getNameCount() > depth + 1
                && file.getName(depth).toString().equals(first.get()));
    }
}
