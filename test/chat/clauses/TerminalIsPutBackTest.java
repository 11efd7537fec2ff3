package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import support.Await;
import support.EmulatedTerminal;
import support.Faulty;
import support.Peer;
import support.Session;
import support.Table;
import support.TestTerminal;

/** Whichever way the chat ends or stops, the terminal is left as it was found. */
class TerminalIsPutBackTest {

    /** No terminal is so by itself: another key that erases, which is not shown. */
    private static final String UNUSUAL = "stty erase ^T -echoe; ";

    /** Bash edits lines itself, and does not tell a running program that it was brought to the foreground. */
    private static final String NEEDS_BASH = "what bash does with a terminal needs bash";

    @TempDir
    private Path folder;

    private final Table table = Table.of("alice", "bob");
    private final List<String> chat = Peer.program(table.file(), Integer.toString(table.port("alice"))).command();

    @ParameterizedTest
    @CsvSource({"/quit, 0", "Ctrl-D, 0", "Ctrl-C, 130", "Ctrl-C twice, 130", "SIGTERM, 143", "internal error, 70"})
    void afterAnEnd(String way, int status) throws Exception {
        boolean isFaulty = way.equals("internal error");
        String command = Session.quoted(isFaulty ? Faulty.command(folder, table, "alice") : chat);
        try (TestTerminal terminal = EmulatedTerminal.run(80, List.of("sh", "-c", "trap : INT; " + UNUSUAL
                + "stty -g > "
                + folder + "/before; " + command + "; echo ended with $?; sleep 100"))) {
            terminal.awaitRow("alice>"::equals);
            String before = Files.readString(folder.resolve("before")).strip();
            assertNotEquals(before, terminal.mode());
            terminal.type("bob/hal");
            terminal.awaitLastRow("alice> bob/hal");
            switch (way) {
                case "/quit" -> {
                    terminal.press("C-u");
                    terminal.type("/quit");
                    terminal.press("Enter");
                }
                case "Ctrl-D" -> terminal.press("C-u", "C-d");
                case "Ctrl-C" -> terminal.press("C-c");
                case "Ctrl-C twice" -> terminal.press("C-c", "C-c");
                case "internal error" -> terminal.press("Enter");
                default -> signalTheChat(terminal, "TERM");
            }
            terminal.awaitLastRow("ended with " + status);
            assertEquals(before, terminal.mode());
            List<String> lines = terminal.allLines();
            assertEquals(switch (way) {
                case "/quit" -> "alice> /quit";
                case "Ctrl-D" -> "* write friend/text, or */text to all; /help tells more, /quit leaves";
                case "internal error" -> "peerchat: internal error, sorry: java.lang.IllegalStateException: "
                        + "a fault made for a test (--verbose shows where)";
                default -> "* not sent, Enter was missing: bob/hal";
            }, lines.get(lines.size() - 2));
        }
    }

    @Test
    void whileItIsStoppedAndTheChatGoesOnAfterThat() throws Exception {
        try (TestTerminal terminal = shell("sh"); Peer bob = Peer.start(table, "bob")) {
            enter(terminal, UNUSUAL);
            terminal.awaitRow(row -> row.startsWith("ready:stty"));
            terminal.awaitLastRow("ready:");
            String before = terminal.mode();
            enter(terminal, Session.quoted(chat));
            terminal.awaitLastRow("alice>");
            assertNotEquals(before, terminal.mode());
            for (String typed : List.of("half", "half a line")) {
                terminal.type(typed.substring(typed.equals("half") ? 0 : 4));
                terminal.awaitLastRow("alice> " + typed);
                terminal.press("C-z");
                terminal.awaitLastRow("ready:");
                assertEquals(before, terminal.mode());
                bob.type("alice/are you there, " + typed);
                enter(terminal, "fg");
                terminal.awaitRow(("bob: are you there, " + typed)::equals);
                terminal.awaitLastRow("alice> " + typed);
                Await.until(() -> !before.equals(terminal.mode()), () -> "the chat did not take the keys again");
            }
            terminal.press("Home");
            terminal.type("bob/");
            terminal.press("Enter");
            bob.awaitLine("alice: half a line");
            terminal.press("C-d");
            terminal.awaitLastRow("ready:");
            assertEquals(before, terminal.mode());
        }
    }

    @Test
    void withoutAShellToComeBackToItDoesNotStop() throws Exception {
        try (TestTerminal terminal = EmulatedTerminal.run(80, chat)) {
            terminal.awaitLastRow("alice>");
            String keyByKey = terminal.mode();
            terminal.type("bob/not");
            terminal.press("C-z");
            terminal.type(" stopped");
            terminal.awaitLastRow("alice> bob/not stopped");
            assertEquals(keyByKey, terminal.mode());
            terminal.press("C-w");
            terminal.awaitLastRow("alice> bob/not");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", "TSTP"})
    void whoeverStoppedItItTakesTheKeysAgain(String signal) {
        try (TestTerminal terminal = shell("sh")) {
            enter(terminal, Session.quoted(chat));
            terminal.awaitLastRow("alice>");
            String keyByKey = terminal.mode();
            terminal.type("bob/half");
            terminal.awaitLastRow("alice> bob/half");
            signalTheChat(terminal, signal);
            terminal.awaitLastRow(row -> row.endsWith("ready:"));
            terminal.runAside("stty icanon echo icrnl");
            enter(terminal, "fg");
            terminal.awaitLastRow("alice> bob/half", 15);
            assertEquals(keyByKey, terminal.mode());
        }
    }

    @Test
    void startedInTheBackgroundItIsPlain() {
        try (TestTerminal terminal = shell("sh"); Peer bob = Peer.start(table, "bob")) {
            String before = terminal.mode();
            enter(terminal, Session.quoted(chat) + " &");
            terminal.awaitRow(row -> row.endsWith("/quit leaves"));
            bob.type("alice/hello");
            terminal.awaitRow("bob: hello"::equals);
            assertEquals(before, terminal.mode());
            assertTrue(terminal.rows().stream().noneMatch(row -> row.startsWith("alice>")), () -> "" + terminal.rows());
        }
    }

    /** What is typed there is for somebody else, who does not read it at once. */
    @ParameterizedTest
    @ValueSource(strings = {"&", "bg"})
    void inTheBackgroundPlainModeReadsNothingAndGoesOnServing(String way) {
        String plain = Session.quoted(Peer.program(table.file(), "--plain", Integer.toString(table.port("alice")))
                .command());
        try (TestTerminal terminal = shell("sh"); Peer bob = Peer.start(table, "bob")) {
            enter(terminal, way.equals("&") ? plain + " &" : plain);
            terminal.awaitRow(row -> row.endsWith("/quit leaves"));
            if (way.equals("bg")) {
                terminal.press("C-z");
                terminal.awaitLastRow("ready:");
                enter(terminal, "bg");
                terminal.awaitRow("ready:bg"::equals);
                terminal.awaitLastRow("ready:");
            }
            enter(terminal, "sh -c 'echo in front; sleep 100'"); // Ctrl-C could come before a mere sleep has begun
            terminal.awaitRow("in front"::equals);
            enter(terminal, "for nobody");
            terminal.awaitRow("for nobody"::equals);
            bob.type("alice/hello");
            terminal.awaitRow("bob: hello"::equals);
            terminal.press("C-c");
            terminal.awaitLastRow("ready:");
            enter(terminal, "fg");
            enter(terminal, "bob/here I am");
            bob.awaitLine("alice: here I am");
        }
    }

    /** Ctrl-C while stty is at work, which takes half a second more here: that long it has set the mode, or not yet. */
    @ParameterizedTest
    @CsvSource({"*:*, before", "*icanon*, before", "*icanon*, after"})
    void aControlCThatMeetsSttyDoesNotKeepItFromBeingPutBack(String arguments, String when) throws Exception {
        String work = "PATH=${PATH#*:} stty \"$@\"";
        String pause = "touch " + folder + "/paused; sleep 0.5";
        Path slow = Files.writeString(folder.resolve("stty"), "#!/bin/sh\ncase $* in " + arguments + ") "
                + (when.equals("before") ? pause + "; " + work : work + "; " + pause) + ";; *) " + work + ";; esac\n");
        assertTrue(slow.toFile().setExecutable(true));
        try (TestTerminal terminal = shell("sh")) {
            String before = terminal.mode();
            enter(terminal, "trap : INT; PATH=" + folder + ":$PATH " + Session.quoted(chat));
            if (arguments.equals("*:*")) {
                terminal.awaitLastRow("alice>");
                terminal.press("C-c");
            }
            Await.until(() -> Files.exists(folder.resolve("paused")), () -> "stty was not called");
            terminal.press("C-c");
            terminal.awaitLastRow(row -> row.endsWith("ready:"));
            Await.until(() -> before.equals(terminal.mode()), () -> before + " has become " + terminal.mode());
        }
    }

    @Test
    void inTheBackgroundItShowsNoPromptAndTakesTheKeysAgainInTheForeground() {
        assumeTrue(Session.isOnPath("bash"), NEEDS_BASH);
        try (TestTerminal terminal = shell("bash"); Peer bob = Peer.start(table, "bob")) {
            enter(terminal, Session.quoted(chat));
            terminal.awaitLastRow("alice>");
            String keyByKey = terminal.mode();
            terminal.type("bob/half");
            terminal.awaitLastRow("alice> bob/half");
            terminal.press("C-z");
            terminal.awaitLastRow("ready:");
            enter(terminal, "bg");
            terminal.awaitRow(row -> row.endsWith(" &"));
            terminal.awaitLastRow("ready:"); // what is typed before it would be echoed twice
            terminal.type("a command");
            terminal.awaitRow("ready:a command"::equals);
            bob.type("alice/are you there?");
            terminal.awaitRow(row -> row.endsWith("bob: are you there?"));
            List<String> rows = terminal.rows();
            assertTrue(rows.stream().noneMatch(row -> row.startsWith("alice>")), () -> "" + rows);
            assertTrue(rows.stream().anyMatch(row -> row.startsWith("ready:a command")), () -> "" + rows);
            terminal.press("C-u");
            enter(terminal, "fg");
            terminal.awaitLastRow("alice> bob/half", 15);
            assertEquals(keyByKey, terminal.mode());
            enter(terminal, " a line");
            bob.awaitLine("alice: half a line");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"goes on", "ends at once"})
    void whatTheShellHasDoneMeanwhileIsNotUndone(String then) {
        assumeTrue(Session.isOnPath("bash"), NEEDS_BASH);
        try (TestTerminal terminal = shell("bash"); Peer bob = Peer.start(table, "bob")) {
            String atThePrompt = terminal.mode();
            enter(terminal, Session.quoted(chat));
            terminal.awaitLastRow("alice>");
            signalTheChat(terminal, "STOP");
            terminal.awaitLastRow("ready:");
            terminal.type("a command");
            terminal.awaitLastRow("ready:a command");
            if (then.equals("goes on")) {
                signalTheChat(terminal, "CONT");
                bob.type("alice/are you there?");
                terminal.awaitRow(row -> row.endsWith("bob: are you there?"));
                signalTheChat(terminal, "TERM");
            } else {
                signalTheChat(terminal, "TERM");
                signalTheChat(terminal, "CONT");
            }
            Await.until(() -> chats(terminal).isEmpty(), () -> "the chat does not end");
            assertEquals(atThePrompt, terminal.mode());
            assertTrue(terminal.rows().stream().anyMatch(row -> row.startsWith("ready:a command")),
                    () -> "" + terminal.rows());
        }
    }

    @Test
    void whatWasTypedBeforeCtrlCIsNotForgotten() {
        String command = "trap : INT; " + Session.quoted(chat) + "; sleep 100";
        try (TestTerminal terminal = EmulatedTerminal.run(80, List.of("sh", "-c", command))) {
            terminal.awaitLastRow("alice>");
            signalTheChat(terminal, "STOP");
            terminal.type("bob/half a line");
            terminal.press("C-c");
            signalTheChat(terminal, "CONT");
            terminal.awaitRow("* not sent, Enter was missing: bob/half a line"::equals);
        }
    }

    @Test
    void nothingIsLostWhenItEndsRightAfterTheWindowBecameNarrower() {
        try (TestTerminal terminal = EmulatedTerminal.run(80, chat)) {
            terminal.awaitLastRow("alice>");
            terminal.type("bob/a line that is longer than the window will be");
            terminal.awaitLastRow(row -> row.endsWith("will be"));
            terminal.resizeAndPress(30, "C-c");
            terminal.awaitRow("* not sent, Enter was missing"::equals);
        }
    }

    private static TestTerminal shell(String name) {
        TestTerminal terminal = EmulatedTerminal.run(80, name.equals("bash")
                ? List.of("env", "PS1=ready:", "bash", "--norc", "-i") : List.of("env", "PS1=ready:", name, "-i"));
        terminal.awaitLastRow("ready:");
        return terminal;
    }

    private static void enter(TestTerminal terminal, String line) {
        terminal.type(line);
        terminal.press("Enter");
    }

    private static void signalTheChat(TestTerminal terminal, String signal) {
        terminal.runAside("kill -" + signal + " " + chats(terminal).get(0).pid());
    }

    private static List<ProcessHandle> chats(TestTerminal terminal) {
        return terminal.inside().descendants().filter(process -> process.info().command()
                .filter(command -> command.endsWith("/java")).isPresent()).toList();
    }
}
