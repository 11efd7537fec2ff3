package peerchat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * One line of the user_info table (D2): a name and where that user's peer-chat server listens.
 *
 * @param addresses what {@code host} stands for, at least one
 * @param line      the line of the file, from 1
 */
record User(String name, String host, List<InetAddress> addresses, int port, int line) {

    boolean hasAddress(InetAddress address) {
        return addresses.contains(address);
    }

    /** Whether this user's peer-chat server is at exactly this address and port. */
    boolean listensAt(InetSocketAddress place) {
        return port == place.getPort() && hasAddress(place.getAddress());
    }

    /** The place as the table writes it, IPv6 in brackets: {@code 10.0.0.2:5000}. */
    String place() {
        return Text.place(host, port);
    }
}
