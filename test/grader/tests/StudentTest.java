package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import support.Started;
import support.TestTerminal;
import support.Twin;

/** The grader as a student meets it, who wants to see the own program fail. */
class StudentTest {

    @TempDir
    private Path folder;
    private Path reports;
    private Path temporary;
    private Path submission;

    @BeforeEach
    void makeFolders() throws IOException {
        reports = folder.resolve("reports");
        temporary = Files.createDirectories(folder.resolve("temporary"));
        submission = Files.createDirectories(folder.resolve("mine"));
    }

    private void write(String script) throws IOException {
        Files.writeString(submission.resolve("run"), script + "\n");
    }

    /** Two messages that come together are none, as it seems: sed changes how they are shown. */
    @Test
    void theConsolesAreShownWhileItHappens() throws IOException {
        Path twin = Path.of(System.getProperty("peerchat.twin"));
        assumeTrue(Files.isExecutable(twin), Twin.IS_MISSING);
        Files.copy(twin, submission.resolve("chat_server"));
        write("./chat_server \"$1\" users.txt | sed -u 's/alice: the-kettle-004/alice! the-kettle-004/'");
        try (Started grader = Grader.grade(reports, temporary, Map.of("DIR", submission.toString(), "CMD",
                "sh run {port}", "CLAUSE", "P2.3", "SHOW", "1"))) {
            assertEquals(0, grader.awaitExit(), () -> "" + grader.errors());
            assertInOrder(grader.lines(), "mine: sh run \\{port}",
                    "needed first: U4.1 .*: passed", "needed first: P3.3.2 .*: passed",
                    "P2.3 two quick messages are shown separately", "  bob's program is stopped until .*",
                    " +[0-9.]+ alice \\* started: sh run [0-9]+", " +[0-9.]+ bob   \\* started: sh run [0-9]+",
                    " +[0-9.]+ alice > bob/the-kettle-001-is-on", " +[0-9.]+ bob     alice: the-kettle-001-is-on",
                    " +[0-9.]+ bob   \\* stopped .*", " +[0-9.]+ alice > bob/the-kettle-004-is-on",
                    " +[0-9.]+ bob   \\* goes on .*", " +[0-9.]+ bob     alice! the-kettle-004-is-on",
                    "  × P2.3 .*", " +expected: .*", " +seen: .*", "0 passed, 1 failed, 0 not graded; score 0 of 4",
                    "the page for the student, .*: " + reports.toAbsolutePath() + "/mine/report.html");
            assertTrue(grader.lines().stream().noneMatch(line -> line.contains("SIGKILL")), "the grader's own doing");
        }
    }

    @Test
    void onATerminalTheConsolesHaveColumns() throws IOException {
        write("echo 'two  blanks'; exit 3");
        try (TestTerminal terminal = gradeOnTerminal("GRADE_SHOW=1", "GRADE_CLAUSE=U4")) {
            terminal.awaitRow(row -> row.startsWith("the page for the student"));
            assertInOrder(terminal.rows(), "          alice", " +[0-9.]+ \\* started: sh run [0-9]+",
                    " +[0-9.]+   two  blanks", " +[0-9.]+ \\* it has ended with exit status 3", " *× U4.1.*");
        }
    }

    /** U3.1 is judged at once, and whether it listens only after a while. */
    @Test
    void howFarItIsCountsOnlyWhatWasAskedFor() throws IOException {
        write("exec sleep 100");
        try (TestTerminal terminal = gradeOnTerminal("GRADE_CLAUSE=U3 U4")) {
            terminal.awaitRow((submission + ": 1 of 2 cases")::equals);
            terminal.awaitRow(row -> row.startsWith("the page for the student"));
        }
    }

    private TestTerminal gradeOnTerminal(String... variables) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "TMPDIR=" + temporary, "GRADE_CMD=sh run {port}",
                "GRADE_DIR=" + submission));
        command.addAll(List.of(variables));
        command.addAll(Grader.builder(reports, temporary, Map.of(), Map.of()).command());
        return TestTerminal.Kind.EMULATED.run(160, command);
    }

    /** Each of these patterns matches a line behind that of the one before. */
    private static void assertInOrder(List<String> lines, String... patterns) {
        int at = 0;
        for (String pattern : patterns) {
            while (at < lines.size() && !lines.get(at).matches(pattern)) {
                at++;
            }
            assertTrue(at++ < lines.size(), () -> pattern + " is not there, or not there yet: "
                    + String.join("\n", lines));
        }
    }

    /** With make -C a student's "." is the folder that make has gone to. */
    @Test
    void theGradersOwnFolderIsNoSubmission() {
        try (Started grader = Grader.grade(reports, temporary, Map.of("DIR", ".", "CMD", "./a.out {port}"))) {
            assertEquals(2, grader.awaitExit());
            assertEquals(List.of("grade: DIR=. is the grader's own folder, where make -C goes first: give yours in "
                    + "full, DIR=\"$PWD\""), grader.errors());
        }
    }
}
