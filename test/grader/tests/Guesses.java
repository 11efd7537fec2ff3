package grader.tests;

import grader.Grading;
import grader.pile.Guess;
import grader.pile.Handed;
import grader.pile.Pile;
import grader.pile.Unclear;
import grader.trial.Lab;
import grader.trial.Network;
import grader.trial.Settings;
import grader.verdict.Report;
import grader.verdict.Result;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds out how submissions are built and started, and grades what is fundamental with that. A line for each. Arguments:
 * the folder of the submissions, or a pattern; then settings such as TIMEOUT=5.
 */
public final class Guesses {

    private Guesses() {
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> given = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            given.put(Settings.PREFIX + setting[0], setting[1]);
        }
        for (Handed one : Pile.of(arguments[0])) {
            try (Lab lab = Lab.open()) {
                System.out.println(one.name() + ": " + tryOut(one, given, lab));
            }
        }
    }

    private static String tryOut(Handed one, Map<String, String> given, Lab lab) throws IOException {
        long start = System.nanoTime();
        try {
            Map<String, String> found = Guess.complete(one, given, lab);
            long seconds = Math.round((System.nanoTime() - start) / 1e9);
            Map<String, String> all = new HashMap<>(found);
            all.put(Settings.PREFIX + "CLAUSE", "U P2.1");
            Optional<String> whyNoHosts = Network.whyNoHosts(lab);
            Report report = Grading.grade(one, Settings.from(all), whyNoHosts, lab, count -> { });
            Map<String, String> shown = new TreeMap<>();
            found.forEach((name, value) -> shown.put(name.substring(Settings.PREFIX.length()), value));
            given.keySet().forEach(name -> shown.remove(name.substring(Settings.PREFIX.length())));
            return shown + " " + report.results().stream().map(result -> result.what().number() + " "
                    + result.verdict()).collect(Collectors.joining(", ")) + " (" + seconds + " s)"
                    + report.results().stream().map(Result::seen).filter(seen -> !seen.isEmpty()).limit(1).toList();
        } catch (Unclear e) {
            return "unclear: " + e.getMessage();
        }
    }
}
