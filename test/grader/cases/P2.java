package grader.cases;

import grader.trial.Answers;
import grader.trial.Failure;
import grader.trial.Participant;
import grader.trial.Patience;
import grader.trial.Plan;
import grader.trial.SubmissionConsole;
import grader.trial.Trial;
import grader.trial.Undecided;
import grader.verdict.Case;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The server accepts, reads, extracts the message, and displays it. */
public final class P2 {

    public static final Plan SHOWN_ONCE = Plan.of(2, Case.SHOWN_ONCE, P2::once);
    public static final Plan TWO_QUICK = Plan.of(2, Case.TWO_QUICK, P2::twoQuick);
    /** Bytes. */
    public static final Map<Case, Integer> SIZES = Map.of(Case.BYTES_200, 200, Case.BYTES_1000, 1000,
            Case.BYTES_4000, 4000);
    public static final Plan BYTES_200 = ofSize(Case.BYTES_200);
    public static final Plan BYTES_1000 = ofSize(Case.BYTES_1000);
    public static final Plan BYTES_4000 = ofSize(Case.BYTES_4000);
    public static final Plan SHORT_AFTER_LONG = Plan.of(2, Case.SHORT_AFTER_LONG, P2::shortAfterLong);
    public static final Plan NAMES_SENDER = Plan.of(3, Case.NAMES_SENDER, P2::namesSender);

    /** Characters: less than this may be there by chance. */
    private static final int LEAST_REST = 6;
    private static final Duration TO_ARRIVE = Duration.ofSeconds(5);

    private P2() {
    }

    private static void once(Trial trial) {
        List<Participant> peers = trial.start(2);
        Participant bob = peers.get(1);
        for (int i = 0; i < 2; i++) {
            String text = trial.deliver(peers.get(0), bob);
            Patience.during(Trial.QUIET);
            int count = SubmissionConsole.count(bob.console().text(), text);
            if (count != 1) {
                throw new Failure(bob.name() + "'s console shows \"" + text + "\" once",
                        count + " times: " + bob.console().end());
            }
        }
    }

    /** The friend's program stands still while two messages are sent: whatever it reads then, it finds both. */
    private static void twoQuick(Trial trial) {
        List<Participant> peers = trial.start(2);
        Participant alice = peers.get(0);
        Participant bob = peers.get(1);
        Patience.during(Trial.QUIET);
        String prompt = bob.console().prompt();
        String single = learn(trial, alice, bob);
        String form = form(bob, single, prompt);
        String first = trial.text();
        String second = trial.text();
        bob.freeze();
        try {
            // One after the other: how alice's program reads two lines at once is not the question here.
            trial.say(alice, bob, first);
            Patience.until(TO_ARRIVE, () -> trial.unread(bob, alice) >= first.length());
            trial.say(alice, bob, second);
            int both = first.length() + second.length();
            Patience.until(TO_ARRIVE, () -> trial.unread(bob, alice) >= both);
        } finally {
            bob.thaw();
        }
        trial.mustShow(alice, bob, first);
        trial.mustShow(alice, bob, second);
        Patience.during(Trial.QUIET);
        for (String text : List.of(first, second)) {
            String seen = form(bob, text, prompt);
            if (!seen.equals(form)) {
                throw new Failure(bob.name() + "'s console shows each as a message of its own, as when it comes alone: "
                        + row(bob, single).replace(single, text), bob.console().end());
            }
        }
    }

    /** @return the text of a message that came alone, and not as the first: with that one, more may be said */
    private static String learn(Trial trial, Participant alice, Participant bob) {
        trial.deliver(alice, bob);
        String single = trial.deliver(alice, bob);
        Patience.during(Trial.QUIET);
        return single;
    }

    /** What a buffer still holds of the long message must not be shown with the short one. */
    private static void shortAfterLong(Trial trial) {
        List<Participant> peers = trial.start(2);
        Participant alice = peers.get(0);
        Participant bob = peers.get(1);
        Patience.during(Trial.QUIET);
        String prompt = bob.console().prompt();
        String single = learn(trial, alice, bob);
        String longText = trial.text() + "-zinc-yarrow-xylem-quince-vortex-jasper";
        trial.say(alice, bob, longText);
        // Whether all of it is shown is not the question.
        trial.mustShow(alice, bob, longText.substring(0, single.length()));
        Patience.during(Trial.QUIET);
        // A program may draw the whole screen anew, with all that it had shown.
        Set<String> before = bob.console().text().lines().collect(Collectors.toSet());
        String shortText = trial.deliver(alice, bob, trial.text().replaceAll("\\D", "") + "-cups");
        Patience.during(Trial.QUIET);
        String shown = bob.console().text().lines().filter(row -> !before.contains(row))
                .collect(Collectors.joining("\n"));
        boolean hasRest = IntStream.rangeClosed(single.length(), longText.length() - LEAST_REST)
                .anyMatch(i -> shown.contains(longText.substring(i, i + LEAST_REST)));
        if (hasRest || !form(bob, shortText, prompt).equals(form(bob, single, prompt))) {
            throw new Failure(bob.name() + "'s console shows only \"" + row(bob, single).replace(single, shortText)
                    + "\"", SubmissionConsole.excerpt(shown.strip()));
        }
    }

    private static void namesSender(Trial trial) {
        List<Participant> peers = trial.start(3);
        Participant bob = peers.get(1);
        for (Participant from : List.of(peers.get(0), peers.get(2), peers.get(0))) {
            int before = bob.console().text().length();
            String text = trial.deliver(from, bob);
            Patience.during(Trial.QUIET);
            String shown = bob.console().since(before);
            String row = row(bob, text);
            String place = Answers.names(row, from) ? row : shown; // some say who it is on a row of its own
            boolean isRight = Answers.names(place, from) && peers.stream()
                    .noneMatch(peer -> peer != from && peer != bob && Answers.names(place, peer));
            if (!isRight) {
                throw trial.isOnLoopback()
                        ? new Undecided("on loopback, an address does not tell who it is", false)
                        : new Failure(bob.name() + "'s console shows that \"" + text + "\" is from " + from.name(),
                                SubmissionConsole.excerpt(shown.strip()));
            }
        }
    }

    /** How a text is shown: the row that it is in, with neither itself nor the prompt nor numbers such as the time. */
    private static String form(Participant peer, String text, String prompt) {
        return SubmissionConsole.general(row(peer, text).replace(text, "…"), prompt).strip();
    }

    /** Empty if it is not shown. */
    private static String row(Participant peer, String text) {
        return peer.console().text().lines().filter(one -> one.contains(text)).findFirst().orElse("");
    }

    private static Plan ofSize(Case one) {
        return Plan.of(2, one, trial -> ofSize(trial, SIZES.get(one)));
    }

    private static void ofSize(Trial trial, int bytes) {
        List<Participant> peers = trial.start(2);
        StringBuilder text = new StringBuilder();
        for (int word = 1; text.length() < bytes; word++) {
            text.append(String.format(Locale.ROOT, "word%04d-", word));
        }
        text.setLength(bytes - 1);
        text.append('.');
        trial.say(peers.get(0), peers.get(1), text.toString());
        mustShowWhole(peers.get(0), peers.get(1), text.toString());
    }

    private static void mustShowWhole(Participant from, Participant peer, String text) {
        if (!peer.console().await(shown -> shown.contains(text), Trial.TO_SHOW)) {
            peer.mustBeAlive();
            String beginning = peer.console().beginning(text);
            throw new Failure(peer.name() + "'s console shows the " + text.length()
                    + " bytes of the message in one piece",
                    beginning.isEmpty() ? "nothing of it; " + peer.lastShown() + "\n" + from.lastShown() : beginning);
        }
    }
}
