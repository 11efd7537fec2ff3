package grader.cases;

import grader.trial.Participant;
import grader.trial.Patience;
import grader.trial.Plan;
import grader.trial.Trial;
import grader.verdict.Case;
import java.util.List;

/** "The console should always be ready", "unless the user is already typing another message". */
public final class D4 {

    public static final Plan HALF_TYPED = new Plan(3, List.of(Case.SHOWN_WHILE_TYPING, Case.HALF_LINE_KEPT),
            D4::halfTyped);

    /** Characters of the line that are typed later. */
    private static final int HALF = 10;

    private D4() {
    }

    private static void halfTyped(Trial trial) {
        List<Participant> peers = trial.start(3);
        Participant alice = peers.get(0);
        Participant bob = peers.get(1);
        Participant other = Trial.thirdOrFirst(peers);
        trial.deliver(alice, bob);
        String text = trial.text();
        String line = trial.message(bob, other.user(), text);
        int half = line.length() - HALF;
        bob.typeKeys(line.substring(0, half));
        Patience.during(Trial.QUIET); // bob thinks
        String meanwhile = trial.text();
        trial.say(alice, bob, meanwhile);
        trial.judge(Case.SHOWN_WHILE_TYPING, () -> trial.mustShow(alice, bob, meanwhile));
        bob.type(line.substring(half));
        trial.judge(Case.HALF_LINE_KEPT, () -> trial.mustShow(bob, other, text));
    }
}
