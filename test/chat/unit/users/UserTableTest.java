package peerchat.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The user_info table (D2, U1): what it may hold, and the one line that each mistake gets. */
class UserTableTest {

    @TempDir
    private Path folder;

    private UserTable table(String text) throws IOException, TableException {
        Path file = folder.resolve("users.txt");
        Files.writeString(file, text);
        return UserTable.read(file);
    }

    private String mistake(String text) {
        return assertThrows(TableException.class, () -> table(text)).getMessage().replace(folder + "/", "");
    }

    @Test
    void spacesTabsCommentsAndBlankLinesAreFine() throws Exception {
        List<User> users = table("\ufeff# friends\n\n  alice 127.0.0.1   5000\n\tbob\t127.0.0.2\t5001 # at home\r\n")
                .users();
        assertEquals(List.of("alice", "bob"), users.stream().map(User::name).toList());
        assertEquals(List.of(3, 4), users.stream().map(User::line).toList());
        assertEquals("127.0.0.2:5001", users.get(1).place());
    }

    /** As in a table that was copied from a PDF. */
    @Test
    void spacesThatOnlyLookLikeSpacesAreFineToo() throws Exception {
        List<User> users = table("alice\u00a0127.0.0.1\u20075000\nbob\u202f\u3000127.0.0.2\u00a0\u00a05001\u00a0\n")
                .users();
        assertEquals(List.of("alice", "bob"), users.stream().map(User::name).toList());
        assertEquals("127.0.0.2:5001", users.get(1).place());
    }

    /** An accent may be a character of its own: on the screen there is no difference. */
    @Test
    void namesThatDifferInTheirUnicodeFormOnlyAreTheSame() throws Exception {
        assertEquals("users.txt:2: the name \"jos\u00e9\" is taken by line 1: names must differ",
                mistake("jose\u0301 127.0.0.1 5000\njos\u00e9 127.0.0.2 5000\n"));
        UserTable table = table("jose\u0301 127.0.0.1 5000\nzoe 127.0.0.2 5000\n");
        assertEquals("jose\u0301", table.mine(5000, Optional.of("jose\u0301")).name());
        assertEquals("jose\u0301", table.mine(5000, Optional.of("jos\u00e9")).name());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "al\u200bice 127.0.0.1 5000  | \"al\\u200bice\" cannot be a name: a name has no spaces, \"/\" or control "
                + "characters, and is not \"*\"",
        "alice\u200b127.0.0.1 5000   | a line is \"name ip port\", but this one has 2 fields:"
                + " \"alice\\u200b127.0.0.1 5000\"",
        "alice 127.0.0.1\u200b 5000  | unknown host \"127.0.0.1\\u200b\": write its IP address",
        "alice 127.0.0.1 5000\ufeff  | port must be 1 to 65535, but is \"5000\\ufeff\""})
    void aCharacterThatCannotBeSeenIsShownInTheMistake(String line, String message) {
        assertEquals("users.txt:1: " + message, mistake(line));
    }

    @Test
    void aFirstLineMayBeTheNumberOfUsers() throws Exception {
        UserTable table = table("\ufeff2 \t\r\nalice 127.0.0.1 5000\r\nbob\t127.0.0.2\t5001  \r\n\r\n");
        assertEquals(List.of("alice", "bob"), table.users().stream().map(User::name).toList());
        assertEquals(List.of(2, 3), table.users().stream().map(User::line).toList());
        assertEquals(List.of(), table.warnings());
    }

    @Test
    void aNumberThatDoesNotMatchIsOddButNoMistake() throws Exception {
        UserTable table = table("3\nalice 127.0.0.1 5000\n");
        assertEquals(1, table.users().size());
        assertEquals(List.of(folder + "/users.txt:1: the number of users is 1, not 3: the lines are what"
                + " counts"), table.warnings());
    }

    @Test
    void elsewhereANumberAloneIsAMistake() {
        assertEquals("users.txt:2: a line is \"name ip port\", but this one has 1 field: \"2\"",
                mistake("alice 127.0.0.1 5000\n2\n"));
    }

    @Test
    void addressesMayBeIPv4IPv6OrHostNames() throws Exception {
        List<User> users = table("a 127.0.0.1 1\nb ::1 2\nc localhost 3\n").users();
        assertEquals("[::1]:2", users.get(1).place());
        assertEquals("localhost:3", users.get(2).place());
    }

    @Test
    void namesMayBeAnyTextWithoutSpaces() throws Exception {
        assertEquals("Zoë-你好", table("Zoë-你好 127.0.0.1 5000\n").users().get(0).name());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "alice 127.0.0.1        | a line is \"name ip port\", but this one has 2 fields: \"alice 127.0.0.1\"",
        "alice                  | a line is \"name ip port\", but this one has 1 field: \"alice\"",
        "alice 127.0.0.1 1 2    | a line is \"name ip port\", but this one has 4 fields: \"alice 127.0.0.1 1 2\"",
        "alice 127.0.0.1 70000  | port must be 1 to 65535, but is \"70000\"",
        "alice 127.0.0.1 0      | port must be 1 to 65535, but is \"0\"",
        "alice 127.0.0.1 five   | port must be 1 to 65535, but is \"five\"",
        "alice 127.0.0.300 5000 | \"127.0.0.300\" is no IPv4 address: write four numbers from 0 to 255",
        "alice 127.1 5000       | \"127.1\" is no IPv4 address: write four numbers from 0 to 255",
        "alice 0.0.0.0 5000     | \"0.0.0.0\" is no address of a machine",
        "alice 224.0.0.1 5000   | \"224.0.0.1\" is no address of a machine",
        "alice no.such.invalid 5000 | unknown host \"no.such.invalid\": write its IP address",
        "zed 127.0.0.1 4999     | the name \"zed\" is taken by line 1: names must differ",
        "bob 127.0.0.1 5001     | bob has the address and port of zed in line 1: one of them must differ",
        "a/b 127.0.0.1 5000     | \"a/b\" cannot be a name: a name has no spaces, \"/\" or control characters, and "
        + "is not \"*\"",
        "* 127.0.0.1 5000       | \"*\" cannot be a name: a name has no spaces, \"/\" or control characters, and "
        + "is not \"*\""})
    void everyMistakeIsNamedWithItsLine(String line, String message) {
        assertEquals("users.txt:3: " + message, mistake("zed 127.0.0.1 5001\n\n" + line + "\n"));
    }

    @Test
    void everyMistakeOfTheFileIsNamed() {
        assertEquals("users.txt:1: port must be 1 to 65535, but is \"x\"\n"
                + "users.txt:2: a line is \"name ip port\", but this one has 1 field: \"bob\"",
                mistake("alice 127.0.0.1 x\nbob\n"));
    }

    @Test
    void fiveFriendsAreTheMost() throws Exception {
        String six = "a 127.0.0.1 1\nb 127.0.0.1 2\nc 127.0.0.1 3\nd 127.0.0.1 4\ne 127.0.0.1 5\nf 127.0.0.1 6\n";
        UserTable table = table(six);
        assertEquals(5, table.friendsOf(table.mine(1, Optional.empty())).size());
        assertEquals("users.txt:7: too many users: a table has at most 6, you and 5 friends: remove this line",
                mistake(six + "g 127.0.0.1 7\n"));
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws Exception {
        assertEquals("users.txt: no users: write a line for each user: name ip port", mistake("# nobody\n"));
        String missing = folder.resolve("missing.txt").toString();
        assertEquals(missing + ": no such file: name your table with --users FILE, or USERS=FILE for make",
                assertThrows(TableException.class, () -> UserTable.read(Path.of(missing))).getMessage());
        assertEquals(folder + ": cannot be read: it is a folder: name your table with --users FILE, or USERS=FILE for "
                + "make",
                assertThrows(TableException.class, () -> UserTable.read(folder)).getMessage());
        Path latin = folder.resolve("latin.txt");
        Files.write(latin, "zoë 127.0.0.1 5000\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(latin + ": not UTF-8: save it as UTF-8 text",
                assertThrows(TableException.class, () -> UserTable.read(latin)).getMessage());
    }

    @Test
    void mineIsTheLineWithMyPortAndAnAddressOfThisMachine() throws Exception {
        UserTable table = table("alice 198.51.100.1 5000\nbob 127.0.0.1 5000\ncarol 198.51.100.3 5000\n");
        User me = table.mine(5000, Optional.empty());
        assertEquals("bob", me.name());
        assertEquals(List.of("alice", "carol"), table.friendsOf(me).stream().map(User::name).toList());
    }

    @Test
    void theNameDecidesWherePortAndAddressDoNot() throws Exception {
        UserTable table = table(
                "alice 198.51.100.1 5000\nbob 198.51.100.2 5000\ncarol 127.0.0.1 5001\ndave 127.0.0.2 5001\n");
        assertEquals("bob", table.mine(5000, Optional.of("bob")).name());
        assertEquals("dave", table.mine(5001, Optional.of("dave")).name());
        assertNotMine(table, 5000, null,
                ":1: no line with port 5000 has an address of this machine: correct one, or say which "
                + "is yours: --name alice or --name bob");
        assertNotMine(table, 5001, null,
                ":3: several lines have port 5001 and an address of this machine: say which is "
                + "yours: --name carol or --name dave");
        assertNotMine(table, 5000, "carol", ":3: carol has port 5001, not 5000: start with 5001 or correct the table");
        assertNotMine(table, 5000, "zed", ": no line is named \"zed\": the names are alice, bob, carol, dave");
        assertNotMine(table, 6000, null, ": no line has port 6000: start with a port of the table (5000 (alice), "
                + "5000 (bob), 5001 (carol), 5001 (dave)) or add your line");
    }

    private void assertNotMine(UserTable table, int port, String name, String message) {
        TableException e = assertThrows(TableException.class, () -> table.mine(port, Optional.ofNullable(name)));
        assertEquals(folder.resolve("users.txt") + message, e.getMessage());
    }
}
