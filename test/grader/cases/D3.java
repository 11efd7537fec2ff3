package grader.cases;

import grader.trial.Answers;
import grader.trial.Failure;
import grader.trial.Participant;
import grader.trial.Plan;
import grader.trial.Trial;
import grader.verdict.Case;
import java.util.List;

/** A message is typed as friendname/msg; what is not one is answered, and nothing comes to harm. */
public final class D3 {

    public static final Plan NO_SLASH = Plan.of(3, Case.NO_SLASH, trial -> mustAnswer(trial, ""));
    public static final Plan UNKNOWN_FRIEND = Plan.of(3, Case.UNKNOWN_FRIEND, trial -> mustAnswer(trial, "zacharias/"));

    private D3() {
    }

    /** The friend who speaks then has not been written to: whether a reply is shown is not the question here. */
    private static void mustAnswer(Trial trial, String start) {
        List<Participant> peers = trial.start(3);
        Participant alice = peers.get(0);
        Answers answers = Answers.learn(trial, alice, peers.get(1));
        String text = trial.text();
        try {
            answers.mustAnswer(start + text);
            trial.mustGoOn(alice, peers.get(peers.size() - 1), peers.get(1));
        } finally { // what the program does with it instead tells more than that it says nothing
            mustReachNobody(start + text, text, peers.subList(1, peers.size()));
        }
    }

    private static void mustReachNobody(String line, String text, List<Participant> friends) {
        friends.stream().filter(friend -> friend.console().text().contains(text)).forEach(friend -> {
            throw new Failure("\"" + line + "\" is sent to nobody", friend.name() + " has got it; "
                    + friend.lastShown());
        });
    }
}
