package peerchat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Decides whose message it is: by what it says of itself, believed only from that friend's own address. */
final class Speaker {

    /**
     * A message with its sender.
     *
     * @param sender as the console shows it
     * @param friend who it surely is, empty for a claim or a stranger
     */
    record Said(String sender, Optional<User> friend, String text) {

        /** A further piece of the same message. */
        Said with(String piece) {
            return new Said(sender, friend, piece);
        }
    }

    private final User me;
    private final List<User> friends;

    Speaker(User me, List<User> friends) {
        this.me = me;
        this.friends = friends;
    }

    /** Applies the rules in order; {@code farEnd} is the other end of the connection that the message came from. */
    Said of(String message, InetSocketAddress farEnd) {
        int slash = message.indexOf('/');
        String text = message;
        if (slash > 0) {
            String name = message.substring(0, slash);
            String rest = message.substring(slash + 1);
            Optional<User> named = named(name);
            if (named.isPresent()) {
                return named.get().hasAddress(farEnd.getAddress())
                        ? new Said(name, named, rest)
                        : new Said(name + "? (" + farEnd.getAddress().getHostAddress() + ")", Optional.empty(), rest);
            }
            if (name.equals(me.name())) {
                text = rest; // some programs send the line as it was typed
            }
        }
        Optional<User> known = listeningAt(farEnd).or(() -> onlyOneAt(farEnd.getAddress()));
        return new Said(known.map(User::name)
                .orElseGet(() -> Text.place(farEnd.getAddress().getHostAddress(), farEnd.getPort())), known, text);
    }

    /** The friend whose peer-chat server is exactly there. */
    Optional<User> listeningAt(InetSocketAddress place) {
        return friends.stream().filter(friend -> friend.listensAt(place)).findFirst();
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
