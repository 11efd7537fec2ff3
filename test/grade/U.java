package grade;

import java.util.List;
import verdict.Case;

/** Using the application: the table beside it, one's own port as the argument. */
final class U {

    static final Plan LISTENS = Plan.of(2, Case.LISTENS, trial -> trial.start(1));

    static final Plan READS_TABLE = new Plan(2, List.of(Case.READS_TABLE, Case.SHOWS_MESSAGE), U::readsTable);

    private U() {
    }

    private static void readsTable(Trial trial) {
        List<Peer> peers = trial.start(2);
        Peer alice = peers.get(0);
        Peer bob = peers.get(1);
        String text = trial.text();
        alice.type(bob.name() + "/" + text);
        trial.judge(Case.READS_TABLE, () -> {
            if (trial.settings().compiledTable().isPresent()) {
                throw new Undecided("the table is compiled into it (TABLE)", false);
            }
            // Only this table tells that bob has this port. If bob shows it, there was a connection, however short.
            if (!bob.console().await(shown -> shown.contains(text), Trial.QUIET)
                    && !Wait.until(Trial.TO_SHOW, () -> !trial.links(bob).isEmpty())) {
                throw new Failure("a message to " + bob.name() + " makes a connection to " + bob.user().address() + ":"
                        + bob.user().port() + ", as " + trial.settings().usersFile() + " says",
                        "no connection there; " + alice.lastShown());
            }
        });
        trial.judge(Case.SHOWS_MESSAGE, () -> trial.mustShow(bob, text));
    }
}
