package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import grader.report.CommandLine;
import grader.report.Gradescope;
import grader.report.HtmlReport;
import grader.report.JUnitXml;
import grader.report.PlainText;
import grader.report.ReportFiles;
import grader.verdict.Case;
import grader.verdict.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** results.json, and that the files are written. */
class GradescopeTest {

    private static final String COMMAND_LINE = "make -C ../peerchat grade DIR=\"$PWD\" CMD='./peer {port} {table}'";
    private static final Gradescope GRADESCOPE = new Gradescope(Set.of(), COMMAND_LINE);

    private static JsonObject json(Report report) {
        return json(report, Set.of());
    }

    private static JsonObject json(Report report, Set<Case> hidden) {
        JsonObject json = JsonParser.parseString(new Gradescope(hidden, COMMAND_LINE).json(report)).getAsJsonObject();
        GradescopeFormat.assertValid(json);
        return json;
    }

    private static JsonObject test(JsonObject json, Case what) {
        return json.getAsJsonArray("tests").asList().stream().map(JsonElement::getAsJsonObject)
                .filter(test -> test.get("number").getAsString().equals(what.number())).findFirst().orElseThrow();
    }

    @Test
    void theTopLevelIsTheScore() {
        JsonObject json = json(MadeUpReports.mixed());
        assertEquals(Set.of("score", "execution_time", "output", "output_format", "visibility", "stdout_visibility",
                "tests"), json.keySet());
        assertEquals(MadeUpReports.mixed().score() * 100.0 / MadeUpReports.mixed().most(),
                json.get("score").getAsDouble(), 0.005);
        assertEquals("253", json.get("execution_time").toString());
        assertEquals("text", json.get("output_format").getAsString());
        assertEquals("visible", json.get("visibility").getAsString());
        String counts = Case.values().length - 5 + " passed, 3 failed, 2 not graded; ";
        assertEquals(counts + "score " + MadeUpReports.scoreOfMixed() + "; on Gradescope this is " + json.get("score")
                + " of 100" + """

                not counted: R7
                failed, look here first: D4.1 a message is shown while a line is half typed; P3.2.2 the second message \
                uses the client socket of the first; R8 Ctrl-C leaves no process behind
                to try it in your own folder, with the grader of your course in ../peerchat: \
                make -C ../peerchat grade DIR="$PWD" CMD='./peer {port} {table}'
                run with: ./peer {port} {table}
                built with: make -C {folder}
                network: each user had a machine""", json.get("output").getAsString());
    }

    /** Gradescope has one total for a class: what luck or a missing setting takes out must not lower a score. */
    @Test
    void theScoreIsOneOfAllPoints() {
        assertEquals("100", json(MadeUpReports.good()).get("score").toString());
        assertFalse(json(MadeUpReports.good()).get("output").getAsString().contains("Gradescope"));
        assertEquals("0", json(MadeUpReports.unbuilt()).get("score").toString());
        assertEquals("0", json(MadeUpReports.withoutResults()).get("score").toString());
        JsonObject uncounted = json(MadeUpReports.uncounted(Case.values()));
        assertEquals("0", uncounted.get("score").toString());
        assertTrue(uncounted.get("output").getAsString().contains("score 0 of 0; on Gradescope this is 0 of 100\n"));
        assertEquals("100", json(MadeUpReports.uncounted(Case.CLOSES_IDLE, Case.NOT_BEFORE)).get("score").toString());
    }

    @Test
    void theTestsAddUpToTheScore() {
        for (Report report : List.of(MadeUpReports.good(), MadeUpReports.mixed(), MadeUpReports.unbuilt(),
                MadeUpReports.hostile())) {
            JsonObject json = json(report);
            assertEquals(Case.values().length, json.getAsJsonArray("tests").size());
            assertEquals(report.score(), json.getAsJsonArray("tests").asList().stream()
                    .mapToInt(test -> test.getAsJsonObject().get("score").getAsInt()).sum());
            assertEquals(100, json.getAsJsonArray("tests").asList().stream()
                    .mapToInt(test -> test.getAsJsonObject().get("max_score").getAsInt()).sum());
        }
    }

    @Test
    void eachTestHasItsVerdict() {
        JsonObject json = json(MadeUpReports.mixed());
        JsonObject passed = test(json, Case.BUILDS);
        assertEquals(Set.of("score", "max_score", "status", "name", "name_format", "number", "output", "output_format",
                "visibility"), passed.keySet());
        assertEquals("passed", passed.get("status").getAsString());
        assertEquals("it builds", passed.get("name").getAsString());
        assertEquals(Case.BUILDS.points(), passed.get("score").getAsInt());
        assertEquals("failed", test(json, Case.REUSES).get("status").getAsString());
        JsonObject notGraded = test(json, Case.IDLE_CPU);
        assertEquals("with nothing to do it uses less than 5 % of a core", notGraded.get("name").getAsString());
        assertFalse(notGraded.has("status"));
        assertEquals(Case.IDLE_CPU.points(), notGraded.get("max_score").getAsInt());
        assertEquals("not graded and not counted: the machine was too busy: its load was 17.2",
                notGraded.get("output").getAsString());
        assertTrue(test(json, Case.CLOSES_IDLE).get("output").getAsString().startsWith("not graded: P3.2.2 failed"));
        assertEquals(Case.CLOSES_IDLE.points(), test(json, Case.CLOSES_IDLE).get("max_score").getAsInt());
    }

    @Test
    void aFailureShowsItsConsoles() {
        assertEquals("""
                expected: one connection from alice to bob for both messages
                seen: two: the first was closed 0.1 s after the first message
                to try it in your own folder, with the grader of your course in ../peerchat: \
                make -C ../peerchat grade DIR="$PWD" CMD='./peer {port} {table}' CLAUSE=P3.2.2

                console of alice: ./peer 5000
                    0.04   listening on 5000
                    0.31 > bob/hello
                    0.35   connected to bob
                    2.50 > bob/again

                console of bob: ./peer 5001
                    0.06   listening on 5001
                    0.36   alice: hello
                    2.55   alice: again
                    4.00 * ended with 1
                """, test(json(MadeUpReports.mixed()), Case.REUSES).get("output").getAsString());
    }

    /** Before the due date neither their verdicts nor the score, from which these could be guessed. */
    @Test
    void hiddenCasesAreShownLater() {
        JsonObject json = json(MadeUpReports.mixed(), Set.of(Case.REUSES, Case.IDLE_CPU));
        assertEquals("after_due_date", test(json, Case.REUSES).get("visibility").getAsString());
        assertEquals("visible", test(json, Case.INTERRUPT).get("visibility").getAsString());
        assertEquals(json(MadeUpReports.mixed()).get("score"), json.get("score"));
        String output = json.get("output").getAsString();
        assertTrue(output.startsWith(Case.values().length - 5 + " passed, 2 failed, 1 not graded; score "), output);
        assertTrue(output.contains("\nshown after the due date: P3.2.2, R7\n"), output);
        for (String part : List.of("on Gradescope", "not counted", "uses the client socket")) {
            assertFalse(output.contains(part), output);
        }
    }

    @Test
    void aRefusalIsNoPointsAndTheFailureOfTheGraderIsNone() {
        JsonObject refusal = JsonParser.parseString(GRADESCOPE.refusal("it is empty\u001b")).getAsJsonObject();
        GradescopeFormat.assertValid(refusal);
        assertEquals(0, refusal.get("score").getAsInt());
        assertTrue(refusal.get("output").getAsString().startsWith(
                "This submission cannot be graded: it is empty\\x1b.\n"), () -> "" + refusal);
        assertFalse(JsonParser.parseString(Gradescope.graderFailed()).getAsJsonObject().has("score"));
    }

    @Test
    void theStudentsCommandLineHasWhatChangesTheTrials() {
        assertEquals("make -C ../peerchat grade DIR=\"$PWD\" "
                        + "CMD='./a.out {port} '\\''x'\\''' TIMEOUT=5 TABLE=\"$PWD\"/table.txt",
                CommandLine.of(Map.of("GRADE_CMD", "./a.out {port} 'x'", "GRADE_TIMEOUT", "5", "GRADE_TABLE",
                "/autograder/source/GRADE_TABLE/table.txt", "GRADE_LIMIT", "9", "GRADE_DIR", "/autograder",
                "GRADE_QUIT", "")));
    }

    @Test
    void aRefusalTakesThePlaceOfAReport(@TempDir Path folder) throws IOException {
        ReportFiles.write(MadeUpReports.good(), GRADESCOPE, folder);
        ReportFiles.writeRefusal("it is empty", GRADESCOPE, folder);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of("results.json"), files.map(file -> file.getFileName().toString()).toList());
        }
        assertEquals(GRADESCOPE.refusal("it is empty"), Files.readString(folder.resolve("results.json")));
    }

    @Test
    void hostileTextComesThroughVisibly() {
        String text = GRADESCOPE.json(MadeUpReports.hostile());
        assertTrue(text.contains("<script>"), "escaped for HTML, which nobody asked for");
        String output = test(json(MadeUpReports.hostile()), Case.UTF_8).get("output").getAsString();
        for (String part : List.of(MadeUpReports.SCRIPT, MadeUpReports.ENDS, MadeUpReports.EMOJI,
                MadeUpReports.RIGHT_TO_LEFT, MadeUpReports.CONTROLS_VISIBLE, MadeUpReports.LONG)) {
            assertTrue(output.contains(part), part);
        }
        assertEquals(output, PlainText.visible(output));
    }

    @Test
    void allFilesAreWrittenAndNothingElse(@TempDir Path folder) throws IOException {
        Path made = folder.resolve("a/b");
        for (Report report : List.of(MadeUpReports.mixed(), MadeUpReports.hostile())) {
            ReportFiles.write(report, GRADESCOPE, made);
            assertEquals(GRADESCOPE.json(report), Files.readString(made.resolve("results.json")));
            assertEquals(JUnitXml.xml(report), Files.readString(made.resolve("junit.xml")));
            assertEquals(HtmlReport.page(report, COMMAND_LINE), Files.readString(made.resolve("report.html")));
            try (Stream<Path> files = Files.list(made)) {
                assertEquals(Set.of("results.json", "junit.xml", "report.html"),
                        files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
            }
        }
    }
}
