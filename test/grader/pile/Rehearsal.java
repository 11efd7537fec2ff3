package grader.pile;

import grader.trial.Endpoint;
import grader.trial.Lab;
import grader.trial.Network;
import grader.trial.Participant;
import grader.trial.Patience;
import grader.trial.Plan;
import grader.trial.RunningProcess;
import grader.trial.Settings;
import grader.trial.Submission;
import grader.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two users with settings that may be wrong: how far do they come? Nothing is judged. */
final class Rehearsal {

    /** How far they came; each is further than the one before. */
    enum Progress {
        /** Ended, or listens elsewhere. */
        REFUSED,
        /** It wants to be told something. */
        ASKS,
        LISTENS,
        /** The message has made a connection: the friend was found in the table. */
        CONNECTS,
        ARRIVES
    }

    /**
     * What came of it.
     *
     * @param login what was typed when it asked, as LOGIN has it
     * @param message in which form it arrived, if it did
     * @param shown on the console of the first user
     * @param isBroken whether a line that was typed has ended the program, or a part of it
     */
    record Outcome(Progress progress, String login, Optional<String> message, String shown, boolean isBroken) {
    }

    /**
     * What is done.
     *
     * @param messages the forms that are tried, in order; what the program itself tells comes before them
     * @param isMessageGiven whether there is only the form of the settings
     * @param mayAsk whether its questions are answered
     */
    record Wish(List<String> messages, boolean isMessageGiven, boolean mayAsk) {
    }

    private static final Pattern BROKEN = Pattern.compile("Exception|Traceback|Error:");

    private static final Duration TO_LISTEN = Duration.ofSeconds(10);
    private static final Duration TO_ARRIVE = Duration.ofMillis(1500);
    private static final Duration BETWEEN_FORMS = Duration.ofMillis(250);
    /** After an answer on the own console, which often is that the line is wrong. */
    private static final Duration AFTER_ANSWER = Duration.ofMillis(100);
    /** So long it is quiet if it waits for an answer; longer if it is not clear that it has asked. */
    private static final Duration AFTER_QUESTION = Duration.ofMillis(400);
    private static final Duration AFTER_SILENCE = Duration.ofSeconds(2);
    private static final Duration TO_GREET = Duration.ofMillis(200);
    private static final int MOST_QUESTIONS = 4;

    private final Wish wish;
    private final List<String> answers = new ArrayList<>();
    private final Map<String, String> typed = new LinkedHashMap<>();
    private Progress progress = Progress.REFUSED;
    private Optional<String> arrived = Optional.empty();
    private String shown = "";
    private boolean isBroken;

    private Rehearsal(Wish wish) {
        this.wish = wish;
    }

    static Outcome of(Submission submission, Settings settings, Lab lab, Network.Kind network, Wish wish) {
        Rehearsal one = new Rehearsal(wish);
        Trial.run(new Plan(2, List.of(), one::play), submission, settings, lab, new Trial.Conditions(network, true, 0));
        return new Outcome(one.progress, String.join("", one.answers), one.arrived, one.shown, one.isBroken);
    }

    private void play(Trial trial) {
        Participant alice = trial.startOne(0);
        progress = listen(trial, alice, true);
        shown = alice.console().text();
        if (progress != Progress.LISTENS) {
            return;
        }
        Participant bob = trial.startOne(1);
        progress = listen(trial, bob, false);
        if (progress == Progress.LISTENS) {
            talk(trial, alice, bob);
            shown = alice.console().text();
            isBroken = !alice.isAlive() || BROKEN.matcher(shown).find();
        }
    }

    /** Waits until it listens, and answers what it asks. */
    private Progress listen(Trial trial, Participant peer, boolean isFirst) {
        int answered = 0;
        while (true) {
            Progress now = await(peer);
            Optional<String> answer = isFirst ? question(peer, now)
                    : answers.stream().skip(answered).findFirst();
            if (now == Progress.REFUSED || answer.isEmpty() || answered == MOST_QUESTIONS) {
                return now;
            }
            if (isFirst) {
                answers.add(answer.get());
            }
            answered++;
            peer.typeKeys(trial.filled(answer.get().translateEscapes(), peer.user()));
        }
    }

    /** What it wants to know, as it has to be typed. */
    private Optional<String> question(Participant peer, Progress now) {
        if (now == Progress.LISTENS) {
            Patience.during(TO_GREET);
        }
        return wish.mayAsk() ? Meaning.ofPrompt(lastRow(peer)).map(answer -> answer + "\\n")
                .filter(answer -> !answers.contains(answer)) : Optional.empty();
    }

    private static String lastRow(Participant peer) {
        return peer.console().text().lines().filter(row -> !row.isBlank()).reduce((one, next) -> next).orElse("");
    }

    private Progress await(Participant peer) {
        Progress[] seen = {Progress.REFUSED};
        Quiet quiet = new Quiet();
        Patience.until(TO_LISTEN, () -> {
            Set<Long> own = peer.family().hasSockets() ? peer.family().everybody().stream()
                    .flatMap(one -> one.sockets().stream()).collect(Collectors.toSet()) : Set.of();
            List<Endpoint> servers = peer.host().sockets().now().stream()
                    .filter(end -> end.listens() && own.contains(end.inode())).toList();
            if (servers.stream().anyMatch(end -> end.local().port() == peer.user().port())) {
                seen[0] = Progress.LISTENS;
            } else if (quiet.lasts(peer)) {
                seen[0] = Progress.ASKS;
            }
            return !peer.isAlive() || !servers.isEmpty() || seen[0] != Progress.REFUSED;
        });
        return peer.isAlive() ? seen[0] : Progress.REFUSED;
    }

    /** Whether a program neither shows anything nor does anything: it waits to be told something. */
    private static final class Quiet {

        private String last = "";
        private long since = System.nanoTime();

        boolean lasts(Participant peer) {
            List<RunningProcess> members = peer.family().members();
            String now = peer.console().text().length() + " "
                    + members.stream().mapToLong(RunningProcess::ticks).sum() + " " + members.size();
            if (!now.equals(last) || members.stream().anyMatch(one -> one.state() != 'S')) {
                last = now;
                since = System.nanoTime();
            }
            boolean hasAsked = Meaning.ofPrompt(lastRow(peer)).isPresent();
            return System.nanoTime() - since > (hasAsked ? AFTER_QUESTION : AFTER_SILENCE).toNanos();
        }
    }

    /** Each form has a text of its own, so that it is known which of them has arrived, however late. */
    private void talk(Trial trial, Participant alice, Participant bob) {
        List<String> forms = new ArrayList<>(wish.messages());
        while (!forms.isEmpty() && alice.isAlive() && !hasArrived(bob)) {
            int before = alice.console().text().length();
            String form = next(forms, alice);
            forms.remove(form);
            String text = trial.text();
            typed.put(text, form);
            alice.type(wish.isMessageGiven() ? trial.message(alice, bob.user(), text)
                    : form.replace("{friend}", bob.name()).replace("{text}", text));
            Patience.until(typed.size() == 1 ? TO_ARRIVE : BETWEEN_FORMS, () -> hasArrived(bob) || !alice.isAlive()
                    || !alice.console().since(before).isBlank());
            Patience.until(AFTER_ANSWER, () -> hasArrived(bob));
        }
        Patience.until(TO_ARRIVE, () -> hasArrived(bob));
        if (arrived.isPresent()) {
            progress = Progress.ARRIVES;
        } else if (!trial.links(List.of(bob)).isEmpty()) {
            progress = Progress.CONNECTS;
        }
    }

    private String next(List<String> forms, Participant peer) {
        Stream<String> told = wish.isMessageGiven() ? Stream.empty()
                : MessageGuess.in(peer.console().text()).stream();
        return told.filter(form -> !typed.containsValue(form)).findFirst().orElse(forms.get(0));
    }

    private boolean hasArrived(Participant bob) {
        String seen = bob.console().text();
        arrived = typed.entrySet().stream().filter(one -> seen.contains(one.getKey())).map(Map.Entry::getValue)
                .findFirst();
        return arrived.isPresent();
    }
}
