package clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import support.Await;
import support.Faulty;
import support.Peer;
import support.Table;
import support.Tmux;

/** Whichever way the chat ends or stops, the terminal is left as it was found. */
class TerminalIsPutBackTest {

    /** No terminal is so by itself: another key that erases, which is not shown. */
    private static final String UNUSUAL = "stty erase ^T -echoe; ";

    @TempDir
    private Path folder;

    private final Table table = Table.of("alice", "bob");
    private final List<String> chat = Peer.program(table.file(), Integer.toString(table.port("alice"))).command();

    @ParameterizedTest
    @CsvSource({"/quit, 0", "Ctrl-D, 0", "Ctrl-C, 130", "Ctrl-C twice, 130", "SIGTERM, 143", "internal error, 70"})
    void afterAnEnd(String way, int status) throws Exception {
        boolean isFaulty = way.equals("internal error");
        try (Tmux terminal = Tmux.run(80, List.of("sh", "-c", "trap : INT; " + UNUSUAL + "stty -g > " + folder + "/before; " + quoted(isFaulty ? Faulty.command(folder, table, "alice") : chat)
                + "; echo ended with $?; sleep 100"))) {
            terminal.awaitRow("alice>"::equals);
            String before = Files.readString(folder.resolve("before")).strip();
            assertNotEquals(before, mode(terminal));
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
                default -> signalTheChat(terminal);
            }
            terminal.awaitLastRow("ended with " + status);
            assertEquals(before, mode(terminal));
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
        try (Tmux terminal = Tmux.run(80, List.of("env", "PS1=ready:", "sh", "-i"));
                Peer bob = Peer.start(table, "bob")) {
            terminal.awaitLastRow("ready:");
            terminal.type(UNUSUAL);
            terminal.press("Enter");
            terminal.awaitRow(row -> row.startsWith("ready:stty"));
            terminal.awaitLastRow("ready:");
            String before = mode(terminal);
            terminal.type(quoted(chat));
            terminal.press("Enter");
            terminal.awaitLastRow("alice>");
            assertNotEquals(before, mode(terminal));
            for (String typed : List.of("half", "half a line")) {
                terminal.type(typed.substring(typed.equals("half") ? 0 : 4));
                terminal.awaitLastRow("alice> " + typed);
                terminal.press("C-z");
                terminal.awaitLastRow("ready:");
                assertEquals(before, mode(terminal));
                bob.type("alice/are you there, " + typed);
                terminal.type("fg");
                terminal.press("Enter");
                terminal.awaitRow(("bob: are you there, " + typed)::equals);
                terminal.awaitLastRow("alice> " + typed);
                Await.until(() -> !before.equals(mode(terminal)), () -> "the chat did not take the keys again");
            }
            terminal.press("Home");
            terminal.type("bob/");
            terminal.press("Enter");
            bob.awaitLine("alice: half a line");
            terminal.press("C-d");
            terminal.awaitLastRow("ready:");
            assertEquals(before, mode(terminal));
        }
    }

    private static void signalTheChat(Tmux terminal) {
        ProcessHandle chat = terminal.inside().descendants().filter(process -> process.info().command()
                .filter(command -> command.endsWith("/java")).isPresent()).findFirst().orElseThrow();
        assertTrue(chat.destroy());
    }

    private static String mode(Tmux terminal) {
        try {
            Process stty = new ProcessBuilder("stty", "-g").redirectInput(new File(terminal.device())).start();
            return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(List<String> command) {
        return command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }
}
