package grader.cases;

import grader.trial.Answers;
import grader.trial.Failure;
import grader.trial.MessageForm;
import grader.trial.Participant;
import grader.trial.Plan;
import grader.trial.Trial;
import grader.verdict.Case;
import java.util.List;

/** A message is typed as friendname/msg; what is not one is answered, and nothing comes to harm. */
public final class D3 {

    public static final Plan NO_SLASH = Plan.of(3, Case.NO_SLASH, D3::mustAnswerText);
    public static final Plan UNKNOWN_FRIEND = Plan.of(3, Case.UNKNOWN_FRIEND, D3::mustAnswerUnknown);

    private D3() {
    }

    private static void mustAnswerText(Trial trial) {
        String text = trial.text();
        mustAnswer(trial, text, "", text);
    }

    private static void mustAnswerUnknown(Trial trial) {
        String text = trial.text();
        mustAnswer(trial, trial.settings().messageForm().lineToNobody(text), MessageForm.NOBODY.name(), text);
    }

    /** The friend who speaks then has not been written to: whether a reply is shown is not the question here. */
    private static void mustAnswer(Trial trial, String line, String friend, String text) {
        List<Participant> peers = trial.start(3);
        Participant alice = peers.get(0);
        Answers answers = Answers.learn(trial, alice, peers.get(1));
        try {
            answers.mustAnswer(line, friend, text);
            trial.mustGoOn(alice, peers.get(peers.size() - 1), peers.get(1));
        } finally { // what the program does with it instead tells more than that it says nothing
            mustReachNobody(line, text, peers.subList(1, peers.size()));
        }
    }

    private static void mustReachNobody(String line, String text, List<Participant> friends) {
        friends.stream().filter(friend -> friend.console().text().contains(text)).forEach(friend -> {
            throw new Failure("\"" + line + "\" is sent to nobody", friend.name() + " has got it; "
                    + friend.lastShown());
        });
    }
}
