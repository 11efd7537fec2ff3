package peerchat.users;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.function.Function;
import java.util.stream.Collectors;
import peerchat.text.Text;

/**
 * The user_info table (D2): {@code users.txt}, one {@code name ip port} a line (U1), the same file on every machine
 * (U2). It is read once, before anything is bound, and never changes.
 */
public final class UserTable {
    public static final int MOST_FRIENDS = 5;

    private static final String REMEDY = "name your table with --users FILE, or USERS=FILE for make";
    /** The characters between fields. Some only look like a space: a table copied from a PDF has no-break spaces. */
    private static final String SPACES = " \t\r\f\u000b\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
            + "\u2007\u2008\u2009\u200a\u202f\u205f\u3000";

    private final String file;
    private final List<User> users = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private UserTable(String file) {
        this.file = file;
    }

    /**
     * Reads the whole file.
     *
     * @throws TableException if the file cannot be read or has no users, or for mistakes, each with its line
     */
    public static UserTable read(Path path) throws TableException {
        UserTable table = new UserTable(path.toString());
        List<String> lines = table.linesOf(path);
        int announced = countIn(lines.get(0));
        for (int i = announced < 0 ? 0 : 1; i < lines.size(); i++) {
            table.readLine(lines.get(i), i + 1);
        }
        if (table.users.isEmpty() && table.mistakes.isEmpty()) {
            table.mistakes.add(table.file + ": no users: write a line for each user: name ip port");
        }
        if (!table.mistakes.isEmpty()) {
            throw new TableException(String.join("\n", table.mistakes));
        }
        if (announced >= 0 && announced != table.users.size()) {
            table.warnings.add(table.file + ":1: the number of users is " + table.users.size() + ", not " + announced
                    + ": the lines are what counts");
        }
        return table;
    }

    /** Oddities in the file that are no mistakes, each with its line. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    public List<User> users() {
        return List.copyOf(users);
    }

    /**
     * My own line. A given name decides. Otherwise it is the line with my port and an address of this machine.
     *
     * @throws TableException if no line is mine, or several lines could be mine
     */
    public User mine(int port, Optional<String> name) throws TableException {
        if (name.isPresent()) {
            return named(name.get(), port);
        }
        List<User> samePort = users.stream().filter(user -> user.port() == port).toList();
        if (samePort.isEmpty()) {
            throw new TableException(file + ": no line has port " + port + ": start with a port of the table ("
                    + ports() + ") or add your line");
        }
        List<User> here = samePort.stream().filter(user -> user.addressHere().isPresent()).toList();
        if (here.size() == 1) {
            return here.get(0);
        }
        List<User> candidates = here.isEmpty() ? samePort : here;
        throw new TableException(file + ":" + candidates.get(0).line() + ": "
                + (here.isEmpty() ? "no line with port " + port + " has an address of this machine: correct one, or"
                                  : "several lines have port " + port + " and an address of this machine:")
                + " say which is yours: " + joined(candidates, user -> "--name " + user.name(), " or "));
    }

    private User named(String name, int port) throws TableException {
        User named = users.stream().filter(user -> user.isNamed(name)).findFirst()
                .orElseThrow(() -> new TableException(file + ": no line is named \"" + name + "\": the names are "
                        + User.names(users)));
        if (named.port() != port) {
            throw new TableException(file + ":" + named.line() + ": " + named.name() + " has port " + named.port()
                    + ", not " + port + ": start with " + named.port() + " or correct the table");
        }
        return named;
    }

    /** All users but me, in the order of the file. */
    public List<User> friendsOf(User me) {
        return users.stream().filter(user -> user != me).toList();
    }

    /** The ports that a user may start with: {@code 5000 (alice), 5001 (bob)}. */
    public String ports() {
        return joined(users, user -> user.port() + " (" + user.name() + ")", ", ");
    }

    private static String joined(List<User> users, Function<User, String> words, String between) {
        return users.stream().map(words).collect(Collectors.joining(between));
    }

    private List<String> linesOf(Path path) throws TableException {
        try {
            byte[] bytes = Files.readAllBytes(path);
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            boolean marked = text.startsWith("\ufeff"); // a byte order mark, as some editors write it
            return List.of((marked ? text.substring(1) : text).split("\n", -1));
        } catch (NoSuchFileException e) {
            throw new TableException(file + ": no such file: " + REMEDY);
        } catch (CharacterCodingException e) {
            throw new TableException(file + ": not UTF-8: save it as UTF-8 text");
        } catch (IOException e) {
            throw new TableException(file + ": cannot be read" + (Files.isDirectory(path) ? ": it is a folder" : "")
                    + ": " + REMEDY);
        }
    }

    /** The number of users if the line is only a number, else -1. Some programs want it in the first line. */
    private static int countIn(String line) {
        List<String> fields = fieldsOf(line);
        return fields.size() == 1 && Text.isNumber(fields.get(0), 4) ? Integer.parseInt(fields.get(0)) : -1;
    }

    private void readLine(String line, int number) {
        List<String> fields = fieldsOf(line);
        if (fields.isEmpty()) {
            return;
        }
        try {
            if (fields.size() != 3) {
                throw new TableException("a line is \"name ip port\", but this one has " + fields.size()
                        + (fields.size() == 1 ? " field" : " fields") + ": \"" + Text.visible(line.strip()) + "\"");
            }
            String name = checkedName(fields.get(0));
            int port = checkedPort(fields.get(2));
            add(new User(name, fields.get(1), addressesOf(fields.get(1)), port, number));
        } catch (TableException e) {
            mistakes.add(file + ":" + number + ": " + e.getMessage());
        }
    }

    /** Splits a line at spaces of any kind, up to a comment. */
    private static List<String> fieldsOf(String line) {
        List<String> fields = new ArrayList<>();
        StringTokenizer words = new StringTokenizer(line, SPACES); // a regular expression would slow down every start
        while (words.hasMoreTokens()) {
            String field = words.nextToken();
            if (field.startsWith("#")) {
                break;
            }
            fields.add(field);
        }
        return fields;
    }

    private void add(User user) throws TableException {
        for (User other : users) {
            if (other.isNamed(user.name())) {
                throw new TableException("the name \"" + user.name() + "\" is taken by line " + other.line()
                        + ": names must differ");
            }
            if (other.port() == user.port() && other.addresses().stream().anyMatch(user::hasAddress)) {
                throw new TableException(user.name() + " has the address and port of " + other.name() + " in line "
                        + other.line() + ": one of them must differ");
            }
        }
        if (users.size() > MOST_FRIENDS) {
            throw new TableException("too many users: a table has at most " + (MOST_FRIENDS + 1)
                    + ", you and " + MOST_FRIENDS + " friends: remove this line");
        }
        users.add(user);
    }

    private static String checkedName(String name) throws TableException {
        if (name.contains("/") || name.equals("*") || !Text.visible(name).equals(name)) {
            throw new TableException("\"" + Text.visible(name) + "\" cannot be a name: a name has no spaces, \"/\" "
                    + "or control characters, and is not \"*\"");
        }
        return name;
    }

    private static int checkedPort(String text) throws TableException {
        int port = Text.isNumber(text, 5) ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw new TableException("port must be 1 to 65535, but is \"" + Text.visible(text) + "\"");
        }
        return port;
    }

    private static List<InetAddress> addressesOf(String host) throws TableException {
        // Java would take "10.1" for 10.0.0.1 and ask the name service for "10.0.0.256".
        boolean looksLikeIPv4 = Text.isNumber(host.replace(".", ""), host.length());
        if (looksLikeIPv4 && !isIPv4(host)) {
            throw new TableException("\"" + host + "\" is no IPv4 address: write four numbers from 0 to 255");
        }
        try {
            List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
            if (addresses.stream().anyMatch(address -> address.isAnyLocalAddress() || address.isMulticastAddress())) {
                throw new TableException("\"" + host + "\" is no address of a machine");
            }
            return addresses;
        } catch (UnknownHostException e) {
            throw new TableException("unknown host \"" + Text.visible(host) + "\": write its IP address");
        }
    }

    private static boolean isIPv4(String host) {
        List<String> parts = List.of(host.split("\\.", -1));
        return parts.size() == 4
                && parts.stream().allMatch(part -> Text.isNumber(part, 3) && Integer.parseInt(part) <= 255);
    }
}
