package grader.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells an answer from what a program shows after any line, such as a prompt, or the line itself: that is learnt first
 * from messages with which nothing was wrong.
 */
public final class Answers {

    /** How long an answer may take; but what is told of a connection that was idle for too long is no answer. */
    private static final Duration MOST = Duration.ofSeconds(4);
    private static final Duration LEAST = Duration.ofMillis(1500);

    private final Participant peer;
    private final Duration toAnswer;
    private final List<String> usual = new ArrayList<>();

    private Answers(Participant peer, Duration toAnswer) {
        this.peer = peer;
        this.toAnswer = toAnswer;
    }

    public static Answers learn(Trial trial, Participant peer, Participant friend) {
        Duration untilIdle = trial.settings().timeout().orElse(MOST.plus(LEAST)).minus(LEAST);
        Answers answers = new Answers(peer, untilIdle.compareTo(MOST) > 0 ? MOST
                : untilIdle.compareTo(LEAST) < 0 ? LEAST : untilIdle);
        Patience.during(Trial.QUIET);
        for (int i = 0; i < 2; i++) {
            int before = peer.console().text().length();
            String prompt = peer.console().prompt();
            String text = trial.deliver(peer, friend);
            Patience.during(Trial.QUIET);
            answers.usual.addAll(rows(peer.console().since(before), prompt,
                    trial.message(peer, friend.user(), text), friend.name(), text));
        }
        return answers;
    }

    /**
     * Types a line.
     *
     * @param friend the name of the friend whom it is for; empty: it is for nobody
     * @param text that is in it
     * @throws Failure if nothing is shown then, or only what is shown after any line
     */
    public void mustAnswer(String line, String friend, String text) {
        int before = peer.console().text().length();
        String prompt = peer.console().prompt();
        peer.type(line);
        boolean isAnswered = peer.console().await(shown -> rows(shown.substring(Math.min(before, shown.length())),
                prompt, line, friend, text)
                .stream().anyMatch(row -> usual.stream().noneMatch(any -> any.startsWith(row))), toAnswer);
        peer.mustBeAlive();
        if (!isAnswered) {
            String shown = peer.console().since(before).strip();
            throw new Failure(peer.name() + "'s console reacts to \"" + SubmissionConsole.excerpt(line) + "\"",
                    shown.isEmpty() ? "nothing new on the console" : "only what it shows after any line: "
                    + SubmissionConsole.excerpt(shown));
        }
    }

    /** What was shown, without what depends on the line, the prompt, or numbers such as the time. */
    private static List<String> rows(String shown, String prompt, String line, String name, String text) {
        String rest = SubmissionConsole.general(shown.replace(line, "…").replace(text, "…"), prompt);
        String general = name.isEmpty() ? rest : rest.replaceAll(asWord(SubmissionConsole.general(name, "")), "@");
        return general.lines().map(String::strip).filter(row -> !row.isEmpty()).toList();
    }

    /** Whether this is somebody's name, and not only the beginning of another one. */
    public static boolean names(String shown, Participant peer) {
        return Pattern.compile(asWord(peer.name())).matcher(shown).find();
    }

    /** A name may be part of other words. */
    private static String asWord(String name) {
        return "(?<![\\p{L}\\p{N}_])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_])";
    }
}
