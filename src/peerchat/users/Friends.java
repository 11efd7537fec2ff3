package peerchat.users;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import peerchat.text.ByteRange;
import peerchat.text.Text;

/**
 * The other users of the table, and who of them sent a message. A name is believed only from that friend's address.
 *
 * @param all           the friends, in the order of the table
 * @param introductions of friends whose programs introduce themselves in another way than {@code name/}
 */
public record Friends(User me, List<User> all, List<Introduction> introductions) {
    /**
     * Finds the sender of a message.
     *
     * @param remote the address and port that it came from
     * @param before the friend who has sent over the same connection before
     */
    public Sender senderOf(ByteRange message, InetSocketAddress remote, Optional<User> before) {
        Optional<User> known = before.or(() -> listeningAt(remote)).or(() -> onlyOneAt(remote.getAddress()));
        Optional<Introduction> named = introductions.stream()
                .filter(one -> one.namesFriend() && message.startsWith(one.bytes()))
                .max(Comparator.comparingInt(one -> one.bytes().length))
                .or(() -> nameBefore('/', message))
                // "carol: are you there?" may be a text, too: so a colon names nobody else if the sender is known
                .or(() -> nameBefore(':', message).filter(one -> known.isEmpty() || known.get().equals(one.friend())));
        if (named.isPresent()) {
            User friend = named.get().friend();
            boolean isBelieved = friend.hasAddress(remote.getAddress());
            return new Sender(isBelieved ? friend.name()
                    : friend.name() + "? (" + remote.getAddress().getHostAddress() + ")",
                    isBelieved ? Optional.of(friend) : Optional.empty(), named.get().bytes());
        }
        return new Sender(known.map(User::name).orElseGet(() -> Text.place(remote)), known,
                introductionWithoutName(message, known));
    }

    private Optional<Introduction> nameBefore(char separator, ByteRange message) {
        int length = message.indexOf(separator);
        if (length <= 0) {
            return Optional.empty();
        }
        boolean hasBlank = separator == ':' && message.without(length + 1).indexOf(' ') == 0;
        return named(message.first(length)).map(friend -> new Introduction(friend,
                message.first(length + (hasBlank ? 2 : 1)).copy(), true));
    }

    /** Some programs send the line as it was typed, with my name in it; some a word before each message. */
    private byte[] introductionWithoutName(ByteRange message, Optional<User> sender) {
        int slash = message.indexOf('/');
        if (slash > 0 && me.isNamed(message.first(slash).text())) {
            return message.first(slash + 1).copy();
        }
        return introductions.stream().filter(known -> !known.namesFriend() && sender.equals(Optional.of(known.friend()))
                && message.startsWith(known.bytes())).findFirst().map(Introduction::bytes).orElse(new byte[0]);
    }

    /** Some programs greet with a name and nothing else: the friend who has it, if it comes from that address. */
    public Optional<User> greeting(ByteRange text, InetSocketAddress remote) {
        return named(text).filter(friend -> friend.hasAddress(remote.getAddress())
                && listeningAt(remote).map(friend::equals).orElse(true));
    }

    private Optional<User> named(ByteRange name) {
        String text = name.text();
        return all.stream().filter(friend -> friend.isNamed(text)).findFirst();
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
