package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import support.Peer;
import support.Session;
import support.Started;

/** This program itself, as if somebody had handed it in. */
@Order(1)
class FullMarksTest {

    private static final int MOST_SECONDS = 300;

    @Test
    @Timeout(MOST_SECONDS + 10)
    void theJavaProgramHasFullMarks(@TempDir Path folder) throws IOException {
        Path submission = Files.createDirectories(folder.resolve("peerchat"));
        Files.createFile(submission.resolve("nothing-to-build")); // a JVM takes its archive for no copy of the program
        try (Started grader = Grader.grade(folder.resolve("reports"), folder, Map.of("DIR", submission.toString(),
                "CMD", Session.quoted(List.of("env", "PEERCHAT_JVM_OPTIONS="
                        + System.getenv().getOrDefault("PEERCHAT_JVM_OPTIONS", ""), "sh", Peer.jar().toString()))
                        + " --idle-timeout 7 {port}",
                "BUILD", "true", "TIMEOUT", "7", "JOBS", "3"))) {
            grader.awaitLine(line -> line.startsWith("took "), MOST_SECONDS, "end");
            assertEquals(0, grader.awaitExit());
            JsonObject results = JsonParser.parseString(
                    Files.readString(folder.resolve("reports/peerchat/results.json"))).getAsJsonObject();
            List<String> notPassed = new ArrayList<>();
            for (JsonElement test : results.getAsJsonArray("tests")) {
                JsonObject one = test.getAsJsonObject();
                if (!one.get("status").getAsString().equals("passed")) {
                    notPassed.add(one.get("number").getAsString() + " " + one.get("output").getAsString());
                }
            }
            assertEquals("", String.join("\n", notPassed));
            assertEquals(100, results.get("score").getAsInt());
            assertEquals(List.of(), grader.errors());
        }
    }
}
