package grader.cases;

import grader.trial.Participant;
import grader.trial.Patience;
import grader.trial.Plan;
import grader.trial.Trial;
import grader.verdict.Case;
import java.util.List;

/** "The console should always be ready", "unless the user is already typing another message". */
public final class D4 {

    public static final Plan HALF_TYPED = new Plan(2, List.of(Case.SHOWN_WHILE_TYPING, Case.HALF_LINE_KEPT),
            D4::halfTyped);

    private D4() {
    }

    private static void halfTyped(Trial trial) {
        List<Participant> peers = trial.start(2);
        Participant alice = peers.get(0);
        Participant bob = peers.get(1);
        trial.deliver(alice, bob);
        String half = trial.text();
        String rest = ", and " + trial.text();
        bob.typeKeys(alice.name() + "/" + half);
        Patience.during(Trial.QUIET); // bob thinks
        String meanwhile = trial.text();
        alice.type(bob.name() + "/" + meanwhile);
        trial.judge(Case.SHOWN_WHILE_TYPING, () -> trial.mustShow(bob, meanwhile));
        bob.type(rest);
        trial.judge(Case.HALF_LINE_KEPT, () -> trial.mustShow(alice, half + rest));
    }
}
