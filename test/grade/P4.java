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

    private P4() {
    }

    private static void idle(Trial trial) {
        Duration timeout = trial.settings().timeout().orElseThrow(
                () -> new Undecided("TIMEOUT was not given: the idle timeout that the assignment has set, in seconds", false));
        List<Peer> peers = trial.start(2);
        Peer alice = peers.get(0);
        Peer bob = peers.get(1);
        trial.deliver(alice, bob);
        Stopwatch sinceFirst = new Stopwatch();
        // Activity prolongs it, so they talk once more before the time is over.
        boolean isEarly = Wait.until(timeout.multipliedBy(3).dividedBy(5), () -> !alice.holdsConnectionTo(bob));
        double early = sinceFirst.seconds();
        Stopwatch sinceTyped = new Stopwatch();
        trial.deliver(alice, bob);
        Stopwatch sinceShown = new Stopwatch();
        Duration latest = timeout.multipliedBy(3).dividedBy(2).plusSeconds(2);
        boolean isGone = Wait.until(latest, () -> !alice.holdsConnectionTo(bob));
        double closed = sinceTyped.seconds();
        trial.judge(Case.CLOSES_IDLE, () -> {
            if (!isGone) {
                throw new Failure(words("alice's client socket to bob is closed after %s s without activity, %.1f s at the latest",
                        timeout.toSeconds(), latest.toMillis() / 1e3), words("still open after %.1f s", sinceShown.seconds()));
            }
        });
        trial.judge(Case.NOT_BEFORE, () -> {
            Duration tolerance = timeout.dividedBy(4).compareTo(COUNTING) < 0 ? timeout.dividedBy(4) : COUNTING;
            double earliest = timeout.minus(tolerance).toMillis() / 1e3;
            if (isEarly || isGone && closed < earliest) {
                throw new Failure(words("alice's client socket to bob stays open until %s s without activity have passed",
                        timeout.toSeconds()), words("closed %.1f s after the last message", isEarly ? early : closed));
            }
        });
        trial.judge(Case.RECONNECTS, () -> trial.deliver(alice, bob));
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static final class Stopwatch {

        private final long start = System.nanoTime();

        double seconds() {
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
