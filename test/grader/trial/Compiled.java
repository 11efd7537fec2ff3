package grader.trial;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Programs, object files and classes that were handed in. A submission is built from its sources, which may not
 * compile.
 */
final class Compiled {

    /** The first bytes of programs: of Linux, of macOS (three kinds), and of Windows. */
    private static final Set<String> BEGINNINGS = Set.of("7f454c46", "cffaedfe", "cefaedfe", "cafebabe", "4d5a9000");
    private static final int BEGINNING_BYTES = 4;
    private static final List<String> SOURCES = List.of("c", "cc", "cpp", "cxx", "C");
    private static final String CLASS = ".class";

    private Compiled() {
    }

    /**
     * Removes them from a folder, but no libraries, and no object files and classes without a source.
     *
     * @return their names in the folder, in order
     */
    static List<String> remove(Path folder) throws IOException {
        List<Path> compiled = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file)).toList()) {
                if (isCompiled(file)) {
                    compiled.add(file);
                }
            }
        }
        for (Path file : compiled) {
            Files.delete(file);
        }
        return compiled.stream().map(file -> folder.relativize(file).toString()).sorted().toList();
    }

    private static boolean isCompiled(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(CLASS)) {
            return Files.exists(file.resolveSibling(name.replaceAll("(\\$.*)?\\.class$", ".java")));
        }
        if (name.endsWith(".o")) { // the course may have handed out some
            return SOURCES.stream().anyMatch(end -> Files.exists(file.resolveSibling(name.replaceAll("o$", end))));
        }
        return !name.matches(".*[.](so|a|dylib|dll)([.0-9]*)") && hasBeginning(file);
    }

    private static boolean hasBeginning(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] beginning = in.readNBytes(BEGINNING_BYTES);
            return BEGINNINGS.contains(HexFormat.of().formatHex(beginning));
        }
    }
}
