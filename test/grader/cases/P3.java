package grader.cases;

import grader.trial.Failure;
import grader.trial.Link;
import grader.trial.Participant;
import grader.trial.Patience;
import grader.trial.Plan;
import grader.trial.Trial;
import grader.trial.Undecided;
import grader.verdict.Case;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What happens with a line from the keyboard: read, sent over the client socket, which is created if there is none. */
public final class P3 {

    public static final Plan SPACES = Plan.of(2, Case.SPACES, trial -> deliver(trial,
            "two  blanks in it"));
    public static final Plan SLASHES = Plan.of(3, Case.SLASHES, P3::slashes);
    public static final Plan UTF_8 = Plan.of(2, Case.UTF_8, P3::utf8);
    public static final Plan PERCENT_SIGNS = Plan.of(2, Case.PERCENT_SIGNS, trial -> deliver(trial,
            "100%-\"it's\"-%d-%s%n"));
    public static final Plan NO_EARLY_CONNECTION = Plan.of(2, Case.NO_EARLY_CONNECTION, P3::noEarlyConnection);
    public static final Plan REUSES = Plan.of(2, Case.REUSES, P3::reuses);

    private static final String WIDEST = "🙂";
    private static final int WIDEST_BYTES = 4;

    private P3() {
    }

    private static void deliver(Trial trial, String text) {
        List<Participant> peers = trial.start(2);
        trial.deliver(peers.get(0), peers.get(1), text);
    }

    /** Or what else stands between the friend and the text. */
    private static void slashes(Trial trial) {
        List<Participant> peers = trial.start(3);
        String text = "a/b,one://two/" + trial.user(1).name() + "/c"; // another friend's name means nobody here
        trial.deliver(peers.get(0), peers.get(peers.size() - 1),
                text.replace("/", trial.settings().messageForm().mark().orElse("/")));
    }

    /**
     * Wherever a program ends a part of what it reads, one of the long texts has a character there that is in both
     * parts. They are no longer than what it can show otherwise.
     */
    private static void utf8(Trial trial) {
        List<Participant> peers = trial.start(2);
        trial.deliver(peers.get(0), peers.get(1), "Grüße-你好-🙂");
        for (int shift = 0; shift < WIDEST_BYTES; shift++) {
            String start = trial.text() + "-".repeat(shift);
            int count = (trial.longestShown() - start.length()) / WIDEST_BYTES;
            if (count > 0) {
                trial.deliver(peers.get(0), peers.get(1), start + WIDEST.repeat(count));
            }
        }
    }

    private static void noEarlyConnection(Trial trial) {
        List<Participant> peers = trial.start(2);
        Set<Link> links = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            Patience.during(Trial.QUIET);
            links.addAll(trial.links(peers));
        }
        if (!links.isEmpty()) {
            throw new Failure("no connection before somebody has typed a message", links.size() + " between "
                    + peers.get(0).name() + " and " + peers.get(1).name());
        }
        trial.deliver(peers.get(0), peers.get(1));
    }

    private static void reuses(Trial trial) {
        List<Participant> peers = trial.start(2);
        Participant alice = peers.get(0);
        Participant bob = peers.get(1);
        long first = System.nanoTime();
        trial.deliver(alice, bob);
        // Whoever of the two has made them: bob may open one, too, for his answers, and take his time.
        Set<Link> links = Patience.settled(() -> trial.links(peers));
        Set<Link> own = alice.connectionsTo(bob);
        boolean isOpen = !own.isEmpty() || !alice.socketsTo(bob).isEmpty();
        boolean isSoon = trial.isSoon(first);
        if (!isOpen) {
            throw isSoon ? new Failure("the connection to " + bob.name() + " stays open for the next message",
                    "it is closed after the first") : Undecided.tooSlow();
        }
        long second = System.nanoTime();
        try {
            trial.deliver(alice, bob);
        } catch (Failure e) { // if it was late, the friend may have been idle for too long
            throw isSoon ? e : Undecided.tooSlow();
        }
        boolean isInTime = isSoon && !trial.mayBeIdle(first);
        Set<Link> more = trial.links(peers);
        more.removeAll(links);
        if (!more.isEmpty()) {
            throw isInTime ? new Failure("the second message goes over the connection of the first",
                    "connections that the second message has added: " + more.size()) : Undecided.tooSlow();
        }
        own.removeAll(alice.connectionsTo(bob));
        if (!own.isEmpty()) { // another may have taken its place: one that was reset is not seen any more
            throw isInTime && trial.isSoon(second) ? new Failure("the connection of the first message stays open after "
                    + "the second", "it is closed") : Undecided.tooSlow();
        }
    }
}
