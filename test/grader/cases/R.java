package grader.cases;

import grader.trial.Answers;
import grader.trial.Failure;
import grader.trial.Participant;
import grader.trial.Patience;
import grader.trial.Plan;
import grader.trial.RunningProcess;
import grader.trial.Trial;
import grader.trial.Undecided;
import grader.trial.Visitor;
import grader.verdict.Case;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Robustness: what the document does not say, and everybody who chats expects. */
public final class R {

    public static final Plan OFFLINE_FRIEND = Plan.of(3, Case.OFFLINE_FRIEND, R::offlineFriend);
    public static final Plan RESTARTED_FRIEND = Plan.of(2, Case.RESTARTED_FRIEND, R::restartedFriend);
    public static final Plan SILENT_STRANGER = Plan.of(2, Case.SILENT_STRANGER,
            trial -> withStranger(trial, stranger -> { }));
    public static final Plan GARBAGE = Plan.of(2, Case.GARBAGE, trial -> withStranger(trial, R::sendGarbage));
    public static final Plan HALF_A_LINE = Plan.of(2, Case.HALF_A_LINE, trial -> withStranger(trial, R::sendHalfALine));
    public static final Plan IDLE_CPU = Plan.of(2, Case.IDLE_CPU, R::idleCpu);
    public static final Plan INTERRUPT = Plan.of(2, Case.INTERRUPT, R::interrupt);

    private static final int ATTEMPTS = 5;
    private static final Duration PER_ATTEMPT = Duration.ofMillis(1500);
    private static final int GARBAGE_BYTES = 4096;
    private static final double MOST_PERCENT = 5;
    private static final double BUSY_PERCENT = 50;
    private static final int WINDOWS = 5;
    private static final double TICKS_PER_SECOND = 100;

    private R() {
    }

    private static void offlineFriend(Trial trial) {
        List<Participant> peers = trial.start(2);
        if (trial.users() < 3) {
            throw new Undecided("it takes 3 users, one of whom is offline, and the table has " + trial.users(), false);
        }
        Answers answers = Answers.learn(trial, peers.get(0), peers.get(1));
        answers.mustAnswer(trial.user(2).name() + "/" + trial.text());
        trial.deliver(peers.get(0), peers.get(1));
    }

    /** The message that finds out that the old connection is gone may be lost: TCP gives no way to know. */
    private static void restartedFriend(Trial trial) {
        List<Participant> peers = trial.start(2);
        Participant alice = peers.get(0);
        trial.deliver(alice, peers.get(1));
        peers.get(1).kill();
        Patience.during(Trial.QUIET);
        Participant again = trial.startOne(1);
        again.mustListen();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String text = trial.text();
            alice.mustBeAlive();
            alice.type(again.name() + "/" + text);
            if (again.console().await(shown -> shown.contains(text), PER_ATTEMPT)) {
                return;
            }
        }
        throw new Failure("one of " + ATTEMPTS + " messages reaches the " + again.name() + " who was started again",
                "none; " + alice.lastShown());
    }

    /** What a stranger does must not keep friends from talking, now or when he is gone. */
    private interface Mischief {
        void doTo(Visitor stranger);
    }

    private static void withStranger(Trial trial, Mischief mischief) {
        List<Participant> peers = trial.start(2);
        Participant alice = peers.get(0);
        Participant bob = peers.get(1);
        trial.deliver(alice, bob);
        try (Visitor stranger = Visitor.connectTo(bob)) {
            Patience.during(Trial.QUIET);
            mischief.doTo(stranger);
            Patience.during(Trial.QUIET);
            trial.deliver(alice, bob);
            trial.deliver(bob, alice);
        }
        Patience.during(Trial.QUIET);
        trial.deliver(alice, bob);
        trial.deliver(bob, alice);
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

    /** The quietest of a few moments counts: a JVM may still be compiling in the others. */
    private static void idleCpu(Trial trial) {
        List<Participant> peers = trial.start(2);
        trial.deliver(peers.get(0), peers.get(1));
        peers.get(1).family().freeze(); // two busy programs would only show the same
        Patience.during(Trial.QUIET.multipliedBy(4));
        double lowest = percentOfACore(peers.get(0));
        for (int i = 1; i < WINDOWS && lowest >= MOST_PERCENT && !(i > 1 && lowest > BUSY_PERCENT); i++) {
            lowest = Math.min(lowest, percentOfACore(peers.get(0)));
        }
        if (lowest >= MOST_PERCENT) {
            throw new Failure(String.format(Locale.ROOT, "below %.0f %% of a core while nobody talks", MOST_PERCENT),
                    String.format(Locale.ROOT, "%.0f %%%s", lowest, lowest > BUSY_PERCENT
                            ? ": busy waiting, the loop never sleeps until something happens" : ""));
        }
    }

    private static double percentOfACore(Participant peer) {
        long start = System.nanoTime();
        long ticks = ticks(peer);
        Patience.during(Trial.QUIET.multipliedBy(2));
        double seconds = (System.nanoTime() - start) / 1e9;
        return 100 * (ticks(peer) - ticks) / TICKS_PER_SECOND / seconds;
    }

    private static long ticks(Participant peer) {
        return peer.family().members().stream().mapToLong(RunningProcess::ticks).sum();
    }

    private static void interrupt(Trial trial) {
        Participant alice = trial.start(1).get(0);
        Visitor stranger = Visitor.connectTo(alice);
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
