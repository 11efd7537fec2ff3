package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import support.Peer;
import support.Started;

/** The archive for Gradescope, and what becomes of submissions where Gradescope puts all that. */
@Order(1)
class AutograderTest {

    private static final String CMD = "java -XX:TieredStopAtLevel=1 -cp .:peerchat.jar Chat {port}";
    private static final String BUILD = "javac -cp peerchat.jar Chat.java";
    private static final String OWN_MACHINE =
            "make -C ../peerchat grade DIR=\"$PWD\" CMD='" + CMD + "' BUILD='" + BUILD + "' TIMEOUT=30";

    @TempDir
    private Path folder;

    private Path archive() {
        return folder.resolve("autograder.zip");
    }

    private Path pack(Map<String, String> settings) {
        try (Started packing = Grader.pack(archive(), settings)) {
            assertEquals(0, packing.awaitExit(), () -> "" + packing.errors());
            assertEquals(List.of(), packing.errors());
        }
        return archive();
    }

    /** Copies what is in the archive, with the permissions that it says. */
    private static void unpack(Path archive, Path to) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", "true"));
                Stream<Path> all = Files.walk(zip.getPath("/"))) {
            for (Path one : all.toList()) {
                Path copy = to.resolve(one.toString().substring(1));
                if (Files.isDirectory(one)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(one, copy);
                    Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(one));
                }
            }
        }
    }

    /** As the script in the archive sets them. */
    private static List<String> values(Path unpacked, String... names) {
        try (Started shell = new Started(new ProcessBuilder(Stream.concat(Stream.of("sh", "-c",
                ". \"$0\"; for name; do eval \"printf '<%s>\\n' \\\"\\$$name\\\"\"; done",
                unpacked.resolve("settings.sh").toString()), Stream.of(names)).toList()))) {
            assertEquals(0, shell.awaitExit(), () -> "" + shell.errors());
            return shell.lines();
        }
    }

    @Test
    void theSettingsAreKeptLetterByLetterAndTheScriptsCanBeRun() throws IOException {
        String cmd = " ./a.out  {port} '$HOME' \"$(rm -rf /)\" `ls` \\n # über ";
        Path weights = Files.writeString(folder.resolve("it's 2"), "P2.1 7\n");
        Path table = Files.writeString(folder.resolve("table"), "me 127.0.0.1 5000\nyou 127.0.0.1 5001\n");
        Path unpacked = folder.resolve("source");
        unpack(pack(Map.of("CMD", cmd, "QUIT", " \\n", "DIR", "/nowhere", "WEIGHTS", weights.toString(), "TABLE",
                table.toString(), "BUILD", "")), unpacked);
        assertEquals(List.of("<" + cmd + ">", "< \\n>", "</autograder/submission>", "<>",
                "</autograder/source/GRADE_WEIGHTS/it's 2>", "</autograder/source/GRADE_TABLE/table>"),
                values(unpacked, "GRADE_CMD", "GRADE_QUIT", "GRADE_DIR", "GRADE_BUILD", "GRADE_WEIGHTS",
                        "GRADE_TABLE"));
        for (String script : List.of("setup.sh", "run_autograder")) {
            assertEquals(PosixFilePermissions.fromString("rwxr-xr-x"),
                    Files.getPosixFilePermissions(unpacked.resolve(script)));
        }
        assertEquals(Files.readString(weights), Files.readString(unpacked.resolve("GRADE_WEIGHTS/it's 2")));
        assertEquals(Files.readString(table), Files.readString(unpacked.resolve("GRADE_TABLE/table")));
    }

    @Test
    void aWrongSettingIsToldBeforeTheUpload() {
        try (Started packing = Grader.pack(archive(), Map.of("CMD", CMD, "HIDDEN", "P9"))) {
            assertEquals(2, packing.awaitExit());
            assertEquals(1, packing.errors().size(), () -> "" + packing.errors());
            assertTrue(packing.errors().get(0).startsWith("gradescope: HIDDEN=P9: "), packing.errors().get(0));
            assertFalse(Files.exists(archive()));
        }
    }

    /** A folder that is to be /autograder, with a submission whose main method begins as given. */
    private Path box(String name, String... lines) throws IOException {
        Path box = Files.createDirectories(folder.resolve(name));
        unpack(archive(), box.resolve("source"));
        Files.copy(box.resolve("source/run_autograder"), box.resolve("run_autograder"));
        box.resolve("run_autograder").toFile().setExecutable(true);
        Files.createDirectories(box.resolve("results"));
        Files.writeString(box.resolve("submission_metadata.json"), "{}\n");
        Path submission = Files.createDirectories(box.resolve("submission"));
        if (lines.length > 0) {
            Files.copy(Peer.jar(), submission.resolve("peerchat.jar"));
            Files.writeString(submission.resolve("Chat.java"), """
                    class Chat {
                        public static void main(String[] arguments) {
                            int port = Integer.parseInt(arguments[0]);
                    %s
                            peerchat.Main.main(new String[] {"" + port});
                        }
                    }
                    """.formatted(String.join("\n", lines)));
        }
        return box;
    }

    private static JsonObject results(Path box) throws IOException {
        return JsonParser.parseString(Files.readString(box.resolve("results/results.json"))).getAsJsonObject();
    }

    private static JsonObject test(JsonObject results, String number) {
        return results.getAsJsonArray("tests").asList().stream().map(one -> one.getAsJsonObject())
                .filter(one -> one.get("number").getAsString().equals(number)).findFirst().orElseThrow();
    }

    @Test
    void everySubmissionGetsResults() throws IOException {
        pack(Map.of("CMD", CMD, "BUILD", BUILD, "TIMEOUT", "30", "CLAUSE", "U P2.1", "HIDDEN", "U1"));
        Path right = box("right", "");
        Path faulty = box("faulty", "port++;");
        Path broken = box("broken", "int port = ;");
        Path empty = box("empty");
        Path graderless = box("graderless", "");
        Files.delete(graderless.resolve("source/lib/peerchat-grade.jar"));
        List<Path> boxes = List.of(right, faulty, broken, empty, graderless);
        List<Started> runs = boxes.stream().map(GradescopeBox::startOrSkip).toList();
        for (Started run : runs) {
            try (run) {
                assertEquals(0, run.awaitExit(), () -> run.lines() + "" + run.errors());
            }
        }
        for (Path box : List.of(right, faulty, broken, empty)) {
            GradescopeFormat.assertValid(results(box));
        }

        assertEquals(17, results(right).get("score").getAsInt(), () -> "" + read(right));
        assertEquals("passed", test(results(right), "P2.1").get("status").getAsString());
        assertEquals("after_due_date", test(results(right), "U1.1").get("visibility").getAsString());
        assertEquals("visible", test(results(right), "P2.1").get("visibility").getAsString());

        assertEquals(3, results(faulty).get("score").getAsInt(), () -> "" + read(faulty));
        assertTrue(test(results(faulty), "U4.1").get("output").getAsString().contains(
                "\nto try it in your own folder, with the grader of your course in ../peerchat: " + OWN_MACHINE
                + " CLAUSE=U4.1\n"),
                () -> read(faulty));

        assertEquals(0, results(broken).get("score").getAsInt());
        assertTrue(test(results(broken), "U3.1").get("output").getAsString().contains("illegal start of expression"),
                () -> read(broken));

        assertEquals(0, results(empty).get("score").getAsInt());
        assertTrue(results(empty).get("output").getAsString().startsWith(
                "This submission cannot be graded: /autograder/submission is empty: no file was handed in.\n"),
                () -> read(empty));

        assertEquals(Set.of("output", "output_format", "visibility", "stdout_visibility"),
                results(graderless).keySet());
        assertTrue(read(graderless).contains("not the fault of your submission"), () -> read(graderless));
    }

    /** How it is built and started is found out in the container; whatever is handed in is one student's. */
    @Test
    void withoutACommandEverySubmissionGetsResultsToo() throws IOException {
        pack(Map.of("CLAUSE", "U"));
        Path usual = box("usual");
        Files.writeString(usual.resolve("submission/Chat.java"), Grader.inJava("Chat"));
        Path broken = box("broken");
        Files.writeString(broken.resolve("submission/lab.zip"), "PK\3\4 and no more");
        Path hostile = box("hostile");
        MadeArchive.zip(hostile.resolve("submission/lab.zip"), MadeArchive.zipped("client/client.c", ""),
                MadeArchive.zipped("server/../../../x", ""));
        Path several = box("several");
        MadeArchive.zip(several.resolve("submission/client.zip"), MadeArchive.zipped("client.c", ""));
        MadeArchive.zip(several.resolve("submission/server.zip"), MadeArchive.zipped("server.c", ""));
        Path exported = box("exported");
        Files.writeString(exported.resolve("submission/Anna Example_11_assignsubmission_file_"), "");
        String cannotBeUnpacked = "lab.zip cannot be unpacked: ";
        Map<Path, String> refused = Map.of(broken, cannotBeUnpacked, hostile, cannotBeUnpacked,
                several, "the sources can be in any of client, server: ",
                exported, "found nothing to build or to start: ");
        List<Started> runs = Stream.concat(Stream.of(usual), refused.keySet().stream())
                .map(GradescopeBox::startOrSkip).toList();
        for (Started run : runs) {
            try (run) {
                assertEquals(0, run.awaitExit(), () -> run.lines() + "" + run.errors());
            }
        }
        GradescopeFormat.assertValid(results(usual));
        assertEquals("passed", test(results(usual), "U4.1").get("status").getAsString());
        assertTrue(results(usual).get("output").getAsString().contains("\nrun with: java -cp . Chat {port}\n"),
                () -> read(usual));
        refused.forEach((box, why) -> {
            assertTrue(read(box).contains("This submission cannot be graded: " + why), () -> box + read(box));
            assertTrue(read(box).contains("\"score\": 0"), () -> read(box));
        });
    }

    private static String read(Path box) {
        try {
            return Files.readString(box.resolve("results/results.json"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
