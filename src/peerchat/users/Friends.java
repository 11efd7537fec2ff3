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
 * @param all           the friends, in the order of the table
 * @param introductions of friends whose programs introduce themselves in another way than {@code name/}
 */
public record Friends(User me, List<User> all, List<Introduction> introductions) {
    /** What may stand between the sender's name and the text. */
    private static final char[] SEPARATORS = {'/', ':'};

    /**
     * Finds the sender of a message.
     *
     * @param remote the address and port that it came from
     * @param before the friend who has sent over the same connection before
     */
    public Sender senderOf(ByteRange message, InetSocketAddress remote, Optional<User> before) {
        Optional<Introduction> named = introductions.stream()
                .filter(known -> known.namesFriend() && message.startsWith(known.bytes())).findFirst()
                .or(() -> nameBeforeSeparator(message));
        if (named.isPresent()) {
            User friend = named.get().friend();
            boolean isBelieved = friend.hasAddress(remote.getAddress());
            return new Sender(isBelieved ? friend.name()
                    : friend.name() + "? (" + remote.getAddress().getHostAddress() + ")",
                    isBelieved ? Optional.of(friend) : Optional.empty(), named.get().bytes());
        }
        Optional<User> known = before.or(() -> listeningAt(remote)).or(() -> onlyOneAt(remote.getAddress()));
        return new Sender(known.map(User::name).orElseGet(() -> Text.place(remote)), known,
                introductionWithoutName(message, known));
    }

    private Optional<Introduction> nameBeforeSeparator(ByteRange message) {
        for (char separator : SEPARATORS) {
            int length = message.indexOf(separator);
            Optional<User> named = length > 0 ? named(message.first(length)) : Optional.empty();
            if (named.isPresent()) {
                boolean hasBlank = separator == ':' && message.without(length + 1).indexOf(' ') == 0;
                return Optional.of(new Introduction(named.get(), message.first(length + (hasBlank ? 2 : 1)).copy(),
                        true));
            }
        }
        return Optional.empty();
    }

    /** Some programs send the line as it was typed, with my name in it; some a word before each message. */
    private byte[] introductionWithoutName(ByteRange message, Optional<User> sender) {
        int slash = message.indexOf('/');
        if (slash > 0 && message.first(slash).text().equals(me.name())) {
            return message.first(slash + 1).copy();
        }
        return introductions.stream().filter(known -> !known.namesFriend() && sender.equals(Optional.of(known.friend()))
                && message.startsWith(known.bytes())).findFirst().map(Introduction::bytes).orElse(new byte[0]);
    }

    /** The friend whose name, and nothing else, this text is, as some programs greet; only from that friend's address. */
    public Optional<User> greeting(ByteRange text, InetSocketAddress remote) {
        return named(text).filter(friend -> friend.hasAddress(remote.getAddress()));
    }

    private Optional<User> named(ByteRange name) {
        String text = name.text();
        return all.stream().filter(friend -> friend.name().equals(text)).findFirst();
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
