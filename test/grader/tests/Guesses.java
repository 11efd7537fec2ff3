package grader.tests;

import grader.Grading;
import grader.Turns;
import grader.pile.Guess;
import grader.pile.Handed;
import grader.pile.Pile;
import grader.pile.Unclear;
import grader.tests.GuessSamples.Sample;
import grader.trial.Lab;
import grader.trial.Settings;
import grader.verdict.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import support.Session;

/**
 * Finds out how submissions are built and started, and grades with that what is fundamental. A line for each.
 * Arguments: {@code samples} for all of {@link GuessSamples}, {@code short} for a few of them, or a folder of other
 * submissions, or a pattern; then settings such as TIMEOUT=5.
 */
public final class Guesses {

    static final String AS_EXPECTED = "as expected";
    static final String SKIPPED = "not tried";
    private static final String CLAUSES = "U P2.1";

    private final Lab lab;

    private Guesses(Lab lab) {
        this.lab = lab;
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> given = List.of(arguments).subList(1, arguments.length).stream()
                .map(setting -> setting.split("=", 2)).collect(Collectors.toMap(one -> one[0], one -> one[1]));
        try (Lab lab = Lab.open()) {
            Guesses guesses = new Guesses(lab);
            if (List.of("samples", "short").contains(arguments[0])) {
                for (Sample sample : GuessSamples.all()) {
                    if (sample.isQuick() || arguments[0].equals("samples")) {
                        System.out.println(sample.name() + ": " + guesses.tryOut(sample));
                    }
                }
            } else {
                for (Handed one : Pile.of(arguments[0], lab.newFolder("pile")).handed()) {
                    System.out.println(one.name() + ": " + guesses.tryOut(one, given));
                }
            }
        }
        System.exit(0);
    }

    private String tryOut(Sample sample) throws IOException {
        if (!sample.tool().isEmpty() && !Session.isOnPath(sample.tool())) {
            return SKIPPED + ": it needs " + sample.tool();
        }
        Path folder = lab.newFolder("sample");
        for (Map.Entry<String, String> file : sample.files().entrySet()) {
            Path place = folder.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.writeString(place, file.getValue());
        }
        Map<String, String> given = new HashMap<>(Map.of("TIMEOUT", "5"));
        given.putAll(sample.given());
        String seen = tryOut(new Handed(sample.name(), folder), given);
        boolean isBuilt = !sample.name().equals("does not compile");
        String expected = sample.expected().isEmpty() ? "unclear" : new TreeMap<>(sample.expected()) + (isBuilt
                ? " passed" : " failed");
        return seen.startsWith(expected) ? AS_EXPECTED : seen + ", expected " + expected;
    }

    private String tryOut(Handed one, Map<String, String> given) throws IOException {
        long start = System.nanoTime();
        try {
            Map<String, String> all = new HashMap<>();
            given.forEach((name, value) -> all.put(Settings.PREFIX + name, value));
            Optional<String> whyNoHosts = Grading.whyNoHosts(Settings.common(all), lab);
            Map<String, String> found = Guess.complete(one, Map.copyOf(all), whyNoHosts.isEmpty(), lab);
            long seconds = Math.round((System.nanoTime() - start) / 1e9);
            all.putAll(found);
            all.put(Settings.PREFIX + "CLAUSE", CLAUSES);
            Report report = Grading.grade(one, Settings.from(all), whyNoHosts, lab,
                    Turns.of(Optional.empty(), 1, 1));
            Map<String, String> shown = new TreeMap<>();
            found.forEach((name, value) -> shown.put(name.substring(Settings.PREFIX.length()), value));
            given.keySet().forEach(shown::remove);
            List<String> lost = report.results().stream().filter(result -> result.score() < result.most())
                    .map(result -> result.what().number() + " " + result.seen()).toList();
            return shown + (lost.isEmpty() ? " passed" : " failed " + lost) + " (" + seconds + " s)";
        } catch (Unclear e) {
            return "unclear: " + e.getMessage();
        }
    }
}
