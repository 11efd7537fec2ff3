package grader.pile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the table is written that lies beside the program. */
final class TableGuess {

    static final String FILE = "users.txt";
    static final String LINE = "{name} {ip} {port}";

    /**
     * A form, as the settings have it.
     *
     * @param head stands above the lines; may be empty
     */
    record Form(String file, String head, String line) {
    }

    static final Form OF_THE_ASSIGNMENT = new Form(FILE, "", LINE);

    private static final String ENDS = "\\.(txt|conf|csv|cfg|dat|ini|list|tsv|tab)";
    private static final Pattern MAY_BE_TABLE = Pattern.compile("(?i)(?!(.*/)?(readme|notes|license)).*" + ENDS
            + "|(.*/)?[a-z_]*(user|peer|friend|table|contact)[a-z_]*");
    private static final Pattern NAMED_IN_SOURCE = Pattern.compile("(?i)(?!/|.*\\.\\.|.*[<>%=*]).*\\w" + ENDS);
    private static final Pattern LIKELY = Pattern.compile("(?i).*(user|peer|friend|contact|host|table|conf).*");

    private static final Pattern ADDRESS = Pattern.compile("\\b\\d{1,3}(\\.\\d{1,3}){3}\\b|\\blocalhost\\b");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d{1,5}(?![\\w.])");
    private static final Pattern NAME = Pattern.compile("(?i)(?!(?:name|ip|port|host|addr|address|user)\\s*[=:])"
            + "(?<![\\w.])[A-Za-z_][\\w.-]*");
    private static final int MOST_HEADS = 3;
    /** Characters: in such a string constant there may be what the program splits a line at. */
    private static final int SHORT = 8;

    /** Besides the one of the assignment. */
    private static final List<String> USUAL = List.of("{name},{ip},{port}", "{ip} {port} {name}",
            "{name}:{ip}:{port}", "{name} {port} {ip}", "{name} {ip}:{port}", "{name}, {ip}, {port}",
            "{name}={ip}:{port}", "{name};{ip};{port}", "{ip}:{port} {name}", "{name}\\t{ip}\\t{port}",
            "{name}|{ip}|{port}", "{ip},{port},{name}", "{ip}:{port}:{name}",
            "{port} {name} {ip}", "{number} " + LINE);

    private TableGuess() {
    }

    /** What the submission shows, then what is usual. */
    static List<Form> of(Texts texts) {
        List<String> named = texts.strings().stream().filter(text -> NAMED_IN_SOURCE.matcher(text).matches())
                .map(name -> name.replaceFirst("^(\\./)+", "")).distinct()
                .sorted(Comparator.comparing(name -> !LIKELY.matcher(name).matches())).toList();
        List<Form> samples = texts.files().keySet().stream().filter(name -> MAY_BE_TABLE.matcher(name).matches())
                .flatMap(name -> sample(name, texts.files().get(name)).stream())
                .sorted(Comparator.comparing(form -> named.stream().noneMatch(name -> isSame(name, form.file()))))
                .toList();
        List<Form> all = new ArrayList<>();
        for (Form sample : samples) {
            String file = named.stream().filter(name -> isSame(name, sample.file())).findFirst()
                    .orElse(sample.file());
            all.add(new Form(file, sample.head(), sample.line()));
        }
        List<String> files = new ArrayList<>(all.stream().map(Form::file).limit(1).toList());
        files.addAll(named.isEmpty() && files.isEmpty() ? List.of(FILE) : named);
        files.forEach(file -> all.add(new Form(file, "", LINE)));
        String first = files.get(0);
        all.add(new Form(first, "{count}", LINE));
        all.add(new Form(first, LINE, LINE));
        List<String> lines = USUAL.stream().sorted(Comparator.comparing(line -> !isSplitAt(line, texts))).toList();
        lines.stream().filter(line -> isSplitAt(line, texts)).forEach(line -> all.addAll(List.of(
                new Form(first, "", line), new Form(first, "{count}", line), new Form(first, line, line))));
        lines.forEach(line -> all.add(new Form(first, "", line)));
        return List.copyOf(new LinkedHashSet<>(all));
    }

    private static boolean isSame(String named, String file) {
        return ("/" + file).endsWith("/" + named) || ("/" + named).endsWith("/" + file);
    }

    /** Whether the source has what separates the columns in a short text, or as what scanf stops at. */
    private static boolean isSplitAt(String line, Texts texts) {
        String mark = line.replaceAll("\\{\\w+}", "").strip().translateEscapes().replaceFirst("(?s)(.).*", "$1");
        return !mark.isEmpty() && texts.strings().stream().anyMatch(text -> text.contains("[^" + mark)
                || text.length() <= SHORT && text.contains(mark));
    }

    /** The form of a file, if it looks like a table. */
    private static Optional<Form> sample(String file, String text) {
        List<String> lines = text.lines().map(String::stripTrailing).filter(line -> !line.isBlank()).toList();
        for (int i = 0; i < Math.min(lines.size(), MOST_HEADS); i++) {
            Optional<String> form = form(lines.get(i), 0);
            if (form.isPresent()) {
                boolean hasCount = i == 1 && lines.get(0).strip().matches("\\d{1,2}");
                return Optional.of(new Form(file, hasCount ? "{count}" : String.join("\\n", lines.subList(0, i))
                        .replace("\\", "\\\\").replace("\\\\n", "\\n"), form.get()));
            }
        }
        return Optional.empty();
    }

    /** A line with placeholders; empty if it does not have all that a user has. @param index of the line */
    private static Optional<String> form(String line, int index) {
        Matcher address = ADDRESS.matcher(line);
        if (!address.find()) {
            return Optional.empty();
        }
        String form = line.substring(0, address.start()) + "{ip}" + line.substring(address.end());
        List<MatchResult> numbers = NUMBER.matcher(form).results().toList();
        Optional<MatchResult> port = numbers.stream().filter(one -> one.group().length() > 1)
                .reduce((one, other) -> other);
        Optional<MatchResult> name = NAME.matcher(form.replace("{ip}", "0000")).results().findFirst();
        if (port.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        // From the right, so that the places of the others stay.
        List<MatchResult> found = new ArrayList<>(List.of(port.get(), name.get()));
        numbers.stream().filter(one -> one.group().equals(Integer.toString(index))
                || one.group().equals(Integer.toString(index + 1))).findFirst().ifPresent(found::add);
        found.sort(Comparator.comparing((MatchResult one) -> one.start()).reversed());
        for (MatchResult one : found) {
            String placeholder = one == port.get() ? "{port}" : one == name.get() ? "{name}"
                    : one.group().equals(Integer.toString(index)) ? "{index}" : "{number}";
            form = form.substring(0, one.start()) + placeholder + form.substring(one.end());
        }
        return Optional.of(form.replaceAll(" {2,}", " ").replace("\t", "\\t"));
    }
}
