package grader.cases;

import grader.trial.Answers;
import grader.trial.Failure;
import grader.trial.MessageForm;
import grader.trial.Participant;
import grader.trial.Plan;
import grader.trial.Trial;
import grader.verdict.Case;
import java.util.List;
import java.util.stream.Stream;

/** A message is typed as friendname/msg; what is not one is answered, and nothing comes to harm. */
public final class D3 {

    public static final Plan NO_SLASH = Plan.of(3, Case.NO_SLASH, D3::mustAnswerText);
    public static final Plan UNKNOWN_FRIEND = Plan.of(3, Case.UNKNOWN_FRIEND, D3::mustAnswerUnknown);

    /** @param friend the name of somebody who is in no table; empty: it is for nobody */
    private record Line(String typed, String friend, String text) {
    }

    private D3() {
    }

    private static void mustAnswerText(Trial trial) {
        String text = trial.text();
        mustAnswer(trial, List.of(new Line("tell " + trial.user(1).name() + " that " + text, "", text)));
    }

    /** Nor is somebody meant whose name only begins with the friend's. */
    private static void mustAnswerUnknown(Trial trial) {
        mustAnswer(trial, Stream.of(MessageForm.NOBODY, trial.user(1).name() + "by").map(name -> {
            String text = trial.text();
            return new Line(trial.settings().messageForm().lineToNobody(name, text), name, text);
        }).toList());
    }

    /** The friend who speaks then has not been written to: whether a reply is shown is not the question here. */
    private static void mustAnswer(Trial trial, List<Line> lines) {
        List<Participant> peers = trial.start(3);
        Participant alice = peers.get(0);
        Answers answers = Answers.learn(trial, alice, peers.get(1));
        for (Line line : lines) {
            try {
                answers.mustAnswer(line.typed(), line.friend(), line.text());
                trial.mustGoOn(alice, peers.get(peers.size() - 1), peers.get(1));
            } finally { // what the program does with it instead tells more than that it says nothing
                mustReachNobody(line, peers.subList(1, peers.size()));
            }
        }
    }

    private static void mustReachNobody(Line line, List<Participant> friends) {
        friends.stream().filter(friend -> friend.console().text().contains(line.text())).forEach(friend -> {
            throw new Failure("\"" + line.typed() + "\" is sent to nobody", friend.name() + " has got it; "
                    + friend.lastShown());
        });
    }
}
