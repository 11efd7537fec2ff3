package grader.trial;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words in braces in what the teacher wrote, such as {port}. Other braces are left as they are. */
final class Placeholders {

    /** What can stand for one user. */
    static final List<String> OF_A_USER = List.of("name", "ip", "port", "index", "number");

    private static final Pattern WORD = Pattern.compile("\\{([a-z]+)}");

    private Placeholders() {
    }

    /** @param index of the user, from 0 on */
    static Map<String, String> of(TrialUser user, int index) {
        return Map.of("name", user.name(), "ip", user.address(), "port", Integer.toString(user.port()),
                "index", Integer.toString(index), "number", Integer.toString(index + 1));
    }

    static Map<String, String> with(Map<String, String> values, String name, String value) {
        return Stream.concat(values.entrySet().stream(), Stream.of(Map.entry(name, value)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Puts the values in, in one go: what is in a value stays as it is. */
    static String fill(String pattern, Map<String, String> values) {
        return WORD.matcher(pattern).replaceAll(word ->
                Matcher.quoteReplacement(values.getOrDefault(word.group(1), word.group())));
    }

    static boolean hasAny(String pattern, List<String> names) {
        return WORD.matcher(pattern).results().anyMatch(word -> names.contains(word.group(1)));
    }

    /** The first that is none of these. */
    static Optional<String> otherThan(List<String> known, String pattern) {
        return WORD.matcher(pattern).results().filter(word -> !known.contains(word.group(1))).map(MatchResult::group)
                .findFirst();
    }

    static String inBraces(List<String> names) {
        return names.stream().map(name -> "{" + name + "}").collect(Collectors.joining(" "));
    }
}
