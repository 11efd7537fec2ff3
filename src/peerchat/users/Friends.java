package peerchat.users;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import peerchat.text.ByteRange;
import peerchat.text.Text;

/**
 * The other users of the table, and who of them sent a message. A name is believed only from that friend's address.
 *
 * @param all the friends, in the order of the table
 */
public record Friends(User me, List<User> all) {
    /** Finds the sender of a message that came from this address and port. */
    public Sender senderOf(ByteRange message, InetSocketAddress remote) {
        int slash = message.indexOf('/');
        ByteRange introduction = ByteRange.EMPTY;
        if (slash > 0) {
            String name = message.first(slash).text();
            Optional<User> named = all.stream().filter(friend -> friend.name().equals(name)).findFirst();
            if (named.isPresent()) {
                boolean isBelieved = named.get().hasAddress(remote.getAddress());
                return new Sender(isBelieved ? name : name + "? (" + remote.getAddress().getHostAddress() + ")",
                        isBelieved ? named : Optional.empty(), message.first(slash + 1).copy());
            }
            if (name.equals(me.name())) {
                introduction = message.first(slash + 1); // some programs send the line as it was typed
            }
        }
        Optional<User> known = listeningAt(remote).or(() -> onlyOneAt(remote.getAddress()));
        return new Sender(known.map(User::name).orElseGet(() -> Text.place(remote)), known, introduction.copy());
    }

    /** The friend whose peer-chat server is at exactly this address and port. */
    public Optional<User> listeningAt(InetSocketAddress place) {
        return all.stream().filter(friend -> friend.listensAt(place)).findFirst();
    }

    /** The friend who has this address, if it is one friend only. */
    public Optional<User> onlyOneAt(InetAddress address) {
        List<User> there = all.stream().filter(friend -> friend.hasAddress(address)).toList();
        return there.size() == 1 ? Optional.of(there.get(0)) : Optional.empty();
    }

    /** Whether any line of the table, mine included, has this address. */
    public boolean isInTable(InetAddress address) {
        return me.hasAddress(address) || all.stream().anyMatch(friend -> friend.hasAddress(address));
    }
}
