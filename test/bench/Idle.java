package bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What it costs to wait for friends who say nothing. */
final class Idle {

    private Idle() {
    }

    /** A JVM that sleeps. */
    static final class Sleeper {

        private Sleeper() {
        }

        public static void main(String[] none) {
            System.out.println("asleep");
            while (true) {
                LockSupport.parkNanos(TimeUnit.DAYS.toNanos(1));
            }
        }
    }

    /** CPU of each program with five connections, and with none, all at the same time. */
    static List<Row> cpu(Size size) throws IOException {
        try (Duel connected = Duel.start(); Duel alone = Duel.start();
                Running plain = Running.start(Program.plainJvm(Sleeper.class));
                Running flagged = Running.start(Program.plainJvmWithFlags(Sleeper.class))) {
            connected.connectFriends(Duel.MOST_FRIENDS);
            for (Running sleeper : List.of(plain, flagged)) {
                sleeper.screen().awaitLineWith("asleep");
            }
            List<CpuTime> times = List.of(CpuTime.of(connected).with(Row.PLAIN_JVM, plain), CpuTime.of(alone),
                    new CpuTime().with(Row.PLAIN_JVM, flagged));
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(size.quietSeconds()));
            for (CpuTime time : times) {
                time.begin();
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(size.idleSeconds()));
            for (CpuTime time : times) {
                time.end();
            }
            String what = "idle CPU over " + size.idleSeconds() + " s after " + size.quietSeconds()
                    + " s of silence, ";
            return List.of(times.get(0).figures(what + "five connections").atMostAbove(0.3),
                    times.get(1).figures("the same, no connection").atMost(0.2),
                    times.get(2).figures("the same, a JVM that sleeps with the chat's flags").withoutTarget());
        }
    }
}
