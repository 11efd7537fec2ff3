package grader.cases;

import grader.trial.Failure;
import grader.trial.Participant;
import grader.trial.Patience;
import grader.trial.Plan;
import grader.trial.Trial;
import grader.trial.Undecided;
import grader.verdict.Case;
import java.util.List;

/** Using the application: the table beside it, one's own port as the argument. */
public final class U {

    public static final Plan LISTENS = Plan.of(2, Case.LISTENS, trial -> trial.start(1));

    public static final Plan READS_TABLE = new Plan(2, List.of(Case.READS_TABLE, Case.SHOWS_MESSAGE), U::readsTable);

    private U() {
    }

    private static void readsTable(Trial trial) {
        List<Participant> peers = trial.start(2);
        Participant alice = peers.get(0);
        Participant bob = peers.get(1);
        String text = trial.text();
        alice.type(bob.name() + "/" + text);
        trial.judge(Case.READS_TABLE, () -> {
            if (trial.settings().compiledTable().isPresent()) {
                throw new Undecided("the table is compiled into it (TABLE)", false);
            }
            // Only this table tells that bob has this port. If bob shows it, there was a connection, however short.
            if (!bob.console().await(shown -> shown.contains(text), Trial.QUIET)
                    && !Patience.until(Trial.TO_SHOW, () -> !trial.links(bob).isEmpty())) {
                throw new Failure("a message to " + bob.name() + " makes a connection to " + bob.user().address() + ":"
                        + bob.user().port() + ", as " + trial.settings().usersFile() + " says",
                        "no connection there; " + alice.lastShown());
            }
        });
        trial.judge(Case.SHOWS_MESSAGE, () -> trial.mustShow(bob, text));
    }
}
