package peerchat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Decides whose message it is: by what it says of itself, believed only from that friend's own address. */
final class Speaker {

    /**
     * Who said something.
     *
     * @param sender       as the console names it
     * @param friend       who it surely is, empty for a claim or a stranger
     * @param introduction how the message told it; the text begins after these bytes
     * @param shown        what stands before the text on the console
     */
    record Said(String sender, Optional<User> friend, byte[] introduction, byte[] shown) {

        /** Whether a further message from the same far end introduces itself in the same way, and so is by the same. */
        boolean isAlso(Span message) {
            return introduction.length > 0 && message.startsWith(introduction);
        }

        Span textOf(Span message) {
            return message.without(introduction.length);
        }
    }

    private final User me;
    private final List<User> friends;
    private final Look look;

    Speaker(User me, List<User> friends, Look look) {
        this.me = me;
        this.friends = friends;
        this.look = look;
    }

    List<User> friends() {
        return friends;
    }

    /** Applies the rules in order; {@code farEnd} is the other end of the connection that the message came from. */
    Said of(Span message, InetSocketAddress farEnd) {
        int slash = message.indexOf('/');
        Span introduction = message.first(0);
        if (slash > 0) {
            String name = message.first(slash).text();
            Optional<User> named = named(name);
            if (named.isPresent()) {
                return named.get().hasAddress(farEnd.getAddress())
                        ? said(name, named, message.first(slash + 1))
                        : said(name + "? (" + farEnd.getAddress().getHostAddress() + ")", Optional.empty(),
                                message.first(slash + 1));
            }
            if (name.equals(me.name())) {
                introduction = message.first(slash + 1); // some programs send the line as it was typed
            }
        }
        Optional<User> known = listeningAt(farEnd).or(() -> onlyOneAt(farEnd.getAddress()));
        return said(known.map(User::name)
                .orElseGet(() -> Text.place(farEnd.getAddress().getHostAddress(), farEnd.getPort())), known,
                introduction);
    }

    private Said said(String sender, Optional<User> friend, Span introduction) {
        return new Said(sender, friend,
                Arrays.copyOfRange(introduction.bytes(), introduction.from(), introduction.to()),
                look.sender(Text.visible(sender), friend));
    }

    /** The friend whose peer-chat server is exactly there. */
    Optional<User> listeningAt(InetSocketAddress place) {
        return friends.stream().filter(friend -> friend.listensAt(place)).findFirst();
    }

    /** Who is at the other end, as far as it is known. */
    String whoIsAt(Connection connection) {
        return friendAt(connection).map(User::name).orElseGet(() -> connection.lastSaid().map(Said::sender)
                .orElseGet(() -> Text.place(connection.farEnd().getAddress().getHostAddress(),
                        connection.farEnd().getPort())));
    }

    /** The friend at the other end, by where it is or by what came from there last. */
    Optional<User> friendAt(Connection connection) {
        return listeningAt(connection.farEnd()).or(() -> connection.lastSaid().flatMap(Said::friend));
    }

    /** Whether any line of the table, mine included, has this address. */
    boolean isInTable(InetAddress address) {
        return me.hasAddress(address) || friends.stream().anyMatch(friend -> friend.hasAddress(address));
    }

    Optional<User> named(String name) {
        for (User friend : friends) {
            if (friend.name().equals(name)) {
                return Optional.of(friend);
            }
        }
        return Optional.empty();
    }

    /** The friend who alone has this address. */
    Optional<User> onlyOneAt(InetAddress address) {
        List<User> there = friends.stream().filter(friend -> friend.hasAddress(address)).toList();
        return there.size() == 1 ? Optional.of(there.get(0)) : Optional.empty();
    }
}
