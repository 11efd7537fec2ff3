package grader.cases;

import grader.trial.Failure;
import grader.trial.Link;
import grader.trial.Participant;
import grader.trial.Patience;
import grader.trial.Plan;
import grader.trial.Trial;
import grader.verdict.Case;
import java.util.List;
import java.util.Set;

/** Using the application: the table beside it, one's own port as the argument. */
public final class U {

    public static final Plan LISTENS = Plan.of(1, Case.LISTENS, trial -> trial.start(1));

    /** One after another, so that what fails first is what is told. */
    public static final Plan FIRST_MESSAGES = new Plan(2,
            List.of(Case.READS_TABLE, Case.SHOWS_MESSAGE, Case.SECOND, Case.REPLY), U::firstMessages);

    private U() {
    }

    private static void firstMessages(Trial trial) {
        List<Participant> peers = trial.start(2);
        Participant alice = peers.get(0);
        Participant bob = peers.get(1);
        String text = trial.text();
        trial.say(alice, bob, text);
        trial.judge(Case.READS_TABLE, () -> mustFind(trial, alice, bob, text));
        trial.judge(Case.SHOWS_MESSAGE, () -> mustShow(trial, alice, bob, text));
        trial.judge(Case.SECOND, () -> trial.deliver(alice, bob));
        trial.judge(Case.REPLY, () -> trial.deliver(bob, alice));
    }

    /** Some show it only when the user has typed something. */
    private static void mustShow(Trial trial, Participant alice, Participant bob, String text) {
        try {
            trial.mustShow(alice, bob, text);
        } catch (Failure e) {
            bob.type("");
            if (bob.console().await(shown -> shown.contains(text), Trial.QUIET)) {
                throw new Failure(e.expected(), "only when " + bob.name() + " has pressed Enter: " + bob.lastShown());
            }
            throw e;
        }
    }

    /** Only this table tells that bob has this place. If bob shows the text, there was a connection, however short. */
    private static void mustFind(Trial trial, Participant alice, Participant bob, String text) {
        boolean isShown = bob.console().await(shown -> shown.contains(text), Trial.QUIET);
        if (!isShown) {
            Patience.until(Trial.TO_SHOW, () -> !trial.links(List.of(bob)).isEmpty());
        }
        Set<Link> links = trial.links(List.of(bob));
        if (!isShown && links.isEmpty()) { // a connection that was reset leaves no trace, unless bob stands still
            bob.freeze();
            try {
                trial.say(alice, bob, trial.text());
                Patience.until(Trial.TO_SHOW, () -> !trial.links(List.of(bob)).isEmpty());
                links = trial.links(List.of(bob));
            } finally {
                bob.thaw();
            }
        }
        if (links.isEmpty() ? !isShown : links.stream().noneMatch(link -> link.leadsTo(bob.place()))) {
            throw new Failure("a message to " + bob.name() + " makes a connection to " + bob.user().address() + ":"
                    + bob.user().port() + ", as " + trial.tableFile(alice.user()) + " says",
                    (links.isEmpty() ? "no connection there; " : "a connection to another address; ")
                    + alice.lastShown() + "\n" + bob.lastShown());
        }
    }
}
