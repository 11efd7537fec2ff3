package grader.pile;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The name that something has in an archive, as a path within the folder to which it is unpacked. */
final class EntryPath {

    /** Of a path and of one part of it, in bytes: Linux takes four times as many, and 255. */
    private static final int LONGEST = 1000;
    private static final int LONGEST_PART = 255;
    private static final int SHOWN = 100;

    private EntryPath() {
    }

    /** @throws Refusal if it leads out of the folder, or cannot be the name of a file */
    static Path of(String name) throws Refusal {
        String path = slashes(name);
        if (path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
            throw new Refusal("an absolute path is in it: " + shown(name));
        }
        List<String> parts = parts(path);
        if (parts.contains("..")) {
            throw new Refusal("a path leads out of its folder: " + shown(name));
        }
        if (length(path) > LONGEST || parts.stream().anyMatch(part -> length(part) > LONGEST_PART)) {
            throw new Refusal("a path is too long: " + shown(name));
        }
        try {
            return Path.of(String.join("/", parts));
        } catch (InvalidPathException e) {
            throw new Refusal("a name is in it that no file can have: " + shown(name));
        }
    }

    static boolean isHarmless(String name) {
        try {
            of(name);
            return true;
        } catch (Refusal e) {
            return false;
        }
    }

    /** As much of a path as is a path within the folder: it tells whose it is. */
    static Path harmlessPart(String name) {
        String path = slashes(name);
        Path harmless = Path.of("");
        for (String part : path.startsWith("/") || path.matches("[A-Za-z]:.*") ? List.<String>of() : parts(path)) {
            if (part.equals("..") || length(part) > LONGEST_PART || part.indexOf('\0') >= 0) {
                break;
            }
            harmless = harmless.resolve(part);
        }
        return harmless;
    }

    /**
     * Whether a symbolic link leads nowhere but to its own folder. Dots may only be at the beginning of the target:
     * behind the name of another link they lead anywhere.
     *
     * @param link where it is, within the folder
     */
    static boolean isInside(Path link, String target) {
        if (target.isEmpty() || target.startsWith("/") || target.indexOf('\0') >= 0) {
            return false;
        }
        List<String> parts = parts(target);
        long up = parts.stream().takeWhile(".."::equals).count();
        return up <= link.getNameCount() - 1 && !parts.subList((int) up, parts.size()).contains("..");
    }

    /** What a Mac adds, and Git's history. */
    static boolean isJunk(Path path) {
        for (Path part : path) {
            if (Set.of("__MACOSX", ".DS_Store", ".git").contains(part.toString())) {
                return true;
            }
        }
        return false;
    }

    static String shown(String name) {
        return name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
    }

    /** Some archives that were made on Windows have backslashes. */
    private static String slashes(String name) {
        return name.replace('\\', '/');
    }

    private static List<String> parts(String path) {
        return List.of(path.split("/")).stream().filter(part -> !part.isEmpty() && !part.equals(".")).toList();
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
