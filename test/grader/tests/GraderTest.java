package grader.tests;

import static grader.tests.Grader.hasArgument;
import static grader.tests.Grader.runs;
import static grader.tests.Grader.script;
import static grader.tests.Grader.seconds;
import static grader.tests.Grader.start;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import support.Await;
import support.Networks;
import support.Ports;
import support.Session;
import support.Started;
import support.Twin;

/** The grader as a teacher meets it: what is asked of it, what it leaves, and submissions that mean harm. */
@Order(1)
class GraderTest {

    private static final String TWIN = "chat_server";
    private static final int CAP_SYS_ADMIN = 21;
    private static final String ALL_USERS = "4294967295";

    @TempDir
    private Path folder;
    private Path reports;
    private Path temporary;

    @BeforeEach
    void makeFolders() throws IOException {
        reports = folder.resolve("reports");
        temporary = Files.createDirectories(folder.resolve("temporary"));
    }

    /** A submission that is a shell script around the twin, which lies beside it. */
    private Path aroundTwin(String name, String... lines) throws IOException {
        Path twin = Path.of(System.getProperty("peerchat.twin"));
        assumeTrue(Files.isExecutable(twin), Twin.IS_MISSING);
        Path submission = script(folder, name, lines);
        Files.copy(twin, submission.resolve(TWIN));
        return submission;
    }

    private List<String> grade(int status, Path submission, Map<String, String> more) {
        try (Started grader = start(reports, temporary, submission, more)) {
            assertEquals(status, grader.awaitExit(), () -> grader.lines() + "" + grader.errors());
            assertEquals(List.of(), grader.errors());
            assertNothingIsLeft();
            return grader.lines();
        }
    }

    private void assertNothingIsLeft() {
        try (Stream<Path> files = Files.list(temporary)) {
            // JNA unpacks its library there, and takes it away with the next start.
            assertEquals(List.of(), files.filter(file -> !file.getFileName().toString().startsWith("jna")).toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertMark(List<String> lines, String mark, String number) {
        assertTrue(lines.stream().anyMatch(line -> line.matches(" *" + mark + " " + number + " .*")),
                () -> mark + " " + number + ": " + String.join("\n", lines));
    }

    @Test
    void saysWhatIsWrongWithTheSettings() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("notes"));
        Files.writeString(empty.resolve("notes.txt"), "it works\n");
        try (Started grader = Grader.grade(reports, temporary, Map.of("DIR", empty.toString()))) {
            assertEquals(2, grader.awaitExit());
            assertEquals(List.of("grade: found nothing to build or to start: no Makefile, no main in C, C++ "
                    + "or Java, no Python, no file with #! at its beginning; give BUILD and CMD (for a class: in "
                    + "settings.csv)"),
                    grader.errors());
        }
        try (Started grader = Grader.grade(reports, temporary, Map.of("DIR", folder.resolve("none*") + "", "CMD",
                "{port}"))) {
            assertEquals(2, grader.awaitExit());
            assertEquals(List.of("grade: DIR=" + folder.resolve("none*") + ": no folder or archive is there"),
                    grader.errors());
        }
        try (Started grader = Grader.grade(reports, temporary, Map.of("DIR", folder.resolve("{a") + "", "CMD",
                "{port}"))) {
            assertEquals(2, grader.awaitExit());
            assertEquals(1, grader.errors().size(), () -> "" + grader.errors());
            assertTrue(grader.errors().get(0).endsWith("; a pattern looks like submissions/*"), grader.errors().get(0));
        }
    }

    @Test
    void aFailedCaseIsAnErrorOnlyIfThatIsWanted() throws IOException {
        Path silent = script(folder, "silent", "exit 3");
        List<String> lines = grade(0, silent, Map.of());
        assertMark(lines, "×", "U4\\.1");
        assertTrue(lines.stream().anyMatch(line -> line.contains("it has ended with exit status 3")), () -> "" + lines);
        assertMark(lines, "-", "P2\\.1");
        grade(1, silent, Map.of("STRICT", "1"));
        JsonObject results = JsonParser.parseString(Files.readString(reports.resolve("silent/results.json")))
                .getAsJsonObject();
        assertEquals(0, results.get("score").getAsInt());
        assertTrue(Files.readString(reports.resolve("silent/report.html")).contains("it has ended with exit status 3"));
        assertTrue(Files.readString(reports.resolve("silent/junit.xml")).contains("it has ended with exit status 3"));
    }

    @Test
    void severalSubmissionsHaveASummary() throws IOException {
        script(folder, "first", "exit 3");
        script(folder, "second", "exit 4");
        List<String> lines = grade(0, folder.resolve("submissions").resolve("*"), Map.of());
        assertTrue(lines.stream().anyMatch(line -> line.matches("first +0 +90 .*U4\\.1")), () -> "" + lines);
        assertTrue(lines.stream().anyMatch(line -> line.matches("second +0 +90 .*U4\\.1")), () -> "" + lines);
        List<String> csv = Files.readAllLines(reports.resolve("summary.csv"));
        assertEquals(3, csv.size());
        assertTrue(csv.get(1).startsWith("first,0,90,"), csv.get(1));
        assertTrue(Files.exists(reports.resolve("second/report.html")));
    }

    /** One of them would write beside its own folder, and costs only its own points. */
    @Test
    void anArchiveOfSubmissionsIsGradedAsItWasExported() throws IOException {
        Path all = folder.resolve("lab 4.zip");
        MadeArchive.zip(all, MadeArchive.zippedProgram("Anna Bär_11_assignsubmission_file_/lab4/run.sh", "exit 3"),
                MadeArchive.zipped("Bob Ng_12_assignsubmission_file_/run.sh", "exit 4"),
                MadeArchive.zipped("Bob Ng_12_assignsubmission_file_/../../../x", ""));
        try (Started grader = start(reports, temporary, all, Map.of("CMD", "./run.sh {port}"))) {
            assertEquals(1, grader.awaitExit());
            assertEquals(1, grader.errors().size(), () -> "" + grader.errors());
            assertTrue(grader.errors().get(0).startsWith("grade: Bob Ng was not graded: a path leads out"),
                    grader.errors().get(0));
            assertTrue(grader.lines().stream().anyMatch(line -> line.matches("Anna Bär +0 +90 .*U4\\.1")),
                    () -> "" + grader.lines());
            assertTrue(grader.lines().stream().anyMatch(line -> line.matches("Bob Ng +- +- .*")),
                    () -> "" + grader.lines());
        }
        String page = Files.readString(reports.resolve("Anna Bär/report.html"));
        assertTrue(page.contains("it has ended with exit status 3"), page);
        assertNothingIsLeft();
    }

    @Test
    void aPatternDoesNotMeanHiddenFolders() throws IOException {
        script(folder, ".git", "exit 3");
        script(folder, "only", "exit 3");
        grade(0, folder.resolve("submissions").resolve("*"), Map.of());
        assertTrue(Files.exists(reports.resolve("only")));
        assertFalse(Files.exists(reports.resolve(".git")));
    }

    @Test
    void aLinkToASubmissionIsOneUnderItsOwnName() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), script(folder, "real", "exit 3"));
        assertMark(grade(0, link, Map.of()), "×", "U4\\.1");
        assertTrue(Files.exists(reports.resolve("link/report.html")));
    }

    @Test
    void whatCannotBeDeletedByJavaIsDeleted() throws IOException {
        List<String> lines = grade(0, script(folder, "deep",
                "for i in 1 2 3 4 5 6; do for j in 0 1 2 3 4 5 6 7 8 9; do",
                "d=$(printf '%0100d' $i$j); mkdir $d; cd -P $d || exit 4; done; done",
                "mkdir \"$(printf '\\377\\376')\" || exit 5; exit 3"), Map.of());
        assertTrue(lines.stream().anyMatch(line -> line.contains("it has ended with exit status 3")), () -> "" + lines);
    }

    @Test
    void aBuildThatFailsIsToldWithItsOutput() throws IOException {
        List<String> lines = grade(0, script(folder, "broken", "exit 3"), Map.of("BUILD",
                "echo what the compiler says; exit 1"));
        assertMark(lines, "×", "U3\\.1");
        assertTrue(lines.stream().anyMatch(line -> line.contains("what the compiler says")), () -> "" + lines);
        assertMark(lines, "-", "U4\\.1");
    }

    /** Else the grader would look too late on a busy machine, and could not tell. */
    @Test
    void itsProgramsGetLessOfACoreThanTheGrader() throws IOException {
        Path share = Path.of("/proc/self/autogroup");
        assumeTrue(Files.exists(share), "Linux does not share cores between sessions here");
        assumeTrue(isAdministrator(), "Linux lets a plain user change the share of a session only every 100 ms");
        List<String> lines = grade(0, script(folder, "modest", "exit 3"), Map.of("BUILD", "cat " + share + "; exit 1"));
        assertTrue(lines.stream().anyMatch(line -> line.matches(".*/autogroup-\\d+ nice 5")), () -> "" + lines);
    }

    /** Of the system, not only of a user namespace. */
    private static boolean isAdministrator() throws IOException {
        String powers = Files.readString(Path.of("/proc/self/status")).replaceAll("(?s).*CapEff:\\s*(\\w+).*", "$1");
        return (HexFormat.fromHexDigitsToLong(powers) >> CAP_SYS_ADMIN & 1) == 1
                && Files.readString(Path.of("/proc/self/uid_map")).strip().endsWith(ALL_USERS);
    }

    /** Somebody may hand in all exercises of the course. Whether what was not tried builds, nobody knows. */
    @Test
    void notAllOfManyProgramsAreBuilt() throws IOException {
        Path submission = script(folder, "exercises");
        for (int number = 10; number < 50; number++) {
            Files.writeString(submission.resolve("ex" + number + ".c"), "int main() { return x; }\n");
        }
        try (Started grader = start(reports, temporary, submission, Map.of("CMD", ""))) {
            assertEquals(2, grader.awaitExit());
            assertEquals(1, grader.errors().size(), () -> "" + grader.errors());
            String error = grader.errors().get(0);
            assertTrue(error.matches("grade: tried `gcc .* ex10\\.c` \\(fails\\), .* and 21 more; ways to build "
                    + "it that were left untried: 16 of 40 \\(at most 24 builds, .*; give BUILD "
                    + "\\(for a class: in settings.csv\\)"),
                    error);
            assertTrue(error.length() < 1000, error);
        }
    }

    /** The variables with which the grader's own make was called are not those of the submission's make. */
    @Test
    void aMakefileIsBuiltWithoutOurVariables() throws IOException {
        Path submission = script(folder, "made", "exit 3");
        Files.writeString(submission.resolve("Makefile"), "TIMEOUT = own\nall:\n\t@test '$(TIMEOUT)' = own\n");
        try (Started grader = new Started(withMakeFlags(submission))) {
            assertEquals(0, grader.awaitExit());
            assertMark(grader.lines(), "✔", "U3\\.1");
        }
    }

    private ProcessBuilder withMakeFlags(Path submission) {
        return Grader.builder(reports, temporary, Map.of("DIR", submission.toString(), "CMD", "sh run {port}", "CLAUSE",
                "U3",
                "TIMEOUT", "5"), Map.of("MAKEFLAGS", " -- TIMEOUT=5", "MAKELEVEL", "1", "TIMEOUT", "5"));
    }

    @Test
    void whatPrintsForEverIsStopped() throws IOException {
        List<String> lines = grade(0, script(folder, "prints", "exec yes 'for ever'"), Map.of());
        assertTrue(lines.stream().anyMatch(line -> line.contains("characters: ended by the grader")), () -> "" + lines);
    }

    /** Children, children who leave the session, and children who leave their parent as well. */
    @ParameterizedTest
    @ValueSource(strings = {"sleep %s &", "setsid sleep %s &", "(setsid sleep %s &);"})
    void whatForksForEverIsStopped(String child) throws IOException {
        assumeTrue(!child.contains("setsid") || Session.isOnPath("setsid"),
                "a submission that leaves its session needs setsid");
        List<String> lines = grade(0, script(folder, "forks", "while :; do " + child.formatted(seconds(71))
                + " sleep 0.001; done"),
                Map.of());
        assertTrue(lines.stream().anyMatch(line -> line.contains("processes: ended by the grader")), () -> "" + lines);
        assertFalse(runs(seconds(71)));
    }

    @Test
    void whatHangsUsesUpItsOwnTimeOnly() throws IOException {
        List<String> lines = grade(0, script(folder, "hangs", "trap '' INT TERM HUP", "sleep " + seconds(72), "sleep "
                + seconds(72)),
                Map.of("LIMIT", "2"));
        assertMark(lines, "-", "U4\\.1");
        assertTrue(lines.stream().anyMatch(line -> line.contains("LIMIT=seconds gives more")), () -> "" + lines);
        assertFalse(runs(seconds(72)));
        assertMark(grade(0, script(folder, "builds", "exit 3"),
                Map.of("LIMIT", "2", "BUILD", "sleep " + seconds(73))), "-",
                "U3\\.1");
        assertFalse(runs(seconds(73)));
    }

    /** With another session, another parent, another environment and even no terminal: orphans come to the grader. */
    @Test
    void whatHidesIsFound() throws IOException {
        grade(0, script(folder, "hides", "env -i setsid sh -c 'sleep " + seconds(74) + " & exec env -i setsid sleep "
                + seconds(75) + "' &",
                "env -i setsid sleep " + seconds(77) + " </dev/null >/dev/null 2>&1 &", "sleep 1; exit 3"),
                Map.of("NETWORK", "loopback"));
        assertFalse(runs(seconds(74)));
        assertFalse(runs(seconds(75)));
        assertFalse(runs(seconds(77)));
    }

    /** Orphans that have ended would fill the table of processes, if nobody asked how they ended. */
    @Test
    void whatEndsAsAnOrphanIsForgotten() throws IOException {
        Path made = folder.resolve("made");
        Path orphans = script(folder, "orphans", "for i in 0 1 2 3 4 5 6 7 8 9; do (sleep 0.1 &); done", ": > " + made,
                "exec sleep " + seconds(78));
        try (Started grader = start(reports, temporary, orphans, Map.of("NETWORK", "loopback"))) {
            Await.until(() -> Files.exists(made) && runs(seconds(78))
                    && grader.process().children().allMatch(one -> hasArgument(one, seconds(78))),
                    () -> "children of the grader: " + grader.process().children().map(ProcessHandle::info).toList());
            grader.signal("INT");
            grader.awaitExit();
        }
    }

    /** A shell lets what it starts in the background ignore Ctrl-C, and programs inherit that. */
    @Test
    void ctrlCIsHeededAlsoWhereTheGraderIgnoresIt() throws IOException {
        Path submission = aroundTwin("twin", "exec ./chat_server \"$1\" users.txt");
        ProcessBuilder builder = Grader.builder(reports, temporary, Map.of("DIR", submission.toString(), "CMD",
                "sh run {port}",
                "CLAUSE", "R8"), Map.of());
        builder.command().addAll(0, List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        try (Started grader = new Started(builder)) {
            assertEquals(0, grader.awaitExit());
            assertMark(grader.lines(), "✔", "R8");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void interruptedItLeavesNothing(String signal) throws IOException {
        Path hangs = script(folder, "hangs", "exec sleep " + seconds(76));
        try (Started grader = start(reports, temporary, hangs, Map.of())) {
            Await.until(() -> runs(seconds(76)), () -> "it does not start: " + grader.lines() + grader.errors());
            grader.signal(signal);
            grader.awaitExit();
            assertFalse(runs(seconds(76)));
            assertNothingIsLeft();
        }
    }

    /**
     * It is right to close what is idle and to refuse a sixth connection; it is only slow, as all are on a busy
     * machine.
     */
    @Test
    void whoIsTooSlowForTheIdleTimeoutIsNotJudged() throws IOException {
        List<String> lines = grade(0, aroundTwin("slow", "while read -r line; do sleep 0.8; echo \"$line\"; done"
                + " | ./chat_server \"$1\" users.txt 2"), Map.of("TIMEOUT", "2", "CLAUSE", "P1.2"));
        assertMark(lines, "-", "P1\\.2");
        assertTrue(lines.stream().anyMatch(line -> line.contains("the trial took too long")), () -> "" + lines);
    }

    @Test
    void theLoginIsTypedAndTheTableIsAsWanted() throws IOException {
        Path submission = aroundTwin("particular",
                "read name && test \"$name\" = \"I am $2\" || exit 3",
                "test \"$(head -1 friends.tbl)\" = \"$(($(wc -l < friends.tbl) - 1))\" || exit 4",
                "sed 1d friends.tbl > own.tbl",
                "./chat_server \"$1\" own.tbl 60; echo $? >> " + folder.resolve("left"));
        List<String> lines = grade(0, submission, Map.of("LOGIN", "I am {name}\\n", "USERS_HEADER", "count",
                "USERS_FILE",
                "friends.tbl", "QUIT", "/quit\\n", "CLAUSE", "P2.1"));
        assertMark(lines, "✔", "P2\\.1");
        // alice alone, then alice and bob
        assertEquals(List.of("0", "0", "0"), Files.readAllLines(folder.resolve("left")));
    }

    /**
     * Around a program that asks for a friend's number, and then for the text; its table begins with its own line, the
     * friends are counted from 1 on, and it is named after the user.
     */
    @Test
    void theTableAndTheMessagesAreWrittenAsTheProgramWantsThem() throws IOException {
        Path submission = aroundTwin("another", "set -- \"$1\" $(head -1 \"$1\" | tr , ' ')",
                "test \"$1\" = \"conf/$2.conf\" && test $(wc -l < \"$1\") = 5 || exit 3",
                "{ echo $2 $3 $4; sed 1d \"$1\" | tr @: '  '; } > own.tbl",
                "while read -r number && read -r text; do",
                "echo \"$(sed 1d own.tbl | sed -n ${number}p | cut -d' ' -f1)/$text\"",
                "done | ./chat_server $4 own.tbl 60");
        List<String> lines = grade(0, submission, Map.of("CMD", "sh run {users}", "TABLE_FILE", "conf/{name}.conf",
                "TABLE_HEAD", "{name},{ip},{port}", "TABLE_LINE", "{name}@{ip}:{port}",
                "MESSAGE", "{number}\\n{text}", "CLAUSE", "U1,D3,D4,P1.1,P3.1.2"));
        List.of("U1\\.1", "D3\\.2", "D4\\.1", "D4\\.2", "P1\\.1").forEach(
                number -> assertMark(lines, "✔", number));
        List.of("D3\\.1", "P3\\.1\\.2").forEach(number -> assertMark(lines, "-", number));
        assertTrue(lines.stream().anyMatch(line -> line.contains("MESSAGE does not begin with the friend and a mark")),
                () -> "" + lines);
    }

    @Test
    void aTableCanBeCompiledIn() throws IOException {
        String table = "me 127.0.0.1 " + Ports.free() + "\nyou 127.0.0.1 " + Ports.free() + "\n";
        Path file = Files.writeString(folder.resolve("table"), table);
        Path submission = aroundTwin("compiled", "test ! -e users.txt || exit 3", "printf '"
                + table.replace("\n", "\\n")
                + "' > own.tbl", "exec ./chat_server \"$1\" own.tbl 60");
        List<String> lines = grade(0, submission, Map.of("TABLE", file.toString(),
                "CLAUSE", "U1,R1,P2.1,P3.1.3,P3.2.1,P3.2.2,P1.1"));
        assertMark(lines, "-", "U1\\.1");
        assertMark(lines, "✔", "P2\\.1");
        assertMark(lines, "✔", "P3\\.2\\.1");
        assertMark(lines, "✔", "P3\\.2\\.2");
        assertMark(lines, "-", "P1\\.1");
        assertTrue(lines.stream().anyMatch(line -> line.contains("it takes 5 users, and the table has 2")),
                () -> "" + lines);
    }

    /** The address that is compiled in is wrong: that is a message that does not arrive, not a case that is missing. */
    @Test
    void aCaseThatCannotBeToldBlocksNoOther() throws IOException {
        int mine = Ports.free();
        int yours = Ports.free();
        Path file = Files.writeString(folder.resolve("table"), "me 127.0.0.1 " + mine + "\nyou 127.0.0.1 "
                + yours + "\n");
        Path submission = aroundTwin("wrong", "[ $1 = " + mine + " ] && other=" + Ports.free() + " || other=" + yours,
                "printf 'me 127.0.0.1 " + mine + "\\nyou 127.0.0.1 '$other'\\n' > own.tbl",
                "exec ./chat_server \"$1\" own.tbl 60");
        List<String> lines = grade(0, submission, Map.of("TABLE", file.toString(), "CLAUSE", "U1,U4,P2.1"));
        assertMark(lines, "-", "U1\\.1");
        assertMark(lines, "✔", "U4\\.1");
        assertMark(lines, "×", "P2\\.1");
    }

    @Test
    void whatLiesWhereTheTableBelongsIsNotWrittenThrough() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside"), "do not touch\n");
        Path submission = aroundTwin("link", "exec ./chat_server \"$1\" users.txt");
        Files.createSymbolicLink(submission.resolve("users.txt"), outside);
        assertMark(grade(0, submission, Map.of("CLAUSE", "U4")), "✔", "U4\\.1");
        Files.delete(submission.resolve("users.txt"));
        Files.createDirectories(submission.resolve("users.txt").resolve("folder"));
        assertMark(grade(0, submission, Map.of("CLAUSE", "U4")), "✔", "U4\\.1");
        Files.createSymbolicLink(submission.resolve("link"), folder);
        assertMark(grade(0, submission, Map.of("CLAUSE", "U4", "USERS_FILE", "link/outside")), "×", "U4\\.1");
        assertEquals("do not touch\n", Files.readString(outside));
    }

    @Test
    void otherWeightsGiveOtherPoints() throws IOException {
        Path weights = Files.writeString(folder.resolve("weights"), "# all for the start\nU4.1 40\n");
        List<String> lines = grade(0, aroundTwin("twin", "exec ./chat_server \"$1\" users.txt"),
                Map.of("WEIGHTS", weights.toString(), "CLAUSE", "U4"));
        assertTrue(lines.stream().anyMatch(line -> line.endsWith("40 of 40")), () -> "" + lines);
    }

    @Test
    void whatCouldNotBeGradedHasARowOfItsOwn() throws IOException {
        script(folder, "first", "exit 3");
        script(folder, "second", "exit 4");
        Path inTheWay = Files.createFile(Files.createDirectories(reports).resolve("second"));
        try (Started grader = start(reports, temporary, folder.resolve("submissions").resolve("*"),
                Map.of("CLAUSE", "U4"))) {
            assertEquals(1, grader.awaitExit());
            assertEquals(List.of("grade: " + folder.resolve("submissions/second") + " was not graded: file already "
                    + "exists: " + inTheWay), grader.errors());
            assertTrue(grader.lines().stream().anyMatch(line -> line.matches("second( +-){6}")),
                    () -> "" + grader.lines());
        }
        List<String> csv = Files.readAllLines(reports.resolve("summary.csv"));
        assertEquals(3, csv.size());
        assertTrue(csv.get(2).matches("second,+file already exists: .*"), csv.get(2));
    }

    @Test
    void whatIsEmptyIsRefusedAndTheOthersAreGraded() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("submissions").resolve("empty"));
        script(folder, "silent", "exit 3");
        try (Started grader = start(reports, temporary, folder.resolve("submissions").resolve("*"),
                Map.of("CLAUSE", "U4"))) {
            assertEquals(1, grader.awaitExit());
            assertEquals(List.of("grade: " + empty + " was not graded: " + empty + " is empty: no file was handed in"),
                    grader.errors());
            assertMark(grader.lines(), "×", "U4\\.1");
        }
        JsonObject results = JsonParser.parseString(Files.readString(reports.resolve("empty/results.json")))
                .getAsJsonObject();
        assertEquals(0, results.get("score").getAsInt());
        assertTrue(results.get("output").getAsString().contains("no file was handed in"), () -> "" + results);
    }

    /** What no submission could pass costs no points, whatever else has failed. */
    @Test
    void whatCannotBeToldIsNotCounted() throws IOException {
        List<String> lines = grade(0, script(folder, "silent", "exit 3"), Map.of("CLAUSE", "U4,P4"));
        assertMark(lines, "-", "P4\\.1");
        assertTrue(lines.stream().anyMatch(line -> line.contains("TIMEOUT was not given")), () -> "" + lines);
        assertTrue(lines.stream().anyMatch(line -> line.endsWith("score 0 of 4")), () -> "" + lines);
        Path table = Files.writeString(folder.resolve("table"), "me 10.0.0.1 5000\nyou 10.0.0.2 5000\n");
        assumeTrue(hasHosts(), "machines of their own take root or user namespaces, and unshare, nsenter and ip");
        List<String> ofTwo = grade(0, script(folder, "silent", "exit 3"),
                Map.of("CLAUSE", "U1,D1,P1.1,R2,P2.1", "TABLE",
                table.toString()));
        assertTrue(ofTwo.stream().anyMatch(line -> line.endsWith("score 0 of 9")), () -> "" + ofTwo);
    }

    /** Whether each user can have a machine here. */
    private static boolean hasHosts() {
        return Stream.of(List.of("unshare"), List.of("unshare", "--user", "--map-root-user")).anyMatch(command ->
                Networks.works(command, "--net", "--pid", "--mount-proc", "--fork", "ip", "link", "add", "cable",
                        "type", "bridge"));
    }

    @Test
    void whatWasCompiledAlreadyIsNotTakenForABuild() throws IOException {
        Path submission = aroundTwin("stale", "exec ./chat_server \"$1\" users.txt");
        Files.writeString(submission.resolve("Makefile"), "chat_server: peer.cpp\n\tfalse\n");
        Files.writeString(submission.resolve("peer.cpp"), "int main() { return 0 }\n");
        Files.setLastModifiedTime(submission.resolve("peer.cpp"), FileTime.fromMillis(0));
        List<String> lines = grade(0, submission, Map.of("CLAUSE", "U3"));
        assertMark(lines, "×", "U3\\.1");
        assertTrue(String.join(" ", lines).replaceAll(" +", " ").contains("removal of compiled files: chat_server)"),
                () -> "" + lines);
        assertTrue(Files.exists(submission.resolve(TWIN)));
    }

    /** The command says that there has to be a program. */
    @Test
    void whatDoesNotCompileIsNotTakenForNothingToBuild() throws IOException {
        Path submission = script(folder, "stale");
        Files.writeString(submission.resolve("peer.c"), "int main() { return x; }\n");
        Files.write(submission.resolve("a.out"), new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0});
        List<String> lines = grade(0, submission, Map.of("CMD", "./a.out {port}", "CLAUSE", "U3"));
        assertMark(lines, "×", "U3\\.1");
        assertTrue(lines.stream().anyMatch(line -> line.contains("files: a.out)")),
                () -> "" + lines);
    }

    @Test
    void whoHasEndedIsToldWithTheSignal() throws IOException {
        List<String> lines = grade(0, script(folder, "crashes", "echo goodbye; kill -s SEGV $$"),
                Map.of("CLAUSE", "U4"));
        assertTrue(lines.stream().anyMatch(line -> line.matches(
                " *seen: +alice: it was ended by the signal SIGSEGV .* at [0-9.]+ s; its")),
                () -> "" + lines);
    }

    /** The program sends to bob what is for carol, and cuts the end off long texts of emoji. */
    @Test
    void whoHasGotAMessageInsteadIsToldAndLongTextsAreShort() throws IOException {
        grade(0, aroundTwin("elsewhere", "while read -r line; do case $line in",
                "*🙂🙂*) echo \"${line%🙂🙂}\" ;; carol/*) echo \"bob/${line#*/}\" ;; *) echo \"$line\" ;;",
                "esac; done | ./chat_server \"$1\" users.txt 60"), Map.of("CLAUSE", "P3.1.2,P3.1.3"));
        String results = Files.readString(reports.resolve("elsewhere/results.json"));
        assertTrue(results.contains("seen: bob has got it; bob's console: "), results);
        assertTrue(results.contains("\\ncarol's console: "), results);
        assertTrue(Pattern.compile("bob's console shows .\"the-kettle-[0-9]+-is-on … \\([0-9]+ bytes in all\\) … "
                + "(🙂){20}.\" within").matcher(results).find(), results);
        assertTrue(results.contains("seen: the first 3992 of its 4000 bytes, up to "), results);
    }

    /** Nothing is shown to bob, because alice is not there any more. */
    @Test
    void thatTheSenderHasEndedIsToldFirst() throws IOException {
        List<String> lines = grade(0, aroundTwin("leaves", "./chat_server \"$1\" users.txt </dev/null &",
                "read -r line", "kill $!", "exit 7"), Map.of("CLAUSE", "U1"));
        assertTrue(lines.stream().anyMatch(line -> line.matches(
                " *seen: +alice: it has ended with exit status 7 at [0-9.]+ s.*")),
                () -> "" + lines);
    }

    @Test
    void aFolderWhereNothingCanBeRunIsNotTheSubmissionsFault() throws IOException {
        Path submission = script(folder, "any", "exit 3");
        ProcessBuilder builder = Grader.builder(reports, temporary, Map.of("DIR", submission.toString(), "CMD",
                "sh run {port}"), Map.of());
        List<String> mount = List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
                "mount -t tmpfs -o noexec none \"$0\" && exec \"$@\"", temporary.toString());
        assumeTrue(Networks.works(mount, "true"),
                "a file system without execution takes user namespaces, and unshare and mount");
        builder.command().addAll(0, mount);
        try (Started grader = new Started(builder)) {
            assertEquals(2, grader.awaitExit());
            assertEquals(List.of("grade: no program can be run in " + temporary + " (is it mounted noexec?): name "
                    + "another folder, TMPDIR=FOLDER"), grader.errors());
        }
    }

    /** Neither its processes nor its folder are seen from the machine of another user, or outlive the trial. */
    @Test
    void aUsersMachineIsItsOwn() throws IOException {
        assumeTrue(hasHosts(), "machines of their own take root or user namespaces, and unshare, nsenter and ip");
        List<String> lines = grade(0, script(folder, "looks",
                "env -i setsid sleep " + seconds(79) + " </dev/null >/dev/null 2>&1 &", "umount /proc 2>/dev/null",
                "echo 'processes:' $(echo /proc/[0-9]*)", "exit 3"), Map.of("CLAUSE", "U4", "NETWORK", "hosts"));
        assertTrue(lines.stream().anyMatch(line -> line.matches(".*processes: (/proc/[0-9] ?){2,5}")),
                () -> "" + lines);
        assertFalse(runs(seconds(79)));
    }
}
