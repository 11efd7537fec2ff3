package grade;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import verdict.Case;

/** A client socket without activity for a timeout duration is closed. */
final class P4 {

    static final Plan IDLE = new Plan(2, List.of(Case.CLOSES_IDLE, Case.NOT_BEFORE, Case.RECONNECTS), P4::idle);

    /** Programs that count whole seconds close up to one early. */
    private static final Duration COUNTING = Duration.ofSeconds(1);
    /** So long before it could be closed it is looked at: to look takes time too. */
    private static final Duration BEFORE = Duration.ofMillis(200);
    /** A busy machine may be too late for a look once, and twice. */
    private static final int ATTEMPTS = 3;

    private P4() {
    }

    /**
     * A look at alice's client socket.
     *
     * @param after since the last message was typed, when the look was over
     */
    private record Look(boolean isOpen, Duration after) {

        static Look at(Peer alice, List<Long> sockets, long typed) {
            boolean isOpen = alice.hasOpen(sockets);
            return new Look(isOpen, Duration.ofNanos(System.nanoTime() - typed));
        }

        /** Whether it tells nothing: it is closed, and might have been closed in good time before the look. */
        boolean isTooLate(Duration earliest) {
            return !isOpen && after.compareTo(earliest) > 0;
        }

        void mustBeOpen(Duration timeout, Duration earliest) {
            if (!isOpen && !isTooLate(earliest)) {
                throw new Failure("alice's client socket to bob stays open until " + timeout.toSeconds()
                        + " s without activity have passed", words("closed within %s s of the last message", after));
            }
        }
    }

    private static void idle(Trial trial) {
        Duration timeout = trial.settings().timeout().orElseThrow(
                () -> new Undecided("TIMEOUT was not given: the idle timeout that the assignment has set, in seconds", false));
        Duration quarter = timeout.dividedBy(4);
        Duration earliest = timeout.minus(COUNTING.compareTo(quarter) < 0 ? COUNTING : quarter);
        Duration latest = timeout.multipliedBy(3).dividedBy(2).plusSeconds(2);
        List<Peer> peers = trial.start(2);
        Peer alice = peers.get(0);
        Peer bob = peers.get(1);

        long typed = System.nanoTime();
        trial.deliver(alice, bob);
        List<Long> sockets = alice.socketsTo(bob);
        Wait.during(timeout.dividedBy(2)); // activity prolongs it: they talk once more before the time is over
        Look inBetween = Look.at(alice, sockets, typed);
        Look atTheEnd = inBetween;
        long shown = 0;
        for (int attempt = 0; attempt == 0 || attempt < ATTEMPTS && atTheEnd.isTooLate(earliest); attempt++) {
            long typedAgain = System.nanoTime();
            trial.deliver(alice, bob);
            shown = System.nanoTime();
            sockets = alice.socketsTo(bob);
            Wait.during(earliest.minus(BEFORE).minusNanos(System.nanoTime() - typedAgain));
            atTheEnd = Look.at(alice, sockets, typedAgain);
        }
        List<Long> last = sockets;
        Look look = atTheEnd;
        boolean isGone = Wait.until(latest.minusNanos(System.nanoTime() - shown), () -> !alice.hasOpen(last));

        trial.judge(Case.CLOSES_IDLE, () -> {
            if (!isGone) {
                throw new Failure("alice's client socket to bob is closed after " + timeout.toSeconds() + words(
                        " s without activity, %s s at the latest", latest), words("still open after %s s", latest));
            }
        });
        trial.judge(Case.NOT_BEFORE, () -> {
            inBetween.mustBeOpen(timeout, earliest);
            look.mustBeOpen(timeout, earliest);
            if (look.isTooLate(earliest)) {
                throw new Undecided("this machine was too busy to look in time, " + ATTEMPTS + " times", false);
            }
        });
        trial.judge(Case.RECONNECTS, () -> trial.deliver(alice, bob));
    }

    private static String words(String format, Duration seconds) {
        return format.replace("%s", String.format(Locale.ROOT, "%.1f", seconds.toMillis() / 1e3));
    }
}
