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
    public static final Plan SLASHES = Plan.of(2, Case.SLASHES, P3::slashes);
    public static final Plan UTF_8 = Plan.of(2, Case.UTF_8, trial -> deliver(trial, "Grüße 你好 🙂"));
    public static final Plan NO_EARLY_CONNECTION = Plan.of(2, Case.NO_EARLY_CONNECTION, P3::noEarlyConnection);
    public static final Plan REUSES = Plan.of(2, Case.REUSES, P3::reuses);

    private P3() {
    }

    private static void deliver(Trial trial, String text) {
        List<Participant> peers = trial.start(2);
        trial.deliver(peers.get(0), peers.get(1), text);
    }

    /** Or what else stands between the friend and the text. */
    private static void slashes(Trial trial) {
        deliver(trial, "a/b, one://two/c".replace("/", trial.settings().messageForm().mark().orElse("/")));
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
        long start = System.nanoTime();
        trial.deliver(alice, bob);
        // Whoever of the two has made them: bob may open one, too, for his answers, and take his time.
        Set<Link> first = Patience.settled(() -> trial.links(peers));
        boolean isOpen = !alice.socketsTo(bob).isEmpty();
        boolean isSoon = trial.isSoon(start);
        if (!isOpen) {
            throw isSoon ? new Failure("the connection to " + bob.name() + " stays open for the next message",
                    "it is closed after the first") : Undecided.tooSlow();
        }
        trial.deliver(alice, bob);
        Set<Link> more = trial.links(peers);
        more.removeAll(first);
        if (!more.isEmpty()) {
            throw isSoon ? new Failure("the second message goes over the connection of the first",
                    "the second message has made " + more.size() + " more to " + bob.name()) : Undecided.tooSlow();
        }
    }
}
