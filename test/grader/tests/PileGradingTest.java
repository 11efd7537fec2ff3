package grader.tests;

import static grader.tests.Grader.runs;
import static grader.tests.Grader.script;
import static grader.tests.Grader.seconds;
import static grader.tests.Grader.start;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import support.Await;
import support.Started;

/** The grader as somebody meets it who has a whole class to grade. */
@Order(1)
class PileGradingTest {

    @TempDir
    private Path folder;
    private Path reports;
    private Path temporary;

    @BeforeEach
    void makeFolders() throws IOException {
        reports = Files.createDirectories(folder.resolve("reports"));
        temporary = Files.createDirectories(folder.resolve("temporary"));
    }

    private List<String> grade(Path pile, Map<String, String> more) {
        try (Started grader = start(reports, temporary, pile, more)) {
            assertEquals(0, grader.awaitExit(), () -> grader.lines() + "" + grader.errors());
            assertEquals(List.of(), grader.errors());
            return grader.lines();
        }
    }

    private void inJava(String name) throws IOException {
        Files.writeString(script(folder, name).resolve(name + ".java"), Grader.inJava(name));
    }

    /** Each is started in its own way; what has not changed is not graded again. */
    @Test
    void aClassIsGradedWithOneTableOfSettings() throws IOException {
        inJava("Alice");
        inJava("Bob");
        Path log = folder.resolve("built");
        Path settings = reports.resolve("settings.csv");
        Files.writeString(settings, "\ufefffolder;CMD;remark\r\nBob;java Bob {port};\r\nAlice;java Alice {port};any"
                + "\r\n");
        Map<String, String> all = Map.of("CMD", "", "BUILD", "echo built >> " + log + " && javac *.java",
                "CLAUSE", "U P2.1", "SETTINGS", settings.toString());
        Path pile = folder.resolve("submissions/*");
        List<String> lines = grade(pile, all);
        assertEquals(2, lines.stream().filter(line -> line.matches("4 passed, 0 failed, .*")).count(),
                () -> "" + lines);
        assertEquals(2, lines.stream().filter(line -> line.matches("[12] of 2 submissions.*")).count(),
                () -> "" + lines);
        assertEquals(2, Files.readAllLines(log).size());
        List<String> written = Files.readAllLines(settings);
        assertTrue(written.get(1).startsWith("Alice,echo built"), () -> "" + written);
        assertTrue(written.get(1).contains(",java Alice {port},"), () -> "" + written);
        String page = Files.readString(reports.resolve("summary.html"));

        assertTrue(grade(pile, all).contains("unchanged since graded: 2 of 2 submissions; AGAIN=1 grades all "
                + "again"));
        assertEquals(2, Files.readAllLines(log).size());
        assertEquals(written, Files.readAllLines(settings));
        assertEquals(page, Files.readString(reports.resolve("summary.html")));
    }

    @Test
    void onlyWhatHasChangedIsGradedAgain() throws IOException {
        script(folder, "first", "exit 3");
        Path second = script(folder, "second", "exit 4");
        Path pile = folder.resolve("submissions/*");
        Map<String, String> all = Map.of("CLAUSE", "U4");
        grade(pile, all);
        Path settings = Files.writeString(reports.resolve("settings.csv"), "folder\nfirst\n# corrected\n");
        Files.writeString(second.resolve("run"), "exit 5");
        List<String> lines = grade(pile, all);
        assertTrue(lines.contains("unchanged since graded: 1 of 2 submissions; AGAIN=1 grades all again"),
                () -> "" + lines);
        assertTrue(lines.stream().anyMatch(line -> line.contains("it has ended with exit status 5")), () -> "" + lines);
        assertFalse(lines.contains("first: sh run {port} {name}"), () -> "" + lines);
        assertTrue(lines.stream().anyMatch(line -> line.matches("first +0 +4 .*U4\\.1")), () -> "" + lines);
        assertTrue(Files.readString(reports.resolve("settings.old.csv")).contains("corrected"), "somebody's work");
        assertFalse(Files.readString(settings).contains("corrected"));
        assertTrue(grade(second, all).contains("second: sh run {port} {name}"), "one alone is always graded");
        assertTrue(grade(pile, Map.of("CLAUSE", "U4", "AGAIN", "1")).containsAll(List.of("first: sh run {port} {name}",
                "second: sh run {port} {name}")), "if it is wanted, all are graded again");
    }

    @Test
    void aMistakeInTheTableOfSettingsLosesNothing() throws IOException {
        script(folder, "first", "exit 3");
        script(folder, "second", "exit 3");
        Path settings = reports.resolve("settings.csv");
        for (String rows : List.of("third,", "second,./a.out 5000")) {
            Files.writeString(settings, "folder,CMD\n" + rows + "\n");
            try (Started grader = start(reports, temporary, folder.resolve("submissions/*"),
                    Map.of("SETTINGS", settings.toString()))) {
                assertEquals(2, grader.awaitExit());
                assertEquals(1, grader.errors().size(), () -> "" + grader.errors());
                assertTrue(grader.errors().get(0).startsWith("grade: " + settings + ":2: "), grader.errors().get(0));
            }
            assertEquals("folder,CMD\n" + rows + "\n", Files.readString(settings));
        }
    }

    /** It may be handed in again, and then the row is wanted. */
    @Test
    void theRowOfASubmissionThatIsRefusedIsKeptAndDoesNoHarm() throws IOException {
        script(folder, "first", "exit 3");
        Files.writeString(folder.resolve("submissions/second.zip"), "no archive");
        Path settings = Files.writeString(reports.resolve("settings.csv"),
                "folder,BUILD,CMD\nsecond,make all,./chat 5000\nfirst,,sh run {port}\n");
        try (Started grader = start(reports, temporary, folder.resolve("submissions/*"),
                Map.of("CLAUSE", "U4", "SETTINGS", settings.toString()))) {
            assertEquals(1, grader.awaitExit());
            assertEquals(1, grader.errors().size(), () -> "" + grader.errors());
            assertEquals("grade: second was not graded: second.zip: there is no file in it", grader.errors().get(0));
        }
        List<String> written = Files.readAllLines(settings);
        assertEquals("first,,sh run {port},,,,,,,,,,", written.get(1));
        assertTrue(written.get(2).startsWith("second,make all,./chat 5000,,,,,,,,,,second.zip: "),
                () -> "" + written);
    }

    @Test
    void whatCannotBeFoundOutIsARemark() throws IOException {
        script(folder, "first", "exit 3");
        Files.writeString(Files.createDirectories(folder.resolve("submissions/second")).resolve("notes"), "none\n");
        Path settings = Files.writeString(folder.resolve("given.csv"), "folder,CMD\nfirst,sh run {port}\n");
        try (Started grader = start(reports, temporary, folder.resolve("submissions/*"),
                Map.of("CMD", "", "CLAUSE", "U4", "SETTINGS",
                settings.toString()))) {
            assertEquals(1, grader.awaitExit());
            assertEquals(1, grader.errors().size(), () -> "" + grader.errors());
        }
        List<String> written = Files.readAllLines(reports.resolve("settings.csv"));
        assertEquals("first,,sh run {port},,,,,,,,,,", written.get(1));
        assertTrue(written.get(2).matches("second,{12}[^,].*"), written.get(2));
        assertTrue(Files.readString(reports.resolve("summary.html")).contains("1 of 2 submissions graded"));
    }

    @Test
    void interruptedItLeavesATableOfWhatIsDone() throws IOException {
        script(folder, "first", "exit 3");
        script(folder, "second", "exec sleep " + seconds(66));
        try (Started grader = start(reports, temporary, folder.resolve("submissions/*"),
                Map.of("CLAUSE", "U4", "JOBS", "1"))) {
            Await.until(() -> runs(seconds(66)), () -> "it does not start: " + grader.lines() + grader.errors());
            grader.signal("INT");
            grader.awaitExit();
            assertTrue(grader.lines().contains("interrupted after 1 of 2 submissions: see "
                    + reports.resolve("summary.html") + "; the same command goes on with the others"),
                    () -> "" + grader.lines());
            assertFalse(runs(seconds(66)));
        }
        List<String> csv = Files.readAllLines(reports.resolve("summary.csv"));
        assertTrue(csv.get(1).startsWith("first,0,4,"), () -> "" + csv);
        assertTrue(csv.get(2).matches("second,+not graded yet"), () -> "" + csv);
        assertTrue(Files.readString(reports.resolve("summary.html")).contains("1 of 2 submissions graded"));
        assertTrue(Files.exists(reports.resolve("first/report.html")));
        assertFalse(Files.exists(reports.resolve("second")));
    }

    /** On loopback a process can hide whose it is. */
    @Test
    void whatOneSubmissionHidesIsNoBurdenForTheNext() throws IOException {
        script(folder, "first",
                "env -i setsid sleep " + seconds(65) + " </dev/null >/dev/null 2>&1 &", "sleep 1; exit 3");
        script(folder, "second",
                "grep -s -a -l '[6]5.*" + ProcessHandle.current().pid() + "' /proc/[0-9]*/cmdline", "exit 4");
        List<String> lines = grade(folder.resolve("submissions/*"), Map.of("CLAUSE", "U4", "JOBS", "1", "NETWORK",
                "loopback"));
        assertTrue(lines.stream().anyMatch(line -> line.contains("it has ended with exit status 4")), () -> "" + lines);
        assertFalse(lines.stream().anyMatch(line -> line.contains("/cmdline")), () -> String.join("\n", lines));
    }
}
