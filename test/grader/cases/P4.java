package grader.cases;

import grader.trial.Failure;
import grader.trial.Participant;
import grader.trial.Patience;
import grader.trial.Plan;
import grader.trial.Trial;
import grader.trial.Undecided;
import grader.verdict.Case;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A client socket without activity for a timeout duration is closed. */
public final class P4 {

    public static final Plan IDLE = new Plan(3, List.of(Case.CLOSES_IDLE, Case.NOT_BEFORE, Case.RECONNECTS), P4::idle);

    /** So long before it could be closed it is looked at: to look takes time too. */
    private static final Duration BEFORE = Duration.ofMillis(200);

    /** Between two messages of those who talk meanwhile. */
    private static final Duration PAUSE = Duration.ofMillis(1200);

    private P4() {
    }

    /**
     * A look at alice's client socket.
     *
     * @param after since the last message was typed, when the look was over
     */
    private record Look(boolean isOpen, Duration after) {

        static Look at(Participant alice, List<Long> sockets, long typed) {
            boolean isOpen = alice.hasOpen(sockets);
            return new Look(isOpen, Duration.ofNanos(System.nanoTime() - typed));
        }

        /** Whether it tells nothing: it is closed, and might have been closed in good time before the look. */
        boolean isTooLate(Duration earliest) {
            return !isOpen && after.compareTo(earliest) > 0;
        }

        void mustBeOpen(Duration timeout, Duration earliest) {
            if (!isOpen && !isTooLate(earliest)) {
                throw new Failure("the client socket stays open until " + timeout.toSeconds()
                        + " s without activity have passed", words("closed within %s s of the last message", after));
            }
        }
    }

    /**
     * The last that alice and bob say, and the silence after it.
     *
     * @param sockets with which she is connected to him
     * @param since when bob's console had shown it
     */
    private record Silence(List<Long> sockets, long since, Look look) {

        /** Up to the last moment in which it must be open yet. */
        static Silence afterMessage(Trial trial, Participant alice, Participant bob, Duration earliest) {
            long typed = System.nanoTime();
            trial.deliver(alice, bob);
            long shown = System.nanoTime();
            List<Long> sockets = alice.socketsTo(bob);
            Patience.during(earliest.minus(BEFORE).minusNanos(System.nanoTime() - typed));
            return new Silence(sockets, shown, Look.at(alice, sockets, typed));
        }
    }

    private enum Closing {
        IN_TIME, TOO_LATE,
        /** It is closed, but on a busy machine the look was late: bob's side may have done it meanwhile. */
        UNSEEN
    }

    /**
     * Waits until alice has closed her sockets.
     *
     * @param since nanoTime, from which on they were idle
     * @param meanwhile is done now and then
     */
    private static Closing close(Participant alice, List<Long> sockets, long since, Duration latest,
            Runnable meanwhile) {
        long deadline = since + latest.toNanos();
        boolean isInTime = Patience.until(latest.minusNanos(System.nanoTime() - since), () -> {
            meanwhile.run();
            return System.nanoTime() - deadline < 0 && !alice.hasOpen(sockets);
        });
        return isInTime ? Closing.IN_TIME : alice.hasOpen(sockets) ? Closing.TOO_LATE : Closing.UNSEEN;
    }

    /** First nobody else talks, and then a third user does: neither must make a difference. */
    private static void idle(Trial trial) {
        Duration timeout = trial.settings().timeout().orElseThrow();
        Duration earliest = trial.untilIdle();
        List<Participant> peers = trial.start(3);
        Participant alice = peers.get(0);
        Participant bob = peers.get(1);

        long typed = System.nanoTime();
        trial.deliver(alice, bob);
        List<Long> sockets = alice.socketsTo(bob);
        Duration half = timeout.dividedBy(2);
        Duration most = earliest.minus(BEFORE.multipliedBy(2));
        // Activity prolongs it: they talk once more before the time is over.
        Patience.during(half.compareTo(most) < 0 ? half : most);
        Look inBetween = Look.at(alice, sockets, typed);
        if (inBetween.after().compareTo(earliest) > 0) {
            throw Undecided.tooSlow(); // the next message could be one to a friend who was idle for too long
        }
        Silence silence = Silence.afterMessage(trial, alice, bob, earliest);
        Look atTheEnd = silence.look();
        Closing alone = close(alice, silence.sockets(), silence.since(), latest(timeout), () -> { });
        boolean isGone = alone == Closing.IN_TIME;
        boolean hasLeft = hasLeft(alice);
        Optional<Failure> notReached = isGone && !hasLeft ? failure(() -> trial.deliver(alice, bob)) : Optional.empty();
        long since = System.nanoTime(); // before the sockets are looked up, which takes time on a busy machine
        Closing beside = !isGone || hasLeft || notReached.isPresent() || peers.size() < 3 ? Closing.IN_TIME
                : close(alice, alice.socketsTo(bob), since, latest(timeout), talk(trial, alice, peers.get(2)));

        if (isGone && !hasLeft) { // it can be told then, also if the socket is not closed while others talk
            trial.judge(Case.RECONNECTS, () -> notReached.ifPresent(failure -> {
                throw failure;
            }));
        }
        trial.judge(Case.CLOSES_IDLE, () -> {
            alice.mustBeAlive();
            mustBeInTime(alone, timeout, "");
            mustBeInTime(beside, timeout, ", while " + alice.name() + " talks with a third user");
        });
        if (!isGone || hasLeft) {
            trial.judge(Case.RECONNECTS, () -> {
                throw Undecided.tooSlow();
            });
        }
        trial.judge(Case.NOT_BEFORE, () -> {
            inBetween.mustBeOpen(timeout, earliest);
            atTheEnd.mustBeOpen(timeout, earliest);
            if (atTheEnd.isTooLate(earliest)) {
                throw Undecided.tooSlow();
            }
        });
    }

    /** A program that ends closes its sockets first, and has ended a moment later. */
    private static boolean hasLeft(Participant alice) {
        return alice.hasEndedByItself()
                || alice.listener().isEmpty() && Patience.until(Trial.TO_SHOW, alice::hasEndedByItself);
    }

    /** When it must have been closed: a loop may look only now and then. */
    static Duration latest(Duration timeout) {
        return timeout.multipliedBy(3).dividedBy(2).plusSeconds(2);
    }

    private static void mustBeInTime(Closing closing, Duration timeout, String meanwhile) {
        if (closing == Closing.UNSEEN) {
            throw Undecided.tooSlow();
        }
        if (closing == Closing.TOO_LATE) {
            throw new Failure("the client socket is closed after " + timeout.toSeconds() + words(
                    " s without activity, at the latest after %s s (1.5 times the timeout, plus 2 s)", latest(timeout)),
                    words("still open after %s s", latest(timeout)) + meanwhile);
        }
    }

    private static Optional<Failure> failure(Runnable check) {
        try {
            check.run();
            return Optional.empty();
        } catch (Failure e) {
            return Optional.of(e);
        }
    }

    /** What is said every now and then, by one to the other in turn. */
    private static Runnable talk(Trial trial, Participant alice, Participant carol) {
        long start = System.nanoTime();
        int[] said = {0};
        return () -> {
            if (System.nanoTime() - start > PAUSE.multipliedBy(said[0]).toNanos()) {
                said[0]++;
                Participant from = said[0] % 2 == 0 ? alice : carol;
                trial.say(from, from == alice ? carol : alice, trial.text());
            }
        };
    }

    private static String words(String format, Duration seconds) {
        return format.replace("%s", String.format(Locale.ROOT, "%.1f", seconds.toMillis() / 1e3));
    }
}
