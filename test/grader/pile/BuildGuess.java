package grader.pile;

import grader.trial.Submission;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands that may build a submission, the likeliest first. */
final class BuildGuess {

    /** There is nothing to build. */
    static final String NOTHING = "";

    private static final String MAKEFILE = "(.*/)?(" + String.join("|", Submission.MAKEFILES) + ")";
    private static final Pattern MAIN_IN_C = Pattern.compile("\\bmain\\s*\\(");
    static final Pattern MAIN_IN_JAVA = Pattern.compile("\\bvoid\\s+main\\s*\\(");
    private static final Pattern OLD = Pattern.compile("(?i).*(old|bak|backup|copy|orig|test|client|[0-9]).*");
    /** Warnings are never fatal, not even those that newer compilers take for errors. */
    private static final List<String> C_COMPILERS = List.of("gcc -std=gnu17 -w -fpermissive");
    private static final List<String> CPP_COMPILERS = List.of("g++ -std=gnu++17 -w -fpermissive",
            "g++ -std=gnu++20 -w -fpermissive", "g++ -std=gnu++11 -w -fpermissive");
    private static final List<String> ENCODINGS = List.of("UTF-8", "ISO-8859-1");
    /** What a program has to be linked with that uses these. */
    private static final Map<Pattern, String> LIBRARIES = Map.of(
            Pattern.compile("#\\s*include\\s*<readline/"), " -lreadline",
            Pattern.compile("#\\s*include\\s*<ncurses"), " -lncurses",
            Pattern.compile("#\\s*include\\s*<math.h>"), " -lm");

    private BuildGuess() {
    }

    /**
     * @param program the name that it must have, if it is compiled to one
     * @return at least one; {@link #NOTHING} comes last, if there may be nothing to build
     */
    static List<String> of(Texts texts, String program) {
        LinkedHashSet<String> all = new LinkedHashSet<>(texts.named(MAKEFILE).stream().limit(1)
                .map(BuildGuess::make).toList());
        boolean hasMakefile = !all.isEmpty();
        List<String> inC = texts.withCode(Texts.C, MAIN_IN_C);
        List<String> inCpp = texts.withCode(Texts.CPP, MAIN_IN_C);
        List<String> allOfC = texts.named(Texts.C);
        List<String> allOfCpp = texts.named(Texts.CPP);
        List<String> others = Stream.concat(allOfCpp.stream(), allOfC.stream())
                .filter(file -> !inC.contains(file) && !inCpp.contains(file)).toList();
        all.addAll(compiled(CPP_COMPILERS, groups(inCpp, others), texts, program));
        all.addAll(compiled(C_COMPILERS, groups(inC, others.stream().filter(allOfC::contains).toList()), texts,
                program));
        for (String encoding : ENCODINGS) {
            javaGroups(texts).forEach(files -> all.add("javac -nowarn -encoding " + encoding + " -d . "
                    + classPath(texts).map(path -> "-cp " + path + " ").orElse("") + files));
        }
        if (!hasMakefile) {
            all.add(NOTHING);
        }
        return List.copyOf(all);
    }

    /** Of builds of one kind, the first that succeeds counts: the others would make the same program. */
    static String kind(String build) {
        return build.startsWith("javac") ? "javac" : build.replaceFirst("-std=\\S+", "");
    }

    private static String make(String makefile) {
        int slash = makefile.lastIndexOf('/');
        return slash < 0 ? Submission.MAKE : Submission.MAKE + " -C " + Programs.quoted(makefile.substring(0, slash));
    }

    /**
     * Each that has a main with all that have none, and then alone; copies and clients come last.
     */
    private static List<List<String>> groups(List<String> mains, List<String> others) {
        List<List<String>> groups = new ArrayList<>();
        List<String> inOrder = Stream.concat(mains.stream().filter(name -> !OLD.matcher(name).matches()),
                mains.stream().filter(name -> OLD.matcher(name).matches())).toList();
        inOrder.forEach(main -> groups.add(Stream.concat(Stream.of(main), others.stream()).toList()));
        if (!others.isEmpty()) {
            inOrder.forEach(main -> groups.add(List.of(main)));
        }
        return groups;
    }

    private static List<String> compiled(List<String> compilers, List<List<String>> groups, Texts texts,
            String program) {
        String source = String.join("\n", texts.sources());
        String libraries = LIBRARIES.entrySet().stream().filter(one -> one.getKey().matcher(source).find())
                .map(Map.Entry::getValue).sorted().collect(Collectors.joining());
        String headers = texts.named(".*/[^/]*\\.(h|hh|hpp)").stream()
                .map(name -> " -I " + Programs.quoted(name.substring(0, name.lastIndexOf('/')))).distinct()
                .collect(Collectors.joining());
        return groups.stream().flatMap(group -> compilers.stream().map(compiler -> compiler + headers + " -pthread -o "
                + Programs.quoted(program) + " " + Programs.quoted(group) + libraries)).toList();
    }

    /** All, those that need no test library, and each main with what it names. */
    private static List<String> javaGroups(Texts texts) {
        List<String> all = texts.named(Texts.JAVA).stream().filter(name -> !name.endsWith("module-info.java"))
                .toList();
        if (all.isEmpty()) {
            return List.of();
        }
        List<String> groups = new ArrayList<>(List.of(Programs.quoted(all)));
        List<String> withoutTests = all.stream().filter(name -> !texts.files().get(name).contains("org.junit"))
                .toList();
        if (!withoutTests.isEmpty()) {
            groups.add(Programs.quoted(withoutTests));
        }
        texts.withCode(Texts.JAVA, MAIN_IN_JAVA).forEach(main -> groups.add("-sourcepath "
                + Programs.quoted(JavaMain.root(texts, main)) + " " + Programs.quoted(main)));
        return groups;
    }

    private static Optional<String> classPath(Texts texts) {
        return texts.jars().isEmpty() ? Optional.empty()
                : Optional.of(Programs.quoted(".:" + String.join(":", texts.jars())));
    }
}
