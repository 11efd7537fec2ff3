package grader.trial;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Copying and deleting folders. */
public final class Folders {

    /** Bytes; above this a program or a library is linked: nobody writes to it. */
    private static final long LARGE = 1 << 20;
    private static final long TO_DELETE_SECONDS = 30;

    private Folders() {
    }

    /** Copies what is in a folder, without the history that git keeps there. */
    public static void copy(Path from, Path to) throws IOException {
        copy(from, to, false);
    }

    /** The same within one file system, where large files need not be copied. */
    public static void copyCheaply(Path from, Path to) throws IOException {
        copy(from, to, true);
    }

    private static void copy(Path from, Path to, boolean mayLink) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.endsWith(".git")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Path copy = to.resolve(from.relativize(folder));
                if (Files.notExists(copy)) { // never its parents as well: if they are gone, the grading was broken off
                    Files.createDirectory(copy);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = to.resolve(from.relativize(file));
                if (attributes.isSymbolicLink()) {
                    Files.createSymbolicLink(copy, Files.readSymbolicLink(file));
                } else if (mayLink && attributes.size() > LARGE && isProgram(file)) {
                    Files.createLink(copy, file);
                } else if (attributes.isRegularFile()) { // what else there may be, such as a pipe, cannot be copied
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Whether there is no file in it, nor in the folders below. */
    public static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.allMatch(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
        }
    }

    private static boolean isProgram(Path file) {
        return Files.isExecutable(file) || file.toString().matches(".*\\.(jar|jsa|so|a|zip|whl)");
    }

    /**
     * Deletes a folder with all that is in it, also where the submission has taken away the permission to do so.
     *
     * @return whether nothing is left of it
     */
    public static boolean delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path sub, IOException e) throws IOException {
                    Files.deleteIfExists(sub);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return deleteByTool(folder);
        }
        return Files.notExists(folder) || deleteByTool(folder);
    }

    /**
     * What Java cannot: folders without permissions, names of no character set, paths that are too long to be named.
     */
    private static boolean deleteByTool(Path folder) {
        try {
            new ProcessBuilder("sh", "-c", "chmod -R u+rwX -- \"$0\"; rm -rf -- \"$0\"", folder.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor(TO_DELETE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Files.notExists(folder);
    }
}
