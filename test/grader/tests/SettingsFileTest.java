package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grader.pile.Handed;
import grader.pile.SettingsFile;
import grader.trial.WrongUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of each submission: what is written is read again, and a mistake is told with its line. */
class SettingsFileTest {

    private static final Handed ALICE = new Handed("alice", Path.of("subs/alice"));
    private static final Handed BOB = new Handed("bob", Path.of("subs/bob"));
    private static final List<Handed> GRADED = List.of(ALICE, BOB);
    private static final List<String> PILE = List.of("alice", "bob");
    private static final String HEADS =
            "folder,BUILD,CMD,USERS_FILE,USERS_HEADER,TABLE_FILE,TABLE_LINE,TABLE_HEAD,TABLE,MESSAGE,LOGIN,QUIT,remark";

    @TempDir
    private Path folder;

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("settings.csv"), text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private SettingsFile read(String text) {
        return SettingsFile.read(file(text), PILE);
    }

    private static Map<String, String> variables(String... namesAndValues) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.put("GRADE_" + namesAndValues[i], namesAndValues[i + 1]);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"./a.out {port}", "a \"b\", c; d", "\\n\\\\", "=1+1", "'=1", "''-x", "'plain'", "@{name} x",
        "-q\\n", "\tx", " x ", "a\r\nb\n\"", "caf\u00e9 \ud83d\ude80", "\""})
    void aValueIsKeptExactly(String value) {
        Map<String, String> used = variables("CMD", value, "QUIT", value);
        String text = SettingsFile.NONE.text(PILE, Map.of("alice", new SettingsFile.Used(used, value)));
        SettingsFile again = read(text);
        assertEquals(used, again.settings("alice", Map.of()));
        assertEquals(Map.of(), again.settings("bob", Map.of()));
    }

    /** So that the names and commands of students are only text there. */
    @Test
    void noCellIsAFormulaForASpreadsheet() {
        Handed hostile = new Handed("=cmd|'/c calc'!A1", Path.of("subs/x"));
        String text = SettingsFile.NONE.text(List.of(hostile.name(), "bob"), Map.of(hostile.name(),
                new SettingsFile.Used(variables("CMD", "+1"), "@remark")));
        assertEquals("\ufeff" + HEADS + "\r\n'=cmd|'/c calc'!A1,,'+1,,,,,,,,,,'@remark\r\nbob,,,,,,,,,,,,\r\n", text);
        assertEquals("+1", SettingsFile.read(file(text), List.of(hostile.name(), "bob"))
                .settings(hostile.name(), Map.of()).get("GRADE_CMD"));
    }

    @Test
    void aSpreadsheetMayHaveWrittenIt() {
        Map<String, Function<String, String>> forms = Map.of("semicolons", text -> text.replace(',', ';'),
                "tabs", text -> text.replace(',', '\t'), "byte order mark", text -> "\ufeff" + text,
                "line feeds", text -> text.replace("\r\n", "\n"),
                "empty rows and columns", text -> text.replace("\r\n", ",,\r\n") + ",,,,\r\n\r\n");
        forms.forEach((name, form) -> assertEquals(variables("CMD", "\"x\" {port}"),
                read(form.apply("CMD,folder\r\n\"\"\"x\"\" {port}\",bob\r\n")).settings("bob", Map.of()), name));
    }

    @Test
    void aCellWinsAndAnEmptyOneSaysNothing() {
        SettingsFile file = read("folder,BUILD,CMD\nalice,,own {port}\n");
        Map<String, String> forAll = variables("BUILD", "make", "CMD", "all {port}", "TIMEOUT", "5");
        assertEquals(variables("BUILD", "make", "CMD", "own {port}", "TIMEOUT", "5"), file.settings("alice", forAll));
        assertEquals(forAll, file.settings("bob", forAll));
    }

    /** What nobody has graded yet must not be lost from a table that is written anew after each submission. */
    @Test
    void aRowStaysUntilItsSubmissionIsGraded() {
        SettingsFile file = read("folder,CMD\nalice,first {port}\nbob,second {port}\n");
        String text = file.text(PILE, Map.of("alice", new SettingsFile.Used(variables("CMD", "first {port}", "BUILD",
                "make", "TIMEOUT", "5"), "guessed")));
        assertEquals("\ufeff" + HEADS + "\r\nalice,make,first {port},,,,,,,,,,guessed\r\n"
                + "bob,,second {port},,,,,,,,,,\r\n", text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "folder,CMDS~|:1: there is no column \"CMDS\"; there are " + HEADS_IN_WORDS,
        "folder,CMD,CMD~|:1: the column \"CMD\" is there twice",
        "CMD~x|:1: the column \"folder\" is missing: it names the submission of a row",
        "''|:1: the column \"folder\" is missing: it names the submission of a row",
        "folder,CMD~alice,x~~carol,y~|:4: DIR has no submission \"carol\"",
        "folder,CMD~alice,\"x~y\"~bob,z~alice,z~|:5: \"alice\" stands in line 2 already",
        "folder,CMD~alice,a,b~|:2: there are more cells than columns: put quotes around a cell that has separators in "
        + "it"})
    void aMistakeIsToldWithItsLine(String text, String message) {
        assertEquals(folder.resolve("settings.csv") + message,
                assertThrows(WrongUse.class, () -> read(text.replace('~', '\n'))).getMessage());
    }

    private static final String HEADS_IN_WORDS = "folder, BUILD, CMD, USERS_FILE, USERS_HEADER, TABLE_FILE, "
            + "TABLE_LINE, TABLE_HEAD, TABLE, MESSAGE, LOGIN, QUIT, remark";

    @Test
    void aFileThatIsNoTableIsToldByName() throws IOException {
        Path file = folder.resolve("settings.csv");
        assertEquals("SETTINGS=" + file + ": cannot be read",
                assertThrows(WrongUse.class, () -> SettingsFile.read(file, PILE)).getMessage());
        assertEquals("SETTINGS=" + file + ": it has no row for alice, bob",
                assertThrows(WrongUse.class, () -> read("folder,CMD\n")).getMessage());
        assertTrue(assertThrows(WrongUse.class, () -> read("folder,CMD\nalice,\"x\"y\n")).getMessage()
                .startsWith(file + ": "));
        assertTrue(assertThrows(WrongUse.class, () -> read("folder,CMD\nalice,\"x\n")).getMessage()
                .startsWith(file + ": "));
        Files.write(file, "folder,CMD\nalice,\u00e4 {port}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(assertThrows(WrongUse.class, () -> SettingsFile.read(file, PILE)).getMessage()
                .endsWith("it is not in UTF-8; let the spreadsheet save it as CSV UTF-8"));
    }

    @Test
    void aWrongValueIsToldWithItsLine() {
        SettingsFile file = read("folder,CMD,QUIT\nbob,,\nalice,./a.out 5000,\n");
        assertTrue(assertThrows(WrongUse.class, () -> file.mustBeRight(GRADED, Map.of())).getMessage()
                .startsWith(folder.resolve("settings.csv") + ":3: CMD='./a.out 5000' starts every user alike"));
        read("folder,BUILD\nalice,make\n").mustBeRight(GRADED, Map.of());
        read("folder,LOGIN,CMD\nalice,{port}\\n,./a.out\n").mustBeRight(GRADED, variables("CMD", ""));
    }

    /** Who looks at one submission again need not cut the table of the class. */
    @Test
    void rowsOfOthersArePassedOverIfThereIsOnlyOneSubmission() {
        SettingsFile file = SettingsFile.read(file("folder,CMD\nalice,a {port}\nbob,b {port}\n"), List.of("bob"));
        assertEquals(variables("CMD", "b {port}"), file.settings("bob", Map.of()));
    }
}
