package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grader.trial.Settings;
import grader.trial.TrialTable;
import grader.trial.TrialUser;
import grader.trial.WrongUse;
import grader.verdict.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a teacher may set, and how a mistake is told. */
class SettingsTest {

    @TempDir
    private Path folder;

    private static Settings settings(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>(Map.of("GRADE_CMD", "./a.out {port}"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put("GRADE_" + namesAndValues[i], namesAndValues[i + 1]);
        }
        return Settings.from(environment);
    }

    private static String complaint(String... namesAndValues) {
        return assertThrows(WrongUse.class, () -> settings(namesAndValues)).getMessage();
    }

    @Test
    void onlyTheCommandIsNeeded() {
        Settings settings = settings("TIMEOUT", "", "LOGIN", "", "CLAUSE", " ");
        assertEquals("users.txt", settings.usersFile());
        assertEquals(Optional.empty(), settings.timeout());
        assertEquals(EnumSet.complementOf(EnumSet.of(Case.NAMES_SENDER)), settings.clauses());
        assertEquals(Duration.ofMinutes(5), settings.limit());
        assertEquals("", settings.login());
    }

    @Test
    void keysAreWrittenAsInC() {
        assertEquals("{name}\n", settings("LOGIN", "{name}\\n").login());
        assertEquals("{port}\n", settings("CMD", "./a.out", "LOGIN", "{port}\\n").login());
        assertEquals("\tx\\\n", settings("QUIT", "\\tx\\\\\\n").quit());
        assertTrue(complaint("QUIT", "\\q").startsWith("QUIT='\\q': "));
    }

    @Test
    void aClauseMeansAllItsCases() {
        assertEquals(Set.of(Case.REUSES, Case.NO_EARLY_CONNECTION), settings("CLAUSE", "P3.2").clauses());
        assertEquals(Set.of(Case.REUSES), settings("CLAUSE", "P3.2.2").clauses());
        assertEquals(Set.of(Case.NO_SLASH, Case.UNKNOWN_FRIEND, Case.BUILDS), settings("CLAUSE", "D3, U3").clauses());
        assertTrue(settings("CLAUSE", "R").clauses().stream().allMatch(Case::isRobustness));
        assertTrue(complaint("CLAUSE", "P2 P9").startsWith("CLAUSE=P9: there is no such clause; there are D1.1 D1.2 "));
    }

    @Test
    void hiddenCasesAreWishedForAsClausesAre() {
        assertEquals(Set.of(), settings().hidden());
        assertEquals(Set.of(Case.BYTES_4000, Case.REUSES, Case.NO_EARLY_CONNECTION),
                settings("HIDDEN", "P2.6 P3.2").hidden());
        assertTrue(complaint("HIDDEN", "P9").startsWith("HIDDEN=P9: there is no such clause; there are D1.1 D1.2 "));
    }

    @Test
    void theTotalIsOfTheCasesAskedFor() {
        assertEquals(100, settings().points());
        assertEquals(7, settings("CLAUSE", "P2.1,P3.3.2").points());
        assertEquals(17, settings("CLAUSE", "P2.1", "WEIGHTS", write(folder.resolve("weights"), "P2.1 17\n")).points());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "TIMEOUT|1|TIMEOUT must be a whole number from 2 on, but is \"1\"",
        "TIMEOUT|30s|TIMEOUT must be a whole number from 2 on, but is \"30s\"",
        "NETWORK|lo|NETWORK can be \"hosts\" or \"loopback\", or left out, but is \"lo\"",
        "JOBS|-1|JOBS must be a whole number from 1 on, but is \"-1\"",
        "USERS_HEADER|yes|USERS_HEADER can only be \"count\", or left out, but is \"yes\"",
        "STRICT|yes|STRICT can only be \"1\", or left out, but is \"yes\"",
        "CMD|./a.out 5000|CMD='./a.out 5000' starts every user alike: say where the port goes, with {port}, there or "
        + "in LOGIN",
        "WEIGHTS|/nowhere|WEIGHTS=/nowhere: cannot be read",
        "TABLE|/nowhere|TABLE=/nowhere: cannot be read"})
    void aMistakeIsToldWithItsRemedy(String name, String value, String message) {
        assertEquals(message, complaint(name, value));
    }

    @Test
    void aMistakeInAFileIsToldWithItsLine() throws IOException {
        Path file = folder.resolve("file");
        Map.of("P2.1 7\nP9.9 1\n", ":2: there is no case P9.9; there are ",
                "P2.1\n", ":1: expected a case and its points, such as \"P2.1 10\", but is \"P2.1\"")
                .forEach((text, message) ->
                assertTrue(complaint("WEIGHTS", write(file, text)).startsWith(file + message), message));
        Map.of("2\nme 127.0.0.1 x\n", ":2: expected: name, IP address, port; but is \"me 127.0.0.1 x\"",
                "me 192.0.2.1 5000\nyou localhost 5001", ":2: localhost is no IPv4 address",
                "me 127.0.0.1 70000\n", ":1: expected: name, IP address, port; but is ").forEach((text, message) ->
                assertTrue(complaint("TABLE", write(file, text)).startsWith(file + message), message));
        assertEquals("TABLE=" + file + ": it takes two users to chat, but there is 1",
                complaint("TABLE", write(file, "me 127.0.0.1 5000\n")));
    }

    /** With machines of their own, users may have any addresses, but each its own. */
    @Test
    void aTableIsForOneMachineOrForSeveral() {
        TrialTable several = new TrialTable(List.of(new TrialUser("me", "192.0.2.1", 5000),
                new TrialUser("you", "192.0.2.2", 5000)));
        assertTrue(several.fitsHosts());
        assertTrue(assertThrows(WrongUse.class, several::mustBeHere).getMessage()
                .startsWith("TABLE: 192.0.2.1 is not an address of this machine"));
        for (String other : List.of("192.0.2.1", "127.0.0.2")) {
            assertFalse(new TrialTable(List.of(several.users().get(0), new TrialUser("you", other, 5001))).fitsHosts());
        }
    }

    /** A case without points of its own has to be asked for. */
    @Test
    void theSendersNameCountsOnlyIfItIsGivenPoints() {
        String weights = write(folder.resolve("weights"), "P2.8 5\n");
        assertTrue(settings("WEIGHTS", weights).clauses().contains(Case.NAMES_SENDER));
        assertTrue(settings("CLAUSE", "P2.8").clauses().contains(Case.NAMES_SENDER));
        assertFalse(settings("CLAUSE", "P2").clauses().contains(Case.NAMES_SENDER));
    }

    private static String write(Path file, String text) {
        try {
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void thePointsAddUp() {
        assertEquals(80, sum(List.of(Case.values()).stream().filter(one -> !one.isRobustness()).toList()));
        assertEquals(20, sum(List.of(Case.values()).stream().filter(Case::isRobustness).toList()));
    }

    private static int sum(List<Case> cases) {
        return cases.stream().mapToInt(Case::points).sum();
    }
}
