package chat.clauses;

import org.junit.jupiter.api.Test;
import support.Peer;
import support.Table;

/** D3: a message is typed as friendname/msg. */
class D3TypedFormatTest {

    @Test
    void everythingAfterTheFirstSlashIsTheMessage() {
        Table table = Table.of("alice", "bob");
        try (Peer alice = Peer.start(table, "alice"); Peer bob = Peer.start(table, "bob")) {
            alice.type("bob/hello");
            alice.type("bob/see /etc/hosts // now");
            alice.type("  bob / spaces stay ");
            alice.type("bob/Grüße, 你好 \uD83D\uDE00");
            bob.awaitLine("alice: hello");
            bob.awaitLine("alice: see /etc/hosts // now");
            bob.awaitLine("alice:  spaces stay ");
            bob.awaitLine("alice: Grüße, 你好 \uD83D\uDE00");
        }
    }

    @Test
    void aStarSendsToEveryFriend() {
        Table table = Table.of("alice", "bob", "carol");
        try (Peer alice = Peer.start(table, "alice"); Peer bob = Peer.start(table, "bob");
                Peer carol = Peer.start(table, "carol")) {
            alice.type("*/hello all");
            bob.awaitLine("alice: hello all");
            carol.awaitLine("alice: hello all");
        }
    }

    @Test
    void whateverElseIsTypedIsAnsweredAndEndsNothing() {
        Table table = Table.of("alice", "bob");
        try (Peer alice = Peer.start(table, "alice"); Peer bob = Peer.start(table, "bob")) {
            alice.type("");
            alice.type("   ");
            alice.type("hello");
            alice.awaitLine("* not sent: write friend/text, for example bob/hello; /help tells more");
            alice.type("bobby/hello");
            alice.awaitLine("* not sent: unknown friend \"bobby\"; your friends: bob");
            alice.type("alice/hello");
            alice.awaitLine("* not sent: alice is you; your friends: bob");
            alice.type("bob/");
            alice.awaitLine("* not sent: the text is missing: write bob/text");
            alice.type("/wrong");
            alice.awaitLine("* unknown command /wrong: there are /users, /help and /quit");
            alice.type("/help");
            alice.awaitLine("* */text       sends text to every friend");
            alice.typeRaw(new byte[] {(byte) 0xff, 0, 27, '[', 'A', '\n'});
            alice.typeRaw((("x".repeat(1023) + "y").repeat(1025) + "\n").getBytes());
            alice.awaitLineWith("* not sent: a line has at most 1048576 bytes: xxx");
            alice.type("bob/alive");
            bob.awaitLine("alice: alive");
        }
    }

    /** As some keyboards type it: the accent is a character of its own. */
    @Test
    void aNameMayBeTypedInAnotherUnicodeForm() {
        Table table = Table.of("alice", "jos\u00e9");
        try (Peer alice = Peer.start(table, "alice"); Peer jose = Peer.start(table, "jos\u00e9")) {
            alice.type("jose\u0301/hello");
            jose.awaitLine("alice: hello");
        }
    }
}
