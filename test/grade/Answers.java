package grade;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells an answer from what a program shows after any line, such as a prompt: that is learnt first from messages with
 * which nothing was wrong.
 */
final class Answers {

    /** How long an answer may take; but what is told of a connection that was idle for too long is no answer. */
    private static final Duration MOST = Duration.ofSeconds(4);
    private static final Duration LEAST = Duration.ofMillis(1500);

    private final Peer peer;
    private final Duration toAnswer;
    private final List<String> usual = new ArrayList<>();

    private Answers(Peer peer, Duration toAnswer) {
        this.peer = peer;
        this.toAnswer = toAnswer;
    }

    static Answers learn(Trial trial, Peer peer, Peer friend) {
        Duration untilIdle = trial.settings().timeout().orElse(MOST.plus(LEAST)).minus(LEAST);
        Answers answers = new Answers(peer, untilIdle.compareTo(MOST) > 0 ? MOST
                : untilIdle.compareTo(LEAST) < 0 ? LEAST : untilIdle);
        for (int i = 0; i < 2; i++) {
            int before = peer.console().text().length();
            String text = trial.deliver(peer, friend);
            Wait.during(Trial.QUIET);
            answers.usual.add(form(peer.console().since(before), text));
        }
        return answers;
    }

    /** Types it. @throws Failure if nothing is shown then, or only what is shown after any line */
    void mustAnswer(String line) {
        int before = peer.console().text().length();
        peer.type(line);
        boolean isAnswered = peer.console().await(shown -> {
            String answer = form(shown.substring(Math.min(before, shown.length())), line);
            return !answer.isEmpty() && usual.stream().noneMatch(any -> any.startsWith(answer));
        }, toAnswer);
        peer.mustBeAlive();
        if (!isAnswered) {
            String shown = peer.console().since(before).strip();
            throw new Failure(peer.name() + "'s console answers to \"" + line + "\"",
                    shown.isEmpty() ? "nothing new on the console" : "only what it shows after any line: " + Console.visible(shown));
        }
    }

    /** What does not depend on the line, the time of day, or how often something was counted. */
    private static String form(String shown, String line) {
        return shown.replace(line, "…").replaceAll("[0-9]+", "0").strip();
    }
}
