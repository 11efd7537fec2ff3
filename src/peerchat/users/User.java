package peerchat.users;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import peerchat.text.Text;

/**
 * One line of the user_info table (D2): a name and where that user's peer-chat server listens.
 *
 * @param host      as the table writes it
 * @param addresses the addresses of {@code host}, at least one
 * @param line      the line of the file, from 1
 */
public record User(String name, String host, List<InetAddress> addresses, int port, int line) {
    /** Compares names, which are unique in a table. The equals of a record would take 30 ms at its first call. */
    @Override
    public boolean equals(Object other) {
        return other instanceof User user && user.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Returns true if this is the user's name, in any normal form of Unicode. */
    public boolean isNamed(String other) {
        return name.equals(other) || Text.composed(name).equals(Text.composed(other));
    }

    public boolean hasAddress(InetAddress address) {
        return addresses.contains(address);
    }

    /** Returns true if this user's peer-chat server is at exactly this address and port. */
    public boolean listensAt(InetSocketAddress place) {
        return port == place.getPort() && hasAddress(place.getAddress());
    }

    /**
     * The address to listen on, if it belongs to this machine; else the server has to listen on every address. Some
     * systems give the machine's own name the address 127.0.1.1, to which nobody could connect from outside.
     */
    public Optional<InetAddress> listensOn() {
        boolean isLocalOnly = isLiteral() || host.equalsIgnoreCase("localhost");
        return addressHere().filter(address -> isLocalOnly || !address.isLoopbackAddress());
    }

    /** Returns true if the table has the address itself, and not a host name. */
    public boolean isLiteral() {
        return host.indexOf(':') >= 0 || Text.isNumber(host.replace(".", ""), host.length());
    }

    /** The user's first address that belongs to this machine, so that a socket can be bound to it. */
    public Optional<InetAddress> addressHere() {
        return addresses.stream().filter(User::isHere).findFirst();
    }

    private static boolean isHere(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    /** The address and port as the table writes them, an IPv6 address in brackets: {@code 10.0.0.2:5000}. */
    public String place() {
        return Text.place(host, port);
    }

    /** The names with commas between, or {@code none}. */
    public static String names(List<User> users) {
        return users.isEmpty() ? "none" : String.join(", ", users.stream().map(User::name).toList());
    }
}
