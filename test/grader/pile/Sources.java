package grader.pile;

import grader.trial.Submission;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the sources of a submission are. They are in the topmost folder that has a source or a file for a build tool;
 * what is below it belongs to it.
 */
public final class Sources {

    private static final Pattern SOURCE = Pattern.compile("(?i).*\\.(c|h|cc|cpp|cxx|hh|hpp|hxx|java|kt|kts"
            + "|scala|groovy|clj|py|go|rs|js|mjs|cjs|ts|rb|pl|pm|php|lua|tcl|sh|cs|fs|vb|swift|m|mm"
            + "|nim|zig|hs|ml|mli|ex|exs|erl|jl|r|dart|pas|adb|ads|f90|asm|s)");
    private static final Pattern BUILD_FILE = Pattern.compile(String.join("|", Submission.MAKEFILES)
            + "|CMakeLists\\.txt|meson\\.build"
            + "|configure|configure\\.ac|SConstruct|pom\\.xml|build\\.xml|build\\.gradle|Cargo\\.toml|go\\.mod"
            + "|package\\.json|pyproject\\.toml|.*\\.(pro|sln|csproj|cabal)");
    /** Folders that a tool has made. */
    private static final Pattern LEFTOVERS = Pattern.compile("__MACOSX|__pycache__|node_modules|venv|build|target"
            + "|CMakeFiles|cmake-build-.*|Debug|Release|x64|.*\\.(dSYM|egg-info)|site-packages|\\..*");
    private static final Pattern PACKAGE =
            Pattern.compile("(?m)^\\s*package\\s+([\\p{L}\\p{N}_]+(\\s*\\.\\s*[\\p{L}\\p{N}_]+)*)\\s*;");
    /** Bytes, in which a source has named its package. */
    private static final int BEGINNING = 1 << 16;
    private static final int MOST_NAMED = 5;

    private Sources() {
    }

    /** Where they are: the folder itself, if they can be in several below it; or nothing if there are none. */
    static Optional<Path> in(Path folder) throws IOException {
        List<Path> places = places(folder);
        return places.size() > 1 ? Optional.of(folder) : places.stream().findFirst();
    }

    /** @throws Unclear if they can be in several folders; it names these */
    public static void mustBeInOnePlace(Path folder) throws IOException, Unclear {
        List<Path> places = places(folder);
        if (places.size() > 1) {
            List<String> names = places.stream().map(place -> folder.relativize(place).toString()).toList();
            String one = Programs.quoted(names.get(0));
            throw new Unclear("the sources can be in any of "
                    + names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                    + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "")
                    + ": hand in one of these folders alone, or give, for example, BUILD \"cd " + one
                    + " && make\", CMD \"cd " + one + " && ./chat {port}\", TABLE_FILE \"" + names.get(0)
                    + "/users.txt\" (for a class: in settings.csv)");
        }
    }

    /** All folders where they can be, none of them below another. */
    static List<Path> places(Path folder) throws IOException {
        Set<Path> found = new LinkedHashSet<>();
        find(folder, folder, found);
        return found.stream().filter(place -> found.stream().noneMatch(other -> !other.equals(place)
                && place.startsWith(other))).sorted().toList();
    }

    private static void find(Path folder, Path top, Set<Path> found) throws IOException {
        List<Path> children = children(folder);
        List<Path> files = children.stream().filter(Files::isRegularFile).toList();
        List<Path> sources = new ArrayList<>();
        boolean isBuilt = false;
        for (Path file : files) {
            String name = file.getFileName().toString();
            isBuilt |= BUILD_FILE.matcher(name).matches();
            if (SOURCE.matcher(name).matches() || isScript(file)) {
                sources.add(file);
            }
        }
        if (isBuilt || !sources.isEmpty()) {
            found.add(isBuilt ? folder : root(folder, top, sources));
            return;
        }
        for (Path child : children) {
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) && !isLeftover(child)) {
                find(child, top, found);
            }
        }
    }

    /** What is in a folder and is not hidden, in order. */
    static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(one -> !one.getFileName().toString().startsWith(".")
                    && !one.getFileName().toString().equals("__MACOSX")).sorted().toList();
        }
    }

    static boolean isSource(Path file) {
        String name = file.getFileName().toString();
        return SOURCE.matcher(name).matches() || BUILD_FILE.matcher(name).matches();
    }

    static boolean isLeftover(Path folder) {
        String name = folder.getFileName().toString();
        return LEFTOVERS.matcher(name).matches() || Files.exists(folder.resolve("pyvenv.cfg"));
    }

    /** A script may have any name, and tells in its first line who runs it. */
    private static boolean isScript(Path file) throws IOException {
        return beginning(file, 2).equals("#!");
    }

    /** The folder from which the packages of Java count; without packages, the folder itself. */
    private static Path root(Path folder, Path top, List<Path> sources) throws IOException {
        Optional<Path> source = sources.stream().filter(file -> file.toString().endsWith(".java")).findFirst();
        if (source.isEmpty()) {
            return folder;
        }
        Matcher matcher = PACKAGE.matcher(beginning(source.get(), BEGINNING));
        if (!matcher.find()) {
            return folder;
        }
        Path inPackage = Path.of(matcher.group(1).replaceAll("\\s", "").replace('.', '/'));
        if (!top.relativize(folder).endsWith(inPackage)) {
            return folder;
        }
        Path root = folder;
        for (int part = 0; part < inPackage.getNameCount(); part++) {
            root = root.getParent();
        }
        return root;
    }

    private static String beginning(Path file, int bytes) throws IOException {
        if (!Files.isReadable(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
        }
    }
}
