package grader.pile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The text files of a submission, from which hints are taken.
 *
 * @param files by their names in its folder; those that lie deeper come later
 * @param jars the names of libraries in Java
 */
record Texts(Map<String, String> files, List<String> jars) {

    static final String C = ".*\\.c";
    static final String CPP = ".*\\.(cc|cpp|cxx|c\\+\\+|C)";
    static final String JAVA = ".*\\.java";
    static final String PYTHON = ".*\\.py";
    private static final String SOURCE = ".*\\.(c|cc|cpp|cxx|c\\+\\+|C|h|hh|hpp|java|py|sh)";

    /** Bytes: nobody writes a longer one by hand. */
    private static final long LONGEST = 1 << 19;
    private static final Pattern HIDDEN = Pattern.compile("(^|.*/)([.]|__MACOSX|__pycache__|node_modules).*");
    private static final Pattern COMMENT_OR_STRING = Pattern.compile(
            "\"(?:[^\"\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\n]++|\\\\.)*+'|//[^\n]*|/\\*(?s:.*?)\\*/");
    private static final Pattern STRING = Pattern.compile(
            "\"((?:[^\"\\\\\n]++|\\\\.)*+)\"|'((?:[^'\\\\\n]++|\\\\.)*+)'");

    static Texts of(Path folder) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        List<String> jars = new ArrayList<>();
        for (Path file : in(folder, Integer.MAX_VALUE)) {
            String name = folder.relativize(file).toString();
            if (name.endsWith(".jar") && !HIDDEN.matcher(name).matches()) {
                jars.add(name);
            }
            if (!HIDDEN.matcher(name).matches()) {
                text(file).ifPresent(text -> files.put(name, text));
            }
        }
        for (Path file : beside(folder)) {
            text(file).ifPresent(text -> files.putIfAbsent(file.getFileName().toString(), text));
        }
        return new Texts(files, jars);
    }

    /** The files beside a folder src, in order: the table of a program often lies there. */
    static List<Path> beside(Path folder) throws IOException {
        return folder.endsWith("src") ? in(folder.getParent(), 1).stream()
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !HIDDEN.matcher(file.getFileName().toString()).matches()).toList() : List.of();
    }

    private static List<Path> in(Path folder, int depth) throws IOException {
        try (Stream<Path> all = Files.walk(folder, depth)) {
            return all.sorted(Comparator.comparing(Path::getNameCount).thenComparing(Path::toString)).toList();
        }
    }

    private static Optional<String> text(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !Files.isReadable(file)
                || Files.size(file) > LONGEST) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\r", "");
        return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
    }

    /** @param pattern for the whole name */
    List<String> named(String pattern) {
        return files.keySet().stream().filter(name -> name.matches(pattern)).toList();
    }

    /** Those files among the named ones in whose code, without comments and strings, this is found. */
    List<String> withCode(String names, Pattern code) {
        return named(names).stream().filter(name -> code.matcher(code(name)).find()).toList();
    }

    /** The text without comments and strings. */
    String code(String name) {
        return COMMENT_OR_STRING.matcher(files.get(name)).replaceAll(" ");
    }

    List<String> sources() {
        return named(SOURCE).stream().map(files::get).toList();
    }

    /** The string constants of all sources, as the program sees them. */
    List<String> strings() {
        return sources().stream().flatMap(Texts::strings).toList();
    }

    private static Stream<String> strings(String source) {
        return STRING.matcher(source).results().map(Texts::string);
    }

    private static String string(MatchResult found) {
        return unescaped(found.group(1) == null ? found.group(2) : found.group(1));
    }

    /**
     * A text that the program puts together from here on, as it is shown; {@code %} stands for values between strings.
     *
     * @param statement from its beginning on
     */
    static String shown(String statement) {
        StringBuilder shown = new StringBuilder();
        int end = 0;
        for (MatchResult found : STRING.matcher(statement).results().toList()) {
            boolean hasValue = !shown.isEmpty() && statement.substring(end, found.start()).matches("(?s).*\\w.*")
                    && !statement.substring(end, found.start()).strip().equals("f");
            shown.append(hasValue ? " % " : "").append(string(found));
            end = found.end();
        }
        return shown.toString();
    }

    private static String unescaped(String written) {
        try {
            return written.translateEscapes();
        } catch (IllegalArgumentException e) {
            return written; // another language's escape
        }
    }
}
