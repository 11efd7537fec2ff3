package peerchat.users;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import peerchat.text.ByteRange;
import peerchat.text.Text;

/**
 * The other users of the table. Tells which of them sent a message: a name is believed only from that friend's address.
 *
 * @param all           the friends, in the order of the table
 * @param introductions of friends whose programs introduce themselves in another way than {@code name/}
 */
public record Friends(User me, List<User> all, List<Introduction> introductions) {
    /**
     * Finds the sender of a message.
     *
     * @param remote     the address and port that it came from
     * @param lastSender the friend who sent the last message over the same connection
     */
    public Sender senderOf(ByteRange message, InetSocketAddress remote, Optional<User> lastSender) {
        Optional<User> known = lastSender.isPresent() ? lastSender : at(remote);
        Optional<Introduction> named = introductionOf(message, known);
        if (named.isPresent()) {
            User friend = named.get().friend();
            boolean isBelieved = friend.hasAddress(remote.getAddress());
            return new Sender(isBelieved ? friend.name()
                    : friend.name() + "? (" + remote.getAddress().getHostAddress() + ")",
                    isBelieved ? Optional.of(friend) : Optional.empty(), named.get().bytes());
        }
        return new Sender(known.isPresent() ? known.get().name() : Text.place(remote), known,
                introductionWithoutName(message, known));
    }

    private Optional<Introduction> introductionOf(ByteRange message, Optional<User> known) {
        Optional<Introduction> named = Optional.empty();
        for (Introduction each : introductions) {
            if (each.namesFriend() && message.startsWith(each.bytes())
                    && (named.isEmpty() || each.bytes().length > named.get().bytes().length)) {
                named = Optional.of(each);
            }
        }
        named = named.isPresent() ? named : nameBefore('/', message);
        if (named.isPresent()) {
            return named;
        }
        // if the sender is known, another friend's name and a colon are text: "carol: are you there?"
        named = nameBefore(':', message);
        return named.isEmpty() || known.isEmpty() || known.get().equals(named.get().friend()) ? named
                : Optional.empty();
    }

    private Optional<Introduction> nameBefore(char separator, ByteRange message) {
        int length = message.indexOf(separator);
        if (length <= 0) {
            return Optional.empty();
        }
        Optional<User> friend = named(message.first(length));
        boolean hasBlank = separator == ':' && message.without(length + 1).indexOf(' ') == 0;
        return friend.isEmpty() ? Optional.empty()
                : Optional.of(new Introduction(friend.get(), message.first(length + (hasBlank ? 2 : 1)).copy(), true));
    }

    /** Some programs send the line as it was typed, with my name in it. Others send a fixed word before each text. */
    private byte[] introductionWithoutName(ByteRange message, Optional<User> sender) {
        int slash = message.indexOf('/');
        if (slash > 0 && me.isNamed(message.first(slash).text())) {
            return message.first(slash + 1).copy();
        }
        for (Introduction each : introductions) {
            if (!each.namesFriend() && sender.equals(Optional.of(each.friend())) && message.startsWith(each.bytes())) {
                return each.bytes();
            }
        }
        return new byte[0];
    }

    /** The friend whose name is the whole text, if it comes from that friend's address: some programs greet so. */
    public Optional<User> greeting(ByteRange text, InetSocketAddress remote) {
        Optional<User> friend = named(text);
        return friend.isPresent() && friend.get().hasAddress(remote.getAddress())
                && (listeningAt(remote).isEmpty() || listeningAt(remote).equals(friend)) ? friend : Optional.empty();
    }

    private Optional<User> named(ByteRange name) {
        String text = name.text();
        for (User friend : all) {
            if (friend.isNamed(text)) {
                return Optional.of(friend);
            }
        }
        return Optional.empty();
    }

    /** The friend whose peer-chat server is at exactly this address and port. */
    public Optional<User> listeningAt(InetSocketAddress place) {
        for (User friend : all) {
            if (friend.listensAt(place)) {
                return Optional.of(friend);
            }
        }
        return Optional.empty();
    }

    /** The friend who has this address, if only one friend has it. */
    public Optional<User> onlyOneAt(InetAddress address) {
        Optional<User> there = Optional.empty();
        for (User friend : all) {
            if (friend.hasAddress(address)) {
                if (there.isPresent()) {
                    return Optional.empty();
                }
                there = Optional.of(friend);
            }
        }
        return there;
    }

    /** The friend who listens at this address and port, else the only friend who has this address. */
    public Optional<User> at(InetSocketAddress remote) {
        Optional<User> listening = listeningAt(remote);
        return listening.isPresent() ? listening : onlyOneAt(remote.getAddress());
    }

    /** Returns true if any line of the table, mine included, has this address. */
    public boolean isInTable(InetAddress address) {
        return me.hasAddress(address) || all.stream().anyMatch(friend -> friend.hasAddress(address));
    }
}
