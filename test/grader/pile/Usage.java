package grader.pile;

import grader.trial.Settings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The usage line of a program, such as {@code usage: ./chat <port> [users file]}, which tells its arguments. */
final class Usage {

    private static final Pattern LINE = Pattern.compile("(?i)\\b(?:usage|syntax)\\b\\s*(?:is)?\\s*[:=]?\\s*(.*)");
    private static final Pattern PART = Pattern.compile("\\{[^}]*}|\\[[^\\]]*]|<[^>]*>|\\S+");
    /** What comes before the program itself. */
    private static final Pattern STARTER =
            Pattern.compile("(?i)(\\$|sudo|java|python[0-9.]*|sh|bash|run|with|-jar|-(cp|classpath)|[.])");
    private static final Pattern OPTION = Pattern.compile("(--?[A-Za-z][\\w-]*)(=.*)?");
    private static final Pattern MESSAGE = Pattern.compile("(?i)(message|\\bmsg|\\btext\\b|friend\\S*/)");
    private static final Pattern END = Pattern.compile("\\(.*|e\\.?g.*|example.*|where.*|#.*|-|--|\\|");

    /** An argument, or an option with its value. */
    private record Argument(String pattern, boolean isOptional) {
    }

    private Usage() {
    }

    /**
     * What is written behind the program, with placeholders.
     *
     * @param shown by the program, or a string in its source
     * @param hasTimeout whether there is an idle timeout to be given
     * @return the likeliest first; empty if nothing in the text is a usage line
     */
    static List<String> arguments(String shown, boolean hasTimeout) {
        LinkedHashSet<String> all = new LinkedHashSet<>();
        for (MatchResult line : LINE.matcher(shown).results().toList()) {
            if (!MESSAGE.matcher(line.group(1)).find()) {
                all.addAll(ofLine(line.group(1), hasTimeout));
            }
        }
        return List.copyOf(all);
    }

    private static List<String> ofLine(String line, boolean hasTimeout) {
        List<String> parts = new ArrayList<>(PART.matcher(line).results().map(MatchResult::group).toList());
        while (!parts.isEmpty() && STARTER.matcher(parts.get(0)).matches()) {
            String starter = parts.remove(0);
            if (starter.matches("-(cp|classpath)") && !parts.isEmpty()) {
                parts.remove(0);
            }
        }
        if (!parts.isEmpty() && !(parts.get(0).startsWith("<") && Meaning.of(parts.get(0)).isPresent())) {
            parts.remove(0); // the program
        }
        List<Argument> arguments = new ArrayList<>();
        if (!read(parts, false, arguments)) {
            return List.of();
        }
        LinkedHashSet<String> patterns = new LinkedHashSet<>();
        patterns.add(joined(arguments.stream().filter(one -> !one.isOptional() || hasTimeout
                || !one.pattern().contains(Settings.TIMEOUT)).toList()));
        patterns.add(joined(arguments.stream().filter(one -> !one.isOptional()).toList()));
        patterns.remove("");
        return List.copyOf(patterns);
    }

    private static String joined(List<Argument> arguments) {
        return String.join(" ", arguments.stream().map(Argument::pattern).toList());
    }

    /** @return whether every argument that must be given is understood */
    private static boolean read(List<String> parts, boolean isOptional, List<Argument> arguments) {
        String option = "";
        for (String part : parts) {
            Matcher named = OPTION.matcher(part);
            if (END.matcher(part).matches()) {
                return true;
            } else if (part.startsWith("[") && !part.matches("\\[[\\w ]*[A-Za-z]\\d*]\\S+")) {
                List<String> inner = PART.matcher(part.substring(1, part.length() - 1)).results()
                        .map(MatchResult::group).toList();
                boolean isOption = !inner.isEmpty() && OPTION.matcher(inner.get(0)).matches();
                boolean isUnderstood = isOption ? read(inner, true, arguments)
                        : read(List.of(part.replaceAll("[\\[\\]]", "<")), true, arguments);
                if (!isUnderstood && !isOption) {
                    return true; // those behind it cannot be given without it
                }
            } else if (named.matches() && named.group(2) == null) {
                option = part + " ";
            } else {
                String prefix = named.matches() ? named.group(1) + "=" : option;
                Optional<String> meaning = Meaning.of(prefix + part);
                if (meaning.isEmpty()) {
                    return false;
                }
                arguments.add(new Argument(prefix + meaning.get(), isOptional));
                option = "";
            }
        }
        return true;
    }
}
