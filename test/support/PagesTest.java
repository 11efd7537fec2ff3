package support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages: their links lead somewhere, their commands are ones that make knows, their sentences are short. */
class PagesTest {

    private static final Path FIRST = Path.of("README.md");
    private static final int MOST_LINES = 200;
    private static final int MOST_WORDS = 25;
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    /** A line of code, or a part of one, that starts make; it goes on where its line ends with a backslash. */
    private static final Pattern MAKE = Pattern.compile("(?:[A-Z_]+=\\S* )*make(?: .*)?", Pattern.DOTALL);

    /**
     * A page in parts: prose without code, and code without prose.
     *
     * @param text all but the fenced code
     */
    private record Page(Path file, String text, List<String> paragraphs, List<String> code, Set<String> anchors) {

        static Page read(Path file) {
            String whole = lines(file);
            List<String> paragraphs = new ArrayList<>();
            List<String> code = new ArrayList<>();
            Set<String> anchors = new TreeSet<>();
            StringBuilder paragraph = new StringBuilder();
            boolean isFenced = false;
            for (String line : (whole + "\n\n").split("\n", -1)) {
                boolean isFence = line.strip().startsWith("```");
                boolean isCode = isFenced || line.startsWith("    ") && paragraph.isEmpty();
                boolean isProse = !isFence && !isCode && !line.isBlank() && !line.matches("[|#].*");
                if (isFence) {
                    isFenced = !isFenced;
                } else if (isCode) {
                    code.add(line.strip());
                } else if (line.startsWith("#")) {
                    anchors.add(line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
                }
                if (!isProse || line.strip().matches("(-|\\d+\\.) .*")) {
                    paragraphs.add(paragraph.toString().strip());
                    paragraph.setLength(0);
                }
                paragraph.append(isProse ? line.strip().replaceFirst("^(-|\\d+\\.) ", "") + " " : "");
            }
            paragraphs.removeIf(String::isEmpty);
            return new Page(file, whole.replaceAll("(?s)```.*?```", ""), paragraphs, code, anchors);
        }

        private static String lines(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public String toString() {
            return file.toString();
        }

        /** Each call of make: a line of code, or code within the prose. */
        List<String> commands() {
            List<String> commands = new ArrayList<>();
            String whole = "";
            for (String line : code) {
                whole += line.replaceFirst("^\\$ ", "");
                if (!whole.endsWith("\\")) {
                    commands.add(whole);
                    whole = "";
                } else {
                    whole += "\n";
                }
            }
            CODE.matcher(text().replaceAll("\\s+", " ")).results().map(found -> found.group(1)).forEach(commands::add);
            return commands.stream().filter(command -> MAKE.matcher(command).matches()).toList();
        }
    }

    @TempDir
    private Path folder;

    static List<Page> pages() throws IOException {
        try (Stream<Path> files = Stream.concat(Stream.of(FIRST), Files.walk(Path.of("test")))) {
            return files.filter(file -> file.getFileName().toString().equals("README.md")).map(Page::read).toList();
        }
    }

    static List<Arguments> commands() throws IOException {
        return pages().stream().flatMap(page -> page.commands().stream().distinct()
                .map(command -> arguments(page.file(), command))).toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Page page) {
        List<String> broken = LINK.matcher(CODE.matcher(page.text()).replaceAll("")).results()
                .map(found -> found.group(1)).filter(link -> !link.contains("://") && !leadsSomewhere(page, link))
                .toList();
        assertEquals(List.of(), broken);
    }

    private static boolean leadsSomewhere(Page page, String link) {
        String[] parts = (link + " ").split("#", 2);
        Path file = parts[0].isBlank() ? page.file() : page.file().resolveSibling(parts[0].strip()).normalize();
        return Files.exists(file) && (parts.length == 1 || Page.read(file).anchors().contains(parts[1].strip()));
    }

    @Test
    void theFirstPageIsShortAndLinksToAllOthersAndTheyLinkBack() throws IOException {
        assertTrue(Files.readAllLines(FIRST).size() <= MOST_LINES);
        for (Page page : pages()) {
            if (!page.file().equals(FIRST)) {
                assertTrue(Page.read(FIRST).text().contains("](" + page.file() + ")"), () -> "to " + page.file());
                assertTrue(page.text().contains("](" + page.file().getParent().relativize(FIRST) + ")")
                        || page.text().contains("](" + "../".repeat(page.file().getNameCount() - 1) + FIRST),
                        () -> "from " + page.file());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void noSentenceIsLong(Page page) {
        assertEquals(List.of(), page.paragraphs().stream().flatMap(PagesTest::sentences)
                .filter(sentence -> sentence.split("\\s+").length > MOST_WORDS).toList());
    }

    /** Code counts as a word, and a colon ends a sentence. */
    private static Stream<String> sentences(String paragraph) {
        String plain = LINK.matcher(CODE.matcher(paragraph).replaceAll("code")).replaceAll("link")
                .replace("*", "").replaceAll("(\\d)\\.(\\d)", "$1$2");
        return Arrays.stream(plain.split("(?<=[.!?:])[)\"]?\\s+"));
    }

    /** Make is asked what it would do; the shell has taken the words apart, as it will for the reader. */
    @ParameterizedTest
    @MethodSource("commands")
    void makeKnowsEachTargetAndEachVariable(Path page, String command) throws IOException, InterruptedException {
        Path stub = Files.writeString(folder.resolve("make"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertTrue(stub.toFile().setExecutable(true));
        String path = "PATH=" + folder + File.pathSeparator + System.getenv("PATH");
        List<String> words = output(List.of("env", path, "sh", "-c", command)).lines()
                .collect(Collectors.toCollection(ArrayList::new));
        int other = words.indexOf("-C"); // there is no such copy here
        if (other >= 0) {
            words.subList(other, other + 2).clear();
        }
        words.removeIf(word -> word.startsWith("-")); // make's own options
        String makefiles = makefiles();
        List<String> unknown = words.stream().filter(word -> !Pattern.compile("(?m)^" + (word.contains("=")
                ? Pattern.quote(word.replaceFirst("=.*", "")) + " *=" : "[^:#=\t\n]*\\b" + Pattern.quote(word)
                + "\\b[^:#=\n]*:(?!=)")).matcher(makefiles).find()).toList();
        assertEquals(List.of(), unknown, () -> page + ": " + command);
    }

    private static String makefiles() throws IOException {
        try (Stream<Path> parts = Files.walk(Path.of("test"), 2)) {
            return Stream.concat(Stream.of(Path.of("Makefile")), parts.filter(part -> part.toString().endsWith(".mk")))
                    .map(Page::lines).collect(Collectors.joining());
        }
    }

    /** In the temporary folder, where a command that writes a file does no harm. */
    private String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    @Test
    void theLoopIsQuotedAsItIs() throws IOException {
        String source = Files.readString(Path.of("src/peerchat/PeerChat.java"));
        String loop = Pattern.compile("    private void turn\\(\\).*?\n    \\}\n", Pattern.DOTALL).matcher(source)
                .results().map(MatchResult::group).findFirst().orElseThrow().indent(-4);
        assertTrue(Files.readString(FIRST).contains("```java\n" + loop + "```"), loop);
    }

    @Test
    void everyOptionIsOnTheFirstPage() throws IOException, InterruptedException {
        String help = output(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-jar",
                Peer.jar().toString(), "--help"));
        Set<String> options = Pattern.compile("(?m)^ *(?:-\\w, )?(--[a-z-]+)").matcher(help).results()
                .map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(options.size() > 10, help);
        String page = Files.readString(FIRST);
        assertEquals(List.of(), options.stream().filter(option -> !page.contains("`" + option)).toList());
    }
}
