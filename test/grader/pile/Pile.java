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

/** What is to be graded: all that was handed in. */
public final class Pile {

    private Pile() {
    }

    /** The folders that are meant: one, or those that match a pattern such as subs/*. */
    public static List<Handed> of(String wish) throws IOException {
        if (wish.isBlank()) {
            throw new WrongUse("DIR is missing: the folder of the submission, or several, as DIR='submissions/*'");
        }
        Path path = Path.of(wish.strip());
        if (Files.isDirectory(path)) {
            return List.of(handed(path));
        }
        List<Path> folders = new ArrayList<>();
        Path parent = Optional.ofNullable(path.getParent()).orElse(Path.of("."));
        if (Files.isDirectory(parent)) {
            String pattern = path.getFileName().toString();
            try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, pattern)) {
                for (Path one : all) { // hidden ones are no more meant than by the shell
                    if (Files.isDirectory(one) && (pattern.startsWith(".")
                    || !one.getFileName().toString().startsWith("."))) {
                        folders.add(one);
                    }
                }
            } catch (PatternSyntaxException e) {
                throw new WrongUse("DIR=" + wish + ": " + e.getDescription() + "; a pattern is such as submissions/*");
            }
        }
        if (folders.isEmpty()) {
            throw new WrongUse("DIR=" + wish + ": there is no such folder");
        }
        Collections.sort(folders);
        List<Handed> pile = new ArrayList<>();
        for (Path folder : folders) {
            pile.add(handed(folder));
        }
        return pile;
    }

    /** Named as it was given, so that links to folders of the same name are told apart. */
    private static Handed handed(Path folder) throws IOException {
        Path name = folder.normalize().getFileName();
        return new Handed(name == null || name.toString().isEmpty() || name.toString().equals("..")
                ? String.valueOf(folder.toRealPath().getFileName()) : name.toString(), folder);
    }
}
