package grader.cases;

import grader.trial.Answers;
import grader.trial.Failure;
import grader.trial.Participant;
import grader.trial.Patience;
import grader.trial.Plan;
import grader.trial.RunningProcess;
import grader.trial.Trial;
import grader.trial.TrialUser;
import grader.trial.Visitor;
import grader.verdict.Case;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** Robustness: what the document does not say, and everybody who chats expects. */
public final class R {

    public static final Plan OFFLINE_FRIEND = Plan.of(3, Case.OFFLINE_FRIEND, R::offlineFriend);
    public static final Plan RESTARTED_FRIEND = Plan.of(3, Case.RESTARTED_FRIEND, R::restartedFriend);
    public static final Plan SILENT_STRANGER = Plan.of(3, Case.SILENT_STRANGER,
            trial -> withStranger(trial, stranger -> { }));
    public static final Plan GARBAGE = Plan.of(3, Case.GARBAGE, trial -> withStranger(trial, R::sendGarbage));
    public static final Plan HALF_A_LINE = Plan.of(3, Case.HALF_A_LINE, trial -> withStranger(trial, R::sendHalfALine));
    public static final Plan IDLE_CPU = Plan.of(2, Case.IDLE_CPU, R::idleCpu);
    public static final Plan INTERRUPT = Plan.of(1, Case.INTERRUPT, R::interrupt);

    private static final int ATTEMPTS = 5;
    private static final Duration PER_ATTEMPT = Duration.ofMillis(1500);
    private static final int GARBAGE_BYTES = 4096;
    private static final double MOST_PERCENT = 5;
    private static final double BUSY_PERCENT = 50;
    private static final double NEVER_SLEEPS_PERCENT = 90;
    /** Close to the limit it is measured for longer: luck must not decide. */
    private static final double SURELY_LESS = MOST_PERCENT / 2;
    private static final double SURELY_MORE = MOST_PERCENT * 2;
    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final Duration LONGEST_WINDOW = Duration.ofSeconds(10);
    /** Of silence before the processor's time is measured, if no idle timeout is known. */
    private static final Duration SILENCE = Duration.ofSeconds(8);
    private static final double TICKS_PER_SECOND = 100;

    private R() {
    }

    private static void offlineFriend(Trial trial) {
        List<Participant> peers = trial.start(Math.min(3, trial.users() - 1));
        Participant alice = peers.get(0);
        Answers answers = Answers.learn(trial, alice, peers.get(1));
        TrialUser offline = trial.user(peers.size());
        String text = trial.text();
        answers.mustAnswer(trial.message(alice, offline, text), offline.name(), text);
        trial.mustGoOn(alice, peers.get(peers.size() - 1), peers.get(1));
    }

    /** The one friend has a connection that alice has made, the other one has made one to her. */
    private static void restartedFriend(Trial trial) {
        List<Participant> peers = trial.start(3);
        Participant alice = peers.get(0);
        List<Participant> friends = peers.subList(1, peers.size());
        trial.deliver(alice, friends.get(0));
        if (friends.size() > 1) {
            trial.deliver(friends.get(1), alice);
        }
        friends.forEach(Participant::kill);
        Patience.during(Trial.QUIET);
        for (Participant again : trial.startAgain(friends)) {
            mustReach(trial, alice, again);
            trial.deliver(again, alice);
        }
    }

    /** The message that finds out that the old connection is gone may be lost: TCP gives no way to know. */
    private static void mustReach(Trial trial, Participant alice, Participant again) {
        List<String> texts = Stream.generate(trial::text).limit(ATTEMPTS).toList();
        for (String text : texts) {
            alice.mustBeAlive();
            trial.say(alice, again, text);
            if (again.console().await(shown -> shown.contains(text), PER_ATTEMPT)) {
                return;
            }
        }
        throw new Failure("one of " + ATTEMPTS + " messages reaches " + again.name() + ", who was started again",
                "none; " + trial.shownByOthers(alice, again, texts.get(ATTEMPTS - 1)) + alice.lastShown());
    }

    /** What a stranger does must not keep friends from talking, now or when he is gone. */
    private interface Mischief {
        void doTo(Visitor stranger);
    }

    private static void withStranger(Trial trial, Mischief mischief) {
        List<Participant> peers = trial.start(3);
        Participant alice = peers.get(0);
        Participant bob = peers.get(1);
        Participant listener = Trial.thirdOrFirst(peers);
        trial.deliver(alice, bob);
        try (Visitor stranger = trial.visit(bob)) {
            Patience.during(Trial.QUIET);
            mischief.doTo(stranger);
            Patience.during(Trial.QUIET);
            trial.mustGoOn(bob, alice, listener);
        }
        Patience.during(Trial.QUIET);
        trial.mustGoOn(bob, alice, listener);
    }

    private static void sendGarbage(Visitor stranger) {
        byte[] garbage = new byte[GARBAGE_BYTES];
        new Random(GARBAGE_BYTES).nextBytes(garbage);
        stranger.send(garbage);
        stranger.close();
    }

    private static void sendHalfALine(Visitor stranger) {
        stranger.send("alice/half a li".getBytes(StandardCharsets.UTF_8));
        Patience.during(Trial.QUIET);
        stranger.vanish();
    }

    /** Long after the last word, when no connection is open any more, and after a friend has left. */
    private static void idleCpu(Trial trial) {
        List<Participant> peers = trial.start(2);
        Participant alice = peers.get(0);
        Participant bob = peers.get(1);
        trial.deliver(alice, bob);
        bob.freeze(); // two busy programs would only show the same
        try {
            Patience.during(trial.settings().timeout().map(P4::latest).orElse(SILENCE));
            mustBeIdle(percentOfACore(alice), "while nobody talks");
        } finally {
            bob.thaw();
        }
        if (alice.isAlive() && bob.isAlive()) { // else there is nothing left to measure; P4.1 tells it
            trial.say(bob, alice, trial.text());
            trial.say(alice, bob, trial.text());
            Patience.until(Trial.TO_SHOW, () -> alice.accepted() > 0 && !alice.socketsTo(bob).isEmpty());
            bob.kill();
            Patience.during(Trial.QUIET.multipliedBy(2));
            mustBeIdle(percentOfACore(alice), "after a friend has left");
        }
    }

    private static void mustBeIdle(double percent, String when) {
        if (percent >= MOST_PERCENT) {
            throw new Failure(String.format(Locale.ROOT, "below %.0f %% of a core %s", MOST_PERCENT, when),
                    String.format(Locale.ROOT, "%.0f %%%s", percent, percent > BUSY_PERCENT
                            ? ": busy waiting; the loop should sleep until something happens" : ""));
        }
    }

    private static double percentOfACore(Participant peer) {
        double percent = percentOfACore(peer, WINDOW);
        return percent < SURELY_LESS || percent > SURELY_MORE ? percent : percentOfACore(peer, LONGEST_WINDOW);
    }

    /**
     * On a machine that is busy with others, a program that never sleeps waits for a core most of the time. One that
     * sleeps may wait, too, each time that it is woken.
     */
    private static double percentOfACore(Participant peer, Duration window) {
        long start = System.nanoTime();
        long ticks = ticks(peer);
        long waited = waited(peer);
        Patience.during(window);
        double seconds = (System.nanoTime() - start) / 1e9;
        double ran = 100 * (ticks(peer) - ticks) / TICKS_PER_SECOND / seconds;
        double wanted = ran + 100 * (waited(peer) - waited) / 1e9 / seconds;
        return wanted > NEVER_SLEEPS_PERCENT ? wanted : ran;
    }

    private static long waited(Participant peer) {
        return peer.family().members().stream().mapToLong(RunningProcess::nanosWaited).sum();
    }

    private static long ticks(Participant peer) {
        return peer.family().members().stream().mapToLong(RunningProcess::ticks).sum();
    }

    private static void interrupt(Trial trial) {
        Participant alice = trial.start(1).get(0);
        Visitor stranger = trial.visitAsFriend(alice);
        try {
            Patience.during(Trial.QUIET);
            alice.interrupt();
            boolean isGone = Patience.until(Trial.TO_SHOW, () -> alice.family().everybody().isEmpty());
            Patience.during(Trial.QUIET); // one that is just becoming another program (exec) has no mark for a moment
            if (!isGone || !alice.family().everybody().isEmpty()) {
                throw new Failure("no process is left " + Trial.TO_SHOW.toSeconds() + " s after Ctrl-C", "still there: "
                        + alice.family().everybody().stream().map(one -> one.name() + " (" + one.pid() + ")").toList());
            }
        } finally {
            stranger.close();
        }
    }
}
