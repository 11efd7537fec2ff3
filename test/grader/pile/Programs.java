package grader.pile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import support.Session;

/** What can be started in a folder in which a submission was built. */
final class Programs {

    private static final Pattern LISTENS = Pattern.compile(
            "__main__|\\.listen\\s*\\(|create_server|start_server|TCPServer|\\.bind\\s*\\(");
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[\\w./:@%+-]+");
    private static final int MAGIC_BYTES = 4;

    private Programs() {
    }

    /** The files of a folder, by their names in it. */
    static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> folder.relativize(file).toString()).collect(Collectors.toSet());
        }
    }

    /**
     * The commands that start them, without arguments: what was made, or else scripts and what was handed in.
     *
     * @param before the files that there were before it was built
     */
    static List<String> in(Path folder, Texts texts, Set<String> before) throws IOException {
        List<String> now = files(folder).stream().sorted().toList();
        List<String> made = now.stream().filter(name -> !before.contains(name)).toList();
        List<String> programs = new ArrayList<>(programs(folder, made));
        for (String file : texts.withCode(Texts.JAVA, BuildGuess.MAIN_IN_JAVA)) {
            JavaMain.in(texts, file).flatMap(main -> java(main, made, texts)).ifPresent(programs::add);
        }
        made.stream().filter(name -> name.endsWith(".jar")).map(name -> "java -jar " + quoted(name))
                .forEach(programs::add);
        if (programs.isEmpty()) {
            programs.addAll(scripts(folder, texts));
            programs.addAll(programs(folder, now));
            texts.jars().stream().map(name -> "java -jar " + quoted(name)).forEach(programs::add);
        }
        return programs.stream().distinct().toList();
    }

    /** Those that the system can run by itself. */
    private static List<String> programs(Path folder, List<String> names) throws IOException {
        List<String> programs = new ArrayList<>();
        for (String name : names) {
            Path file = folder.resolve(name);
            if (Files.isExecutable(file) && !name.matches(".*\\.(so|a|o|dylib|class|jar)([.0-9]*)")
                    && beginning(file).startsWith("\177ELF")) {
                programs.add("./" + quoted(name));
            }
        }
        return programs;
    }

    private static String beginning(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAGIC_BYTES), java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }

    private static Optional<String> java(String main, List<String> made, Texts texts) {
        String path = main.replace('.', '/') + ".class";
        return made.stream().filter(name -> ("/" + name).endsWith("/" + path)).findFirst().map(name -> {
            String root = name.equals(path) ? "." : name.substring(0, name.length() - path.length() - 1);
            String jars = texts.jars().stream().map(jar -> ":" + jar).collect(Collectors.joining());
            return "java -cp " + quoted(root + jars) + " " + quoted(main);
        });
    }

    /** In Python, those that listen or are meant to be started; and what names its interpreter. */
    private static List<String> scripts(Path folder, Texts texts) {
        List<String> inPython = texts.named(Texts.PYTHON);
        List<String> likely = inPython.stream()
                .filter(name -> LISTENS.matcher(texts.files().get(name)).find()).toList();
        List<String> scripts = new ArrayList<>();
        (likely.isEmpty() ? inPython : likely).forEach(name -> scripts.add("python3 " + quoted(name)));
        texts.files().forEach((name, text) -> {
            if (text.startsWith("#!") && !inPython.contains(name)) {
                String interpreter = text.lines().findFirst().orElse("").substring(2).strip();
                scripts.add(Files.isExecutable(folder.resolve(name)) ? "./" + quoted(name)
                        : interpreter + " " + quoted(name));
            }
        });
        return scripts;
    }

    static String quoted(List<String> words) {
        return words.stream().map(Programs::quoted).collect(Collectors.joining(" "));
    }

    /** As the shell reads it. */
    static String quoted(String word) {
        return NEEDS_NO_QUOTES.matcher(word).matches() ? word : Session.quoted(List.of(word));
    }
}
