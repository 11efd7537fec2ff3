package grader.cases;

import grader.trial.Answers;
import grader.trial.Participant;
import grader.trial.Plan;
import grader.trial.Trial;
import grader.verdict.Case;
import java.util.List;

/** A message is typed as friendname/msg; what is not one is answered, and nothing comes to harm. */
public final class D3 {

    public static final Plan NO_SLASH = Plan.of(2, Case.NO_SLASH, trial -> mustAnswer(trial, "good morning everybody"));
    public static final Plan UNKNOWN_FRIEND = Plan.of(2, Case.UNKNOWN_FRIEND,
            trial -> mustAnswer(trial, "zacharias/good morning"));

    private D3() {
    }

    private static void mustAnswer(Trial trial, String line) {
        List<Participant> peers = trial.start(2);
        Answers answers = Answers.learn(trial, peers.get(0), peers.get(1));
        answers.mustAnswer(line);
        trial.deliver(peers.get(0), peers.get(1));
    }
}
