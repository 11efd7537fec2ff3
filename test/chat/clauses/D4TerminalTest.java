package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import support.Await;
import support.DeafHost;
import support.EmulatedTerminal;
import support.Peer;
import support.Stranger;
import support.Table;
import support.TestTerminal.Kind;
import support.TestTerminal;

/** D4 on a terminal: what arrives is shown above the line that is being typed, which stays whole. */
@Order(1)
class D4TerminalTest {

    private static final String HALF = "this is only the first half of the line";

    private final Table table = Table.of("alice", "bob", "bobby");

    @ParameterizedTest
    @CsvSource({"EMULATED, 80", "EMULATED, 20", "TMUX, 20"})
    void aThousandMessagesDoNotBreakTheLineThatIsBeingTyped(Kind kind, int columns) {
        try (TestTerminal alice = kind.chat(columns, table, "alice"); Peer bob = Peer.start(table, "bob")) {
            alice.type("bob/" + HALF);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                String text = "message-" + i + "-that-is-longer-than-the-narrow-terminal-is-wide";
                bob.type("alice/" + text);
                expected.add("bob: " + text);
            }
            alice.awaitRow(row -> row.startsWith("bob: message-999"));
            alice.awaitLastRow(row -> isEndOf("bob/" + HALF, row));
            List<String> shown = alice.allLines();
            assertEquals(expected, shown.stream().filter(line -> line.startsWith("bob: ")).toList());
            assertEquals(alice.lastRow(), shown.get(shown.size() - 1));
            assertEquals(alice.lastRow().length(), alice.cursor());
            assertEquals(1, shown.stream().filter(line -> line.startsWith("alice>")).count());
            alice.type(", and this the second");
            alice.press("Enter");
            bob.awaitLine("alice: " + HALF + ", and this the second");
            assertEquals(1, bob.messages().size());
            alice.awaitLastRow("alice>");
            String entered = "alice> bob/" + HALF + ", and this the second";
            assertTrue(alice.allLines().stream().map(D4TerminalTest::withoutBlanks).toList()
                    .contains(withoutBlanks(entered)), () -> "" + alice.allLines());
        }
    }

    private static String withoutBlanks(String text) {
        return text.replace(" ", "");
    }

    /** Whether this is alice's prompt with that line, or with the end of it where the line is too long. */
    private static boolean isEndOf(String line, String row) {
        return row.equals("alice> " + line)
                || row.startsWith("alice><") && row.length() > 12 && line.endsWith(row.substring(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 20})
    void everyKeyDoesWhatItDoesInALineEditor(int columns) {
        List<Map.Entry<String, List<String>>> lines = List.of(
                Map.entry("backspace", List.of("=backspaceX", "BSpace")),
                Map.entry("control h", List.of("=control hX", "C-h")),
                Map.entry("delete", List.of("=deXlete", "Home", "C-f", "C-f", "C-f", "C-f", "C-f", "C-f", "DC")),
                Map.entry("left right", List.of("=left rightX", "Left", "Left", "Right", "DC")),
                Map.entry("with Shift", List.of("=withShift", "Left", "S-Left", "M-Left", "S-Left", "Left", "= ")),
                Map.entry("by words", List.of("=bx y words", "C-Left", "C-Left", "Left", "BSpace", "DC", "^[1;5C", "DC",
                        "= ")),
                Map.entry("alt backspace", List.of("=alt garbage", "^\u007f", "=backspace")),
                Map.entry("home end", List.of("C-u", "=ob/home ", "Home", "=b", "End", "=end")),
                Map.entry("control a e", List.of("C-u", "=ob/control a ", "C-a", "=b", "C-e", "=e")),
                Map.entry("control b", List.of("=control X", "C-b", "=b", "DC")),
                Map.entry("control d", List.of("=control dX", "C-b", "C-d")),
                Map.entry("control u", List.of("=X", "C-u", "=bob/control u")),
                Map.entry("control u keeps the rest", List.of("=X keeps the rest", "C-a", "C-f", "C-f", "C-f", "C-f",
                        "C-f", "C-u", "=bob/control u")),
                Map.entry("control k", List.of("=control kXYZ", "C-b", "C-b", "C-b", "C-k")),
                Map.entry("control w", List.of("=control word  ", "C-w", "=w")),
                Map.entry("control l", List.of("=control ", "C-l", "=l")),
                Map.entry("application keys", List.of("=application keysX", "^OD", "^[3~")),
                Map.entry("alternative home", List.of("=alternative ", "^[1~", "DC", "=b", "^[4~",
                        "=home")),
                Map.entry("unknown sequences", List.of("=unknown", "F1", "F5", "F12", "C-F5", "S-F3", "M-x", "IC",
                        "PPage", "^[?1;2c", "^[<0;10;20M", "^]11;rgb:00/00/00\u0007",
                        "^P1+r5463\u001b\\", "^[200~", "= sequences", "^[201~")),
                Map.entry("tab completes", List.of("C-u", "=bobX", "BSpace", "Tab", "=by", "C-u", "=bo", "Tab", "=/",
                        "=tab completes")));
        try (TestTerminal alice = EmulatedTerminal.chat(columns, table, "alice"); Peer bob = Peer.start(table, "bob")) {
            for (Map.Entry<String, List<String>> line : lines) {
                alice.type("bob/");
                line.getValue().forEach(press -> press(alice, press));
                alice.press("Enter");
                bob.awaitLine("alice: " + line.getKey());
            }
            assertEquals(lines.size(), bob.messages().size());
        }
    }

    /** Text after an equals sign; an escape sequence, which comes at once, after a caret; else a key. */
    private static void press(TestTerminal terminal, String press) {
        if (press.startsWith("=")) {
            terminal.type(press.substring(1));
        } else if (press.startsWith("^")) {
            terminal.send(("\u001b" + press.substring(1)).getBytes(StandardCharsets.UTF_8));
        } else {
            terminal.press(press);
        }
    }

    /** The emulator has no place for combining marks: it has to show the others only, in the right columns. */
    @ParameterizedTest
    @EnumSource
    void theCursorMovesByWhatAReaderTakesForACharacter(Kind kind) {
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
        String accent = kind == Kind.EMULATED ? "" : "\u0301";
        try (TestTerminal alice = kind.chat(80, table, "alice"); Peer bob = Peer.start(table, "bob")) {
            alice.type("bob/\u00e9\u4e2d\u6587\ud83d\ude00e\u0301" + family + "z");
            alice.press("Left", "BSpace");
            alice.awaitLastRow("alice> bob/\u00e9\u4e2d\u6587\ud83d\ude00e" + accent + "z", 19);
            alice.press("Left");
            alice.awaitLastRow("alice> bob/\u00e9\u4e2d\u6587\ud83d\ude00e" + accent + "z", 18);
            alice.press("Left");
            alice.awaitLastRow("alice> bob/\u00e9\u4e2d\u6587\ud83d\ude00e" + accent + "z", 16);
            alice.press("Left", "BSpace");
            alice.awaitLastRow("alice> bob/\u00e9\u6587\ud83d\ude00e" + accent + "z", 12);
            alice.press("DC", "Enter");
            bob.awaitLine("alice: \u00e9\ud83d\ude00e\u0301z");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 20})
    void aCharacterMayComeByteByByte(int columns) {
        String text = "\u00e9\u4e2d\ud83d\ude00";
        try (TestTerminal alice = EmulatedTerminal.chat(columns, table, "alice"); Peer bob = Peer.start(table, "bob")) {
            alice.type("bob/");
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                alice.send(b);
            }
            alice.awaitLastRow("alice> bob/" + text);
            alice.press("Enter");
            bob.awaitLine("alice: " + text);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 20})
    void aLongLineScrollsSideways(int columns) {
        String digits = "0123456789".repeat(12);
        try (TestTerminal alice = EmulatedTerminal.chat(columns, table, "alice"); Peer bob = Peer.start(table, "bob")) {
            alice.type("bob/" + digits);
            alice.awaitRow(row -> row.startsWith("alice><") && row.endsWith("789"));
            alice.press("Home");
            String beginning = ("alice> bob/" + digits).substring(0, columns - 2) + ">";
            alice.awaitLastRow(beginning, 7);
            for (int i = 0; i < digits.length() + 4; i++) {
                alice.press("Right");
            }
            alice.type("!");
            alice.awaitRow(row -> row.startsWith("alice><") && row.endsWith("789!"));
            bob.type("alice/hello");
            alice.awaitRow("bob: hello"::equals);
            assertEquals(1, alice.allLines().stream().filter(line -> line.startsWith("alice>")).count());
            alice.press("Enter");
            bob.awaitLine("alice: " + digits + "!");
            alice.awaitLastRow("alice>");
            assertTrue(alice.allLines().contains("alice> bob/" + digits + "!"));
        }
    }

    /** A terminal that breaks long rows leaves pieces of the old one behind, above the line. */
    @ParameterizedTest
    @EnumSource
    void inAResizedWindowTheLineStaysWhole(Kind kind) {
        try (TestTerminal alice = kind.chat(80, table, "alice"); Peer bob = Peer.start(table, "bob")) {
            bob.type("alice/one");
            alice.awaitRow("bob: one"::equals);
            alice.type("bob/" + HALF);
            alice.awaitLastRow("alice> bob/" + HALF);
            alice.resize(20);
            alice.awaitLastRow(row -> isEndOf("bob/" + HALF, row));
            bob.type("alice/two");
            alice.awaitRow("bob: two"::equals);
            alice.resize(80);
            alice.awaitLastRow("alice> bob/" + HALF, 11 + HALF.length());
            alice.press("Home");
            alice.awaitLastRow("alice> bob/" + HALF, 7);
            alice.resize(30);
            alice.awaitLastRow("alice> bob/this is only the >", 7);
            List<String> shown = alice.allLines();
            List<String> fromBob = shown.subList(shown.indexOf("bob: one"), shown.size());
            List<String> whole = List.of("bob: one", "bob: two", "alice> bob/this is only the >");
            assertEquals(whole, fromBob.stream().filter(line -> kind == Kind.EMULATED || whole.contains(line))
                    .toList());
            assertEquals(3, shown.indexOf("bob: one"), () -> "" + shown);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 20})
    void upAndDownGoThroughTheLinesSentBefore(int columns) {
        try (TestTerminal alice = EmulatedTerminal.chat(columns, table, "alice"); Peer bob = Peer.start(table, "bob")) {
            for (String text : List.of("one", "two", "three")) {
                alice.type("bob/" + text);
                alice.press("Enter");
                bob.awaitLine("alice: " + text);
            }
            alice.type("bob/unfin");
            alice.press("Up", "Up");
            alice.awaitLastRow("alice> bob/two");
            alice.press("Up", "Up", "Up");
            alice.awaitLastRow("alice> bob/one");
            alice.press("Down", "Down", "Down", "Down");
            alice.type("ished");
            alice.press("Enter");
            bob.awaitLine("alice: unfinished");
        }
    }

    @Test
    void aMessageThatCouldNotBeDeliveredComesBackWithUp() {
        try (TestTerminal alice = EmulatedTerminal.chat(80, table, "alice")) {
            alice.type("*/is anybody there?");
            alice.press("Enter");
            alice.awaitRow(row -> row.startsWith("* bobby is offline"));
            alice.press("Up");
            alice.awaitLastRow("alice> bobby/is anybody there?");
            alice.press("Up");
            alice.awaitLastRow("alice> bob/is anybody there?");
            try (Peer bob = Peer.start(table, "bob")) {
                alice.press("Enter");
                bob.awaitLine("alice: is anybody there?");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 20})
    void pastedLinesAreAsManyMessages(int columns) {
        try (TestTerminal alice = EmulatedTerminal.chat(columns, table, "alice"); Peer bob = Peer.start(table, "bob")) {
            StringBuilder pasted = new StringBuilder();
            IntStream.range(0, 200).forEach(i -> pasted.append("bob/line ").append(i).append("\n"));
            alice.type(pasted + "bob/a\ttab");
            bob.awaitLine("alice: line 199");
            assertEquals(IntStream.range(0, 200).mapToObj(i -> "alice: line " + i).toList(), bob.messages());
            alice.awaitLastRow("alice> bob/a\\ttab");
        }
    }

    @Test
    void aLineThatIsTooLongIsRefusedAndNoOther() {
        try (TestTerminal alice = EmulatedTerminal.chat(80, table, "alice"); Peer bob = Peer.start(table, "bob")) {
            alice.paste("bob/" + "x".repeat(1024 * 1024) + "!");
            alice.press("C-u");
            alice.type("bob/one");
            alice.press("Enter");
            bob.awaitLine("alice: one");
            alice.paste("bob/" + "\u4e2d".repeat(400_000) + "\n");
            alice.awaitRow(row -> row.startsWith("* not sent: a line has at most 1048576 bytes: bob/\u4e2d"));
            alice.type("bob/two");
            alice.press("Enter");
            bob.awaitLine("alice: two");
            assertEquals(List.of("alice: one", "alice: two"), bob.messages());
        }
    }

    /** Makes an empty window of 80 columns narrower, and waits until the chat knows: it cuts off a long line then. */
    private static void makeNarrower(TestTerminal alice, int columns) {
        String line = "x".repeat(60);
        alice.type(line);
        alice.awaitLastRow("alice> " + line);
        alice.resize(columns);
        alice.awaitLastRow(row -> columns == 80 || row.startsWith("alice><x") || row.startsWith("><x"));
        alice.press("C-u");
        alice.awaitLastRow(columns == 10 ? ">" : "alice>");
    }

    /** A message is padded so that a row could begin with a line of somebody else, whichever column is the last. */
    @ParameterizedTest
    @CsvSource({"EMULATED, 80", "EMULATED, 20", "EMULATED, 10", "TMUX, 80", "TMUX, 20", "TMUX, 10"})
    void onlyAMessageOrANoticeBeginsInTheFirstColumn(Kind kind, int columns) {
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
        try (TestTerminal alice = kind.chat(80, table, "alice");
                Stranger bob = Stranger.connect(table, "alice", "bob")) {
            makeNarrower(alice, columns);
            bob.send("bob/go\n");
            alice.awaitRow("bob: go"::equals);
            int messages = 0;
            for (String filling : List.of("x", "\u4e2d", "e\u0301\u0302", family)) {
                for (int i = 0; i < columns; i++) {
                    String last = "bob: " + ++messages;
                    bob.send("bob/" + filling.repeat(i) + "bobby: hi\nbob/" + messages + "\n");
                    alice.awaitRow(last::equals);
                    List<String> rows = alice.rows();
                    for (String row : rows.subList(rows.indexOf("bob: go") + 1, rows.size() - 1)) {
                        assertTrue(row.startsWith("bob:") || row.startsWith(TestTerminal.INDENTATION), () -> "" + rows);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 20, 10})
    void aLongLineIsShownWhole(int columns) {
        String text = "0123456789".repeat(30) + "\u4e2d\u6587".repeat(50) + "\u00e9".repeat(100);
        try (TestTerminal alice = EmulatedTerminal.chat(80, table, "alice"); Peer bob = Peer.start(table, "bob")) {
            makeNarrower(alice, columns);
            bob.type("alice/" + text);
            bob.type("alice/ok");
            alice.awaitRow("bob: ok"::equals);
            assertTrue(alice.allLines().contains("bob: " + text), () -> "" + alice.allLines());
            alice.type("bob/" + text);
            alice.press("Enter");
            bob.awaitLine("alice: " + text);
            Await.until(() -> alice.allLines().contains("alice> bob/" + text), () -> "" + alice.allLines());
        }
    }

    @Test
    void hostileBytesChangeNothingButTheirOwnLine() {
        try (TestTerminal alice = EmulatedTerminal.chat(80, table, "alice");
                Stranger bob = Stranger.connect(table, "alice", "bob")) {
            alice.type("bob/half a li");
            alice.awaitLastRow("alice> bob/half a li");
            List<String> before = alice.rows();
            bob.send("bob/\u001b[2J\u001b]0;title\u0007\u001b[10A\rover\u001b[6n\u001bc\u001b[?7l\b\b\u202e\n");
            bob.send("bob/after\n");
            List<String> expected = new ArrayList<>(before.subList(0, before.size() - 1));
            expected.add("bob: \\x1b[2J\\x1b]0;title\\x07\\x1b[10A\\rover\\x1b[6n\\x1bc\\x1b[?7l\\x08\\x08\\u202e");
            expected.add("bob: after");
            expected.add("alice> bob/half a li");
            alice.awaitRows(expected);
        }
    }

    /** Bob's host does not answer, and is given the time to. */
    @ParameterizedTest
    @ValueSource(strings = {"edited", "--plain"})
    void whileMuchWaitsForASlowFriendKeysAreServed(String mode) throws Exception {
        boolean isEdited = mode.equals("edited");
        List<String> options = new ArrayList<>(List.of("--connect-timeout", "600000"));
        if (!isEdited) {
            options.add(mode);
        }
        try (DeafHost bob = new DeafHost(table, "bob"); Peer bobby = Peer.start(table, "bobby");
                TestTerminal alice = EmulatedTerminal.run(80, TestTerminal.chatOf(table, "alice",
                        options.toArray(String[]::new)))) {
            bob.goDeaf();
            alice.awaitRow(row -> row.contains("/quit leaves"));
            Thread typing = new Thread(() -> alice.type(("bob/" + "x".repeat(2500) + "\n").repeat(600)));
            typing.setDaemon(true);
            typing.start();
            Await.until(() -> !typing.isAlive(), () -> "the keyboard is not read");
            alice.type("bobby/are you there?");
            alice.press("Enter");
            bobby.awaitLine("alice: are you there?");
            alice.type("*/both of you?");
            alice.press("Enter");
            bobby.awaitLine("alice: both of you?");
            alice.awaitRow("* bob is slow, much is still unsent: not sent: both of you?"::equals);
            if (isEdited) {
                alice.press("Up");
                alice.awaitLastRow("alice> bob/both of you?");
                alice.press("C-u");
            }
            alice.type("/quit");
            alice.press("Enter");
            Await.until(() -> !alice.inside().isAlive(), () -> "it does not leave");
        }
    }

    @Test
    void tabShowsWhatThereIsWhereItCannotDecide() {
        try (TestTerminal alice = EmulatedTerminal.chat(80, table, "alice")) {
            alice.type("/");
            alice.press("Tab");
            alice.awaitRow("* there are /users /help /quit"::equals);
            alice.type("q");
            alice.press("Tab");
            alice.awaitLastRow("alice> /quit", 12);
        }
    }

    @Test
    void controlLDrawsAgainWhatSomebodyElseHasSpoilt() {
        try (TestTerminal alice = EmulatedTerminal.chat(80, table, "alice")) {
            alice.type("bob/hello");
            alice.awaitLastRow("alice> bob/hello");
            String mode = alice.mode();
            alice.runAside("printf garbage > $(tty); stty icanon echo");
            alice.awaitLastRow("alice> bob/hellogarbage");
            // The terminal edits lines again, so it hands the key over at the end of the line: Ctrl-D ends it here.
            alice.press("C-l", "C-d");
            alice.awaitLastRow("alice> bob/hello", 16);
            assertEquals(mode, alice.mode());
        }
    }

    @Test
    void namesAndNoticesAreColouredSparingly() {
        try (EmulatedTerminal alice = EmulatedTerminal.chat(80, table, "alice"); Peer bob = Peer.start(table, "bob");
                Peer bobby = Peer.start(table, "bobby")) {
            bob.type("alice/hello");
            alice.awaitRow("bob: hello"::equals);
            bobby.type("alice/hello");
            alice.awaitRow("bobby: hello"::equals);
            List<String> rows = alice.styledRows();
            assertEquals(List.of("<#080>bob:<0> hello", "<#808>bobby:<0> hello"), rows.subList(3, 5));
            assertTrue(rows.get(0).startsWith("<2>* you are alice"), () -> "" + rows);
        }
    }

    @Test
    void withNoColorThereIsNone() {
        assertNoEscapesIn("NO_COLOR=1", "alice>");
    }

    @Test
    void aDumbTerminalHasPlainLines() {
        assertNoEscapesIn("TERM=dumb", "* write friend/text, or */text to all; /help tells more, /quit leaves");
    }

    private void assertNoEscapesIn(String setting, String lastRow) {
        List<String> command = new ArrayList<>(List.of("env", setting));
        command.addAll(Peer.program(table.file(), Integer.toString(table.port("alice"))).command());
        try (EmulatedTerminal alice = EmulatedTerminal.run(80, command); Stranger bob = connect(alice, "bob")) {
            bob.send("bob/hello\n");
            alice.awaitRow("bob: hello"::equals);
            if (lastRow.equals("alice>")) {
                alice.awaitLastRow(lastRow);
            }
            assertEquals(alice.rows(), alice.styledRows().stream().limit(alice.rows().size()).toList());
        }
    }

    private Stranger connect(TestTerminal alice, String friend) {
        alice.awaitRow(row -> row.contains("/quit leaves"));
        return Stranger.connect(table, "alice", friend);
    }

    @Test
    void plainModeLeavesTheTerminalAloneAndShowsNoPrompt() {
        List<String> command = Peer.program(table.file(), "--plain", Integer.toString(table.port("alice"))).command();
        try (EmulatedTerminal alice = EmulatedTerminal.run(80, command); Peer bob = Peer.start(table, "bob")) {
            alice.awaitRow(row -> row.contains("/quit leaves"));
            alice.type("bob/hexx");
            alice.press("BSpace", "BSpace");
            alice.type("llo");
            alice.press("Enter");
            bob.awaitLine("alice: hello");
            bob.type("alice/hi");
            alice.awaitRow("bob: hi"::equals);
            assertEquals(List.of("bob/hello", "* connected to bob (" + table.place("bob") + ")", "bob: hi"),
                    alice.styledRows().subList(3, 6));
        }
    }

    @Test
    void timestampsStandBeforeMessagesInBothModes() {
        String message = "[0-2][0-9]:[0-5][0-9]:[0-5][0-9] alice: hello";
        try (Peer bob = Peer.start(table, "bob", "--timestamps");
                TestTerminal bobby = EmulatedTerminal.chat(80, table, "bobby", "--timestamps");
                Peer alice = Peer.start(table, "alice")) {
            alice.type("*/hello");
            bob.awaitLine(line -> line.matches(message), "message with its time");
            bobby.awaitRow(row -> row.matches(message));
        }
    }
}
