package grader.pile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The class in a Java file that can be started. */
final class JavaMain {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");
    private static final Pattern STEP = Pattern.compile(
            "\\b(?:class|enum|record|interface)\\s+(\\w+)[^{;]*\\{|\\bvoid\\s+main\\s*\\([^)]*String|[{}]");

    private JavaMain() {
    }

    /** Its full name, as {@code java} wants it; empty if the file has none. */
    static Optional<String> in(Texts texts, String file) {
        String code = texts.code(file);
        Deque<String> open = new ArrayDeque<>();
        for (MatchResult step : STEP.matcher(code).results().toList()) {
            if (step.group().equals("}")) {
                open.poll();
            } else if (step.group().equals("{")) {
                open.push("");
            } else if (step.group(1) != null) {
                open.push(step.group(1));
            } else {
                List<String> names = open.stream().filter(name -> !name.isEmpty()).toList();
                String name = names.stream().reduce((inner, outer) -> outer + "$" + inner).orElse("");
                return name.isEmpty() ? Optional.empty() : Optional.of(prefix(code) + name);
            }
        }
        return Optional.empty();
    }

    private static String prefix(String code) {
        Matcher found = PACKAGE.matcher(code);
        return found.find() ? found.group(1) + "." : "";
    }

    /** The folder in which the packages begin. */
    static String root(Texts texts, String file) {
        String folder = "/" + file.substring(0, file.lastIndexOf('/') + 1);
        String packages = "/" + prefix(texts.code(file)).replace('.', '/');
        String root = folder.endsWith(packages) ? folder.substring(0, folder.length() - packages.length() + 1) : folder;
        return root.equals("/") ? "." : root.substring(1, root.length() - 1);
    }
}
