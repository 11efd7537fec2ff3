package chat.promises;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import support.Peer;
import support.Soak;
import support.Table;

/** Promise 1: every message is shown at the friend's, or reported at home. */
@Order(1)
class Promise1NothingLostInSilenceTest {

    private static final int MESSAGES = 10_000;
    private static final int BURST = 100;

    /** So long are the messages together that the buffers hold but a part of them. */
    private static final String LONGER = " " + "x".repeat(120);

    private static int rounds;
    private static long lost;
    private static long duplicated;
    private static long inDoubt;

    private enum Fault { KILL, TERM, STOP_AND_CONTINUE, STOP_AND_KILL }

    private static IntStream seeds() {
        return IntStream.range(0, Soak.size(8, 40));
    }

    @AfterAll
    static void report() {
        Soak.row(1, "receiver killed, ended or stopped under " + MESSAGES + " messages", rounds + " rounds, "
                + inDoubt + " messages in doubt", lost, duplicated);
    }

    @ParameterizedTest(name = "receiver killed, ended or stopped, seed {0}")
    @MethodSource("seeds")
    void aReceiverThatDies(int seed) {
        Random random = new Random(seed);
        Fault fault = Fault.values()[seed % Fault.values().length];
        int faultAt = random.nextInt(MESSAGES / BURST);
        int restartAt = faultAt + random.nextInt(MESSAGES / BURST);
        int pauseMicros = random.nextInt(15_000);
        Table table = Table.of("alice", "bob");
        List<Peer> bobs = new ArrayList<>(List.of(Peer.start(table, "bob")));
        try (Peer alice = Peer.start(table, "alice")) {
            for (int burst = 0; burst < MESSAGES / BURST; burst++) {
                StringBuilder lines = new StringBuilder();
                for (int i = burst * BURST; i < (burst + 1) * BURST; i++) {
                    lines.append("bob/").append(i).append(LONGER).append('\n');
                }
                alice.typeRaw(lines.toString().getBytes());
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(pauseMicros + 1)));
                if (burst == faultAt) {
                    inject(fault, bobs.get(0), random);
                }
                if (burst == restartAt && !bobs.get(0).process().isAlive()) {
                    bobs.add(Peer.start(table, "bob"));
                }
            }
            alice.quit();
            List<String> shown = new ArrayList<>();
            for (Peer bob : bobs) {
                if (bob.process().isAlive()) {
                    bob.quit();
                }
                bob.awaitExit();
                shown.addAll(bob.lines());
            }
            Ledger ledger = new Ledger(MESSAGES, alice.lines(), shown);
            rounds++;
            lost += ledger.lost().cardinality();
            duplicated += ledger.duplicated();
            inDoubt += ledger.inDoubt();
            ledger.assertBalanced(fault + " at burst " + faultAt + ", pauses up to " + pauseMicros + " us");
        } finally {
            bobs.forEach(Peer::close);
        }
    }

    private static void inject(Fault fault, Peer bob, Random random) {
        switch (fault) {
            case KILL -> bob.process().destroyForcibly();
            case TERM -> bob.signal("TERM");
            case STOP_AND_CONTINUE -> {
                bob.signal("STOP");
                pause(random.nextInt(3500));
                bob.signal("CONT");
            }
            case STOP_AND_KILL -> {
                bob.signal("STOP");
                pause(random.nextInt(900));
                bob.process().destroyForcibly();
            }
        }
    }

    private static void pause(int millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    /** Both sides close at the very time at which the next message is written. */
    @Test
    void theIdleCloseOfOneSideMeetsTheNextMessageOfTheOther() {
        int messages = Soak.size(60, 600);
        Random random = new Random(1);
        Table table = Table.of("alice", "bob");
        // An accepted connection is given twice the time, so both sides close after 0.1 s.
        try (Peer bob = Peer.start(table, "bob", "--idle-timeout", "0.05");
                Peer alice = Peer.start(table, "alice", "--idle-timeout", "0.1")) {
            for (int i = 0; i < messages; i++) {
                alice.type("bob/" + i);
                pause(85 + random.nextInt(30));
            }
            alice.quit();
            bob.quit();
            Ledger ledger = new Ledger(messages, alice.lines(), bob.lines());
            Soak.row(1, "idle close against the next message", messages + " messages", ledger.lost().cardinality(),
                    ledger.duplicated());
            ledger.assertBalanced("idle close");
        }
    }
}
