package grade;

import java.util.List;
import verdict.Case;

/** "The console should always be ready", "unless the user is already typing another message". */
final class D4 {

    static final Plan HALF_TYPED = new Plan(2, List.of(Case.SHOWN_WHILE_TYPING, Case.HALF_LINE_KEPT), D4::halfTyped);

    private D4() {
    }

    private static void halfTyped(Trial trial) {
        List<Peer> peers = trial.start(2);
        Peer alice = peers.get(0);
        Peer bob = peers.get(1);
        trial.deliver(alice, bob);
        String half = trial.text();
        String rest = ", and " + trial.text();
        bob.typeKeys(alice.name() + "/" + half);
        Wait.during(Trial.QUIET); // bob thinks
        String meanwhile = trial.text();
        alice.type(bob.name() + "/" + meanwhile);
        trial.judge(Case.SHOWN_WHILE_TYPING, () -> trial.mustShow(bob, meanwhile));
        bob.type(rest);
        trial.judge(Case.HALF_LINE_KEPT, () -> trial.mustShow(alice, half + rest));
    }
}
