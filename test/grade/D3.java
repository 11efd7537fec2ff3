package grade;

import java.util.List;
import verdict.Case;

/** A message is typed as friendname/msg; what is not one is answered, and nothing comes to harm. */
final class D3 {

    static final Plan NO_SLASH = Plan.of(2, Case.NO_SLASH, trial -> mustAnswer(trial, "good morning everybody"));
    static final Plan UNKNOWN_FRIEND = Plan.of(2, Case.UNKNOWN_FRIEND, trial -> mustAnswer(trial, "zacharias/good morning"));

    private D3() {
    }

    private static void mustAnswer(Trial trial, String line) {
        List<Peer> peers = trial.start(2);
        Answers answers = Answers.learn(trial, peers.get(0), peers.get(1));
        answers.mustAnswer(line);
        trial.deliver(peers.get(0), peers.get(1));
    }
}
