package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grader.trial.MessageForm;
import grader.trial.Settings;
import grader.trial.TableForm;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        assertEquals(new TableForm("users.txt", "", "{name} {ip} {port}"), settings.tableForm());
        assertEquals(new MessageForm("{friend}/{text}"), settings.messageForm());
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
        assertEquals("\\{name}", settings("LOGIN", "\\{name}").login());
        assertEquals("\\{name}", settings("LOGIN", "\\\\{name}").login());
    }

    /** With another form than friend/text, some cases have no meaning. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "{friend}/{text}|/|",
        "{friend}\\{text}|\\|",
        "{friend}: {text}\\n|:|",
        "{number} -> {text}|->|",
        "{friend}\\n{text}||D3.1,P3.1.2",
        "{index} {text}||D3.1,P3.1.2",
        "/msg {friend} {text}||D3.1,P3.1.2",
        "{ip}:{port}: {text}||U1.1,D3.1,P3.1.2"})
    void aMessageIsTypedAsThatIsWanted(String pattern, String mark, String untold) {
        Settings settings = settings("MESSAGE", pattern, "TIMEOUT", "5");
        assertEquals(Optional.ofNullable(mark), settings.messageForm().mark());
        assertEquals(Optional.ofNullable(untold).map(numbers -> Set.of(numbers.split(","))).orElse(Set.of()),
                Stream.of(Case.values()).filter(one -> settings.whyUntold(one).isPresent()).map(Case::number)
                .collect(Collectors.toSet()));
    }

    /** So that the same command is right for another timeout. */
    @Test
    void theCommandMayHaveTheTimeout() {
        assertEquals("./a.out {port} 5", settings("CMD", "./a.out {port} {timeout}", "TIMEOUT", " 5 ").command());
        assertEquals("CMD='./a.out {port} {timeout}': {timeout} stands for TIMEOUT, the idle timeout in seconds: give "
                + "TIMEOUT, too", complaint("CMD", "./a.out {port} {timeout}"));
    }

    @Test
    void theNumberOfUsersIsAHeadOfTheTable() {
        assertEquals(settings("TABLE_HEAD", "{count}"), settings("USERS_HEADER", "count"));
        assertEquals("\t{count}\n",
                settings("USERS_HEADER", "count", "TABLE_HEAD", "\\t{count}\\n").tableForm().head());
        assertEquals("{name}", settings("USERS_FILE", "x", "TABLE_FILE", "{name}").tableForm().file());
    }

    /** Below a user's own line there are only friends, and they are counted from there, if they have no numbers. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{count}|{ip}:{port}|2;192.0.2.1:5000;192.0.2.2:5001;|1",
        "me ip port\\n|{name}|me ip port;me;you;|1",
        "{name} {count}|{name}|me 1;you;|0",
        "{number} {port}|{number} {name}|1 5000;2 you;|1",
        "{index}|{index},{name}|0;0,me;1,you;|1"})
    void theTableIsWrittenAsThatIsWanted(String head, String line, String text, int index) {
        TrialUser me = new TrialUser("me", "192.0.2.1", 5000);
        TrialUser you = new TrialUser("you", "192.0.2.2", 5001);
        TrialTable table = new TrialTable(List.of(me, you));
        TableForm form = new TableForm("{name}-{index}.conf", head.translateEscapes(), line);
        assertEquals(text.replace(";", "\n"), form.textFor(table, me));
        assertEquals(index, form.indexFor(table, me, you));
        assertEquals("you-1.conf", form.fileOf(table, you));
    }

    /** Something must differ from one user to the next. */
    @Test
    void whoIsWhoCanAlsoBeInTheTable() {
        settings("CMD", "./a.out", "TABLE_HEAD", "{name} {port}");
        settings("CMD", "./a.out {users}", "TABLE_FILE", "{number}.conf");
        settings("CMD", "./a.out {ip}");
        assertTrue(complaint("CMD", "./a.out", "TABLE_FILE", "{name}").startsWith("CMD='./a.out' starts every user"));
        String compiled = write(folder.resolve("table"), "me 127.0.0.1 5000\nyou 127.0.0.1 5001\n");
        assertTrue(complaint("CMD", "./a.out", "TABLE_HEAD", "{name}", "TABLE", compiled).startsWith("CMD="));
        settings("MESSAGE", "{port} {text}", "TABLE", compiled);
        assertEquals("MESSAGE does not tell the users of TABLE apart; use {friend} or {number}",
                complaint("MESSAGE", "{ip} {text}", "TABLE", compiled));
    }

    @Test
    void aClauseMeansAllItsCases() {
        assertEquals(Set.of(Case.REUSES, Case.NO_EARLY_CONNECTION), settings("CLAUSE", "P3.2").clauses());
        assertEquals(Set.of(Case.REUSES), settings("CLAUSE", "P3.2.2").clauses());
        assertEquals(Set.of(Case.NO_SLASH, Case.UNKNOWN_FRIEND, Case.BUILDS), settings("CLAUSE", "D3, U3").clauses());
        assertTrue(settings("CLAUSE", "R").clauses().stream().allMatch(Case::isRobustness));
        assertTrue(complaint("CLAUSE", "P2 P9").startsWith("CLAUSE=P9: there is no such case; there are D1.1 D1.2 "));
    }

    @Test
    void hiddenCasesAreWishedForAsClausesAre() {
        assertEquals(Set.of(), settings().hidden());
        assertEquals(Set.of(Case.BYTES_4000, Case.REUSES, Case.NO_EARLY_CONNECTION),
                settings("HIDDEN", "P2.6 P3.2").hidden());
        assertTrue(complaint("HIDDEN", "P9").startsWith("HIDDEN=P9: there is no such case; there are D1.1 D1.2 "));
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
        "SHOW|yes|SHOW can only be \"1\", or left out, but is \"yes\"",
        "STRICT|yes|STRICT can only be \"1\", or left out, but is \"yes\"",
        "CMD|./a.out 5000|CMD='./a.out 5000' starts every user alike: say where the port goes, with {port}, there or "
        + "in LOGIN",
        "TABLE_LINE|{ip} {prot}|TABLE_LINE='{ip} {prot}': {prot} is not known; there are {name} {ip} {port} {index} "
        + "{number}",
        "TABLE_LINE|{name} {ip}|TABLE_LINE='{name} {ip}': it needs {port}",
        "TABLE_HEAD|{users}|TABLE_HEAD='{users}': {users} is not known; there are {name} {ip} {port} {index} {number} "
        + "{count}",
        "TABLE_FILE|{nmae}|TABLE_FILE='{nmae}': {nmae} is not known; there are {name} {ip} {port} {index} {number}",
        "MESSAGE|{name}/{text}|MESSAGE='{name}/{text}': {name} is not known; there are {friend} {ip} {port} {index} "
        + "{number} {text}",
        "MESSAGE|{friend}/|MESSAGE='{friend}/': it needs {text}",
        "MESSAGE|{text}|MESSAGE='{text}': it needs {friend} or {ip} or {port} or {index} or {number}",
        "WEIGHTS|/nowhere|WEIGHTS=/nowhere: cannot be read",
        "TABLE|/nowhere|TABLE=/nowhere: cannot be read"})
    void aMistakeIsToldWithItsRemedy(String name, String value, String message) {
        assertEquals(message, complaint(name, value));
    }

    @Test
    void oneTrialAtATimeIsShown() {
        assertEquals(Optional.of(1), settings("SHOW", "1").jobs());
        assertEquals(Optional.of(1), settings("SHOW", "1", "JOBS", "1").jobs());
        assertEquals(Optional.empty(), settings().jobs());
        assertEquals("SHOW=1 shows one trial at a time: leave JOBS=3 out, or SHOW",
                complaint("SHOW", "1", "JOBS", "3"));
    }

    @Test
    void aMistakeInAFileIsToldWithItsLine() throws IOException {
        Path file = folder.resolve("file");
        Map.of("P2.1 7\nP9.9 1\n", ":2: there is no case P9.9; there are ",
                "P2.1\n", ":1: expected a case and its points, such as \"P2.1 10\", found \"P2.1\"")
                .forEach((text, message) ->
                assertTrue(complaint("WEIGHTS", write(file, text)).startsWith(file + message), message));
        Map.of("2\nme 127.0.0.1 x\n", ":2: expected \"name ip port\"; found \"me 127.0.0.1 x\"",
                "me 192.0.2.1 5000\nyou localhost 5001", ":2: localhost is no IPv4 address",
                "me 127.0.0.1 70000\n", ":1: expected \"name ip port\"; found ").forEach((text, message) ->
                assertTrue(complaint("TABLE", write(file, text)).startsWith(file + message), message));
        assertEquals("TABLE=" + file + ": it takes two users to chat, not 1",
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
