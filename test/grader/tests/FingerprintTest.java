package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import grader.pile.Fingerprint;
import grader.pile.Handed;
import grader.pile.Pile;
import grader.report.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as a change, after which a submission is graded again; and what is kept of the grading before. */
class FingerprintTest {

    private static final Map<String, String> SETTINGS = Map.of("GRADE_CMD", "./a.out {port}");

    @TempDir
    private Path folder;
    private Path submission;

    @BeforeEach
    void writeSubmission() throws IOException {
        submission = Files.createDirectories(folder.resolve("alice"));
        Files.writeString(submission.resolve("chat.c"), "int main() {}");
        Files.createDirectories(submission.resolve("sub"));
    }

    private String print(Map<String, String> settings, String grader) {
        try {
            return Fingerprint.of(new Handed("alice", submission), settings, grader);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String print() {
        return print(SETTINGS, "1");
    }

    private interface Change {
        void make() throws IOException;
    }

    @Test
    void everyChangeOfTheFilesIsSeen() throws IOException {
        Path program = submission.resolve("chat.c");
        List<Change> changes = List.of(() -> Files.writeString(program, "int main() { }"),
                () -> Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------")),
                () -> Files.move(program, submission.resolve("server.c")),
                () -> Files.move(submission.resolve("server.c"), submission.resolve("sub/server.c")),
                () -> Files.createFile(submission.resolve(".empty")),
                () -> Files.createSymbolicLink(submission.resolve("link"), Path.of("one")),
                () -> Files.delete(submission.resolve("link")),
                () -> Files.createSymbolicLink(submission.resolve("link"), Path.of("two")),
                () -> Files.createDirectory(submission.resolve("more")));
        String before = print();
        for (int i = 0; i < changes.size(); i++) {
            changes.get(i).make();
            String after = print();
            assertNotEquals(before, after, "change " + i);
            before = after;
        }
    }

    /** The table of a program often lies beside the folder with its sources. */
    @Test
    void whateverWasHandedInCounts() throws IOException {
        Path handed = Files.createDirectories(folder.resolve("subs/anna/src"));
        Files.writeString(handed.resolve("chat.c"), "int main() {}");
        Path table = Files.writeString(handed.resolveSibling("users.txt"), "ann 127.0.0.1 5000");
        MadeArchive.zip(folder.resolve("subs/bob.zip"), MadeArchive.zipped("src/chat.c", ""),
                MadeArchive.zipped("users.txt", "ann 127.0.0.1 5000"));
        List<String> before = prints("subs/*");
        String ofSources = prints("subs/*/src").get(0);
        Files.writeString(table, "ann,127.0.0.1,5000");
        assertNotEquals(before.get(0), prints("subs/*").get(0));
        assertNotEquals(ofSources, prints("subs/*/src").get(0));
        assertEquals(before.get(1), prints("subs/*").get(1));
        MadeArchive.zip(folder.resolve("subs/bob.zip"), MadeArchive.zipped("src/chat.c", ""),
                MadeArchive.zipped("users.txt", "ann,127.0.0.1,5000"));
        assertNotEquals(before.get(1), prints("subs/*").get(1));
    }

    private List<String> prints(String wish) throws IOException {
        List<String> prints = new ArrayList<>();
        for (Handed one : Pile.of(folder.resolve(wish).toString(), folder.resolve("reports")).handed()) {
            assertEquals(one.folder().getFileName(), Path.of("src"));
            prints.add(Fingerprint.of(one, SETTINGS, "1"));
        }
        return prints;
    }

    /** It is told when the submission is graded. */
    @Test
    void aFileThatCannotBeReadIsNoFault() throws IOException {
        String before = print();
        Path secret = Files.writeString(submission.resolve("secret"), "x");
        Files.setPosixFilePermissions(secret, Set.of());
        assumeFalse(Files.isReadable(secret), "root can read every file");
        assertNotEquals(before, print());
        Files.setPosixFilePermissions(Files.createDirectories(submission.resolve("closed")), Set.of());
        assertNotEquals(before, print());
    }

    @Test
    void timesAndHistoryAreNoChange() throws IOException {
        String before = print();
        Files.setLastModifiedTime(submission.resolve("chat.c"), FileTime.fromMillis(0));
        Files.writeString(Files.createDirectories(submission.resolve(".git")).resolve("HEAD"), "x");
        assertEquals(before, print());
    }

    @Test
    void settingsCountUnlessTheyChangeNoVerdict() throws IOException {
        String before = print();
        assertNotEquals(before, print(SETTINGS, "2"));
        assertNotEquals(before, print(Map.of("GRADE_CMD", "./b.out {port}"), "1"));
        assertNotEquals(before, print(Map.of("GRADE_CMD", "./a.out {port}", "GRADE_TIMEOUT", "5"), "1"));
        assertEquals(before, print(Map.of("GRADE_CMD", "./a.out {port}", "GRADE_TIMEOUT", "", "GRADE_JOBS", "2",
                "GRADE_STRICT", "1", "GRADE_AGAIN", "1", "GRADE_DIR", "x", "GRADE_SETTINGS", "y"), "1"));
        Path weights = Files.writeString(folder.resolve("weights"), "P2.1 5");
        Map<String, String> weighted = Map.of("GRADE_CMD", "./a.out {port}", "GRADE_WEIGHTS", weights.toString());
        before = print(weighted, "1");
        Files.writeString(weights, "P2.1 6");
        assertNotEquals(before, print(weighted, "1"));
    }

    @Test
    void theGraderIsKnownByItsClassesAndItsConditions() throws IOException {
        String grader = Fingerprint.ofGrader(Fingerprint.class, "hosts");
        assertEquals(grader, Fingerprint.ofGrader(Fingerprint.class, "hosts"));
        assertNotEquals(grader, Fingerprint.ofGrader(Fingerprint.class, "loopback"));
        assertNotEquals(grader, Fingerprint.ofGrader(Test.class, "hosts"));
    }

    @Test
    void aLinkToASubmissionIsThatSubmission() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), submission);
        assertEquals(print(), Fingerprint.of(new Handed("alice", link), SETTINGS, "1"));
        assertThrows(IOException.class, () -> Fingerprint.of(new Handed("x", folder.resolve("none")), SETTINGS, "1"));
    }

    /** All that the tables of a class show. */
    @Test
    void whatIsKeptIsReadAgain() throws IOException {
        Path reports = Files.createDirectories(folder.resolve("reports"));
        Kept kept = new Kept(List.of("1a", "2b"), SETTINGS, MadeUpReports.hostile());
        kept.write(reports);
        assertEquals(Optional.empty(), Kept.read(reports, "1a"), "its page is not there");
        Files.createFile(reports.resolve("report.html"));
        assertEquals(Optional.of(kept), Kept.read(reports, "1a"));
        assertEquals(Optional.of(kept), Kept.read(reports, "2b"));
        assertEquals(MadeUpReports.hostile().withoutConsoles(), Kept.read(reports, "2b").orElseThrow().report());
        assertEquals(Optional.empty(), Kept.read(reports, "3c"));
        Files.writeString(reports.resolve("graded.json"), "{\"fingerprints\": [\"1a\"");
        assertEquals(Optional.empty(), Kept.read(reports, "1a"));
    }
}
