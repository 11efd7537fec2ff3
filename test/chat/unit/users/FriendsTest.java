package peerchat.users;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import peerchat.text.ByteRange;

/** The sender rules, first that applies. */
class FriendsTest {

    private final User me = user("me", "10.0.0.1", 5000);
    private final User bob = user("bob", "10.0.0.2", 5000);
    private final User carol = user("carol", "10.0.0.3", 5000);
    private final User dave = user("dave", "10.0.0.3", 5001);
    private final Friends friends = new Friends(me, List.of(bob, carol, dave), List.of());

    @Test
    void aFriendsNameFromThatFriendsAddressIsThatFriend() {
        assertSaid("bob", "hi/there", "bob/hi/there", "10.0.0.2", 41234);
        assertSaid("dave", "hi", "dave/hi", "10.0.0.3", 41234);
    }

    @Test
    void aNameInAnotherUnicodeFormIsTheSame() {
        Friends one = new Friends(me, List.of(user("jos\u00e9", "10.0.0.4", 5000)), List.of());
        assertEquals("jos\u00e9", one.senderOf(ByteRange.of("jose\u0301/hi"),
                new InetSocketAddress(address("10.0.0.5"), 1), Optional.empty()).name().substring(0, 4));
    }

    @Test
    void aColonMayStandForTheSlash() {
        assertSaid("bob", "hi: there/you", "bob: hi: there/you", "10.0.0.2", 41234);
        assertSaid("bob", "hi", "bob:hi", "10.0.0.2", 41234);
        assertSaid("bob", " hi", "bob:  hi", "10.0.0.2", 41234);
        assertSaid("bob? (10.0.0.3)", "hi", "bob: hi", "10.0.0.3", 41234);
        assertSaid("bob", "carol: are you there?", "carol: are you there?", "10.0.0.2", 41234);
        assertSaid("carol", "me: hi", "me: hi", "10.0.0.3", 5000);
        assertSaid("carol", "zed: bob/hi", "zed: bob/hi", "10.0.0.3", 5000);
    }

    @Test
    void aFriendsNameFromAnotherAddressIsAClaim() {
        assertSaid("bob? (10.0.0.3)", "hi", "bob/hi", "10.0.0.3", 41234);
    }

    @Test
    void myOwnNameIsDroppedAndTheNextRulesDecide() {
        assertSaid("bob", "hi", "me/hi", "10.0.0.2", 41234);
        assertSaid("carol", "bob/hi", "me/bob/hi", "10.0.0.3", 5000);
    }

    @Test
    void theExactPlaceOfAFriendIsThatFriend() {
        assertSaid("carol", "hi", "hi", "10.0.0.3", 5000);
        assertSaid("dave", "and/or", "and/or", "10.0.0.3", 5001);
    }

    @Test
    void theOnlyFriendWithTheAddressIsThatFriend() {
        assertSaid("bob", "hi", "hi", "10.0.0.2", 41234);
    }

    @Test
    void elseItIsTheRemoteAddress() {
        assertSaid("10.0.0.3:41234", "hi", "hi", "10.0.0.3", 41234);
        assertSaid("10.0.0.1:41234", "/hi", "/hi", "10.0.0.1", 41234);
        assertSaid("10.0.0.3:41234", "zed/hi", "zed/hi", "10.0.0.3", 41234);
    }

    private void assertSaid(String sender, String text, String message, String host, int port) {
        Sender found = friends.senderOf(ByteRange.of(message), new InetSocketAddress(address(host), port),
                Optional.empty());
        assertEquals(sender + ": " + text,
                found.name() + ": " + ByteRange.of(message).without(found.introduction().length).text());
    }

    private static User user(String name, String host, int port) {
        return new User(name, host, List.of(address(host)), port, 1);
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
