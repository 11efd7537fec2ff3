package demo;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The conversation: every clause of the assignment happens in it. After each step its effect is waited for, then there
 * is a pause in which people can follow.
 *
 * @param pauseMillis between two steps
 * @param idleSeconds after which a client socket is closed (P4); long enough that none is closed before the silence
 */
record Script(int pauseMillis, int idleSeconds) {

    static final List<String> FRIENDS = List.of("alice", "bob", "carol");
    /** Is in the table, and is never started. */
    static final String OFFLINE = "dave";

    static final Script FOR_PEOPLE = new Script(1200, 10);
    static final Script QUICK = new Script(80, 1);

    /** A line without its Enter shows nothing that could be waited for: so long after it, it was surely read. */
    private static final int HALF_LINE_MILLIS = 250;

    private record Said(Friend from, Friend to, String text) {

        void type() {
            from.type(to.name() + "/" + text);
        }
    }

    void play(Friend alice, Friend bob, Friend carol) {
        pause();
        say(alice, bob, "hello bob");
        say(alice, bob, "shall we meet at six?");
        say(bob, alice, "six is fine");
        interrupt(carol, bob, alice);
        alice.type("zed/are you there?");
        alice.awaitShown(line -> line.startsWith("* not sent: unknown friend"), "that zed is unknown");
        pause();
        alice.type(OFFLINE + "/will you come too?");
        alice.awaitShown(line -> line.startsWith("* " + OFFLINE + " is offline"), "that " + OFFLINE + " is offline");
        pause();
        sayQuickly(new Said(alice, bob, "carol comes too"), new Said(alice, bob, "and she brings cake"),
                new Said(bob, alice, "what cake?"), new Said(alice, bob, "apple"), new Said(bob, alice, "good"));
        alice.awaitIdleClose(bob);
        bob.awaitIdleClose(alice);
        bob.awaitIdleClose(carol);
        carol.awaitIdleClose(alice);
        pause();
        say(bob, alice, "see you at six");
        for (Friend leaving : List.of(carol, bob, alice)) {
            leaving.quit();
            pause();
        }
    }

    private void say(Friend from, Friend to, String text) {
        from.type(to.name() + "/" + text);
        to.awaitMessage(from, text);
        pause();
    }

    /** Each line is typed at once when the one before is shown, while both loops are awake. */
    private void sayQuickly(Said... all) {
        for (int i = 1; i < all.length; i++) {
            Said before = all[i - 1];
            Said next = all[i];
            before.to.onMessage(before.from, before.text, next::type);
        }
        all[0].type();
        for (Said said : all) {
            said.to.awaitMessage(said.from, said.text);
        }
        pause();
    }

    /** A message comes while a line is half typed. (D4) */
    private void interrupt(Friend typing, Friend interrupting, Friend receiver) {
        String start = "I was wondering whe";
        String rest = "ther I may come too";
        typing.typeHalf(receiver.name() + "/" + start);
        pause(Math.max(pauseMillis, HALF_LINE_MILLIS));
        say(interrupting, typing, "we meet at six");
        typing.typeRest(receiver.name() + "/" + start, rest);
        receiver.awaitMessage(typing, start + rest);
        pause();
    }

    private void pause() {
        pause(pauseMillis);
    }

    private static void pause(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
