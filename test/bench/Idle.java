package bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What it costs to wait for friends who say nothing. */
final class Idle {

    private static final double PERCENT = 100;

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

    /** CPU of each program with five connections, all at the same time. */
    static List<Row> cpu(Size size) throws IOException {
        Map<String, Running> programs = new LinkedHashMap<>();
        try (Duel duel = Duel.start(); Running plain = Running.start(Program.plainJvm(Sleeper.class));
                Running flagged = Running.start(Program.plainJvmWithFlags(Sleeper.class))) {
            duel.connectFriends(Duel.MOST_FRIENDS);
            duel.programs().forEach((program, running) -> programs.put(program.title(), running));
            for (Running sleeper : List.of(plain, flagged)) {
                sleeper.screen().awaitLineWith("asleep");
            }
            programs.put(Row.PLAIN_JVM, plain);
            programs.put(Row.PLAIN_JVM_WITH_FLAGS, flagged);
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(size.quietSeconds()));
            Map<String, Long> before = new LinkedHashMap<>();
            long begin = System.nanoTime();
            for (Map.Entry<String, Running> entry : programs.entrySet()) {
                before.put(entry.getKey(), entry.getValue().cpuNanos());
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(size.idleSeconds()));
            double nanos = System.nanoTime() - begin;
            Row.Figures figures = Row.Figures.of("idle CPU over " + size.idleSeconds() + " s after "
                    + size.quietSeconds() + " s of silence, five connections", "% of a core");
            for (Map.Entry<String, Running> entry : programs.entrySet()) {
                figures = figures.with(entry.getKey(),
                        List.of((entry.getValue().cpuNanos() - before.get(entry.getKey())) / nanos * PERCENT));
            }
            return List.of(figures.atMostAbove(0.3), Row.Figures.of("the same, a JVM that sleeps with the chat's flags",
                    "% of a core").with(Row.PLAIN_JVM, figures.rounds().get(Row.PLAIN_JVM_WITH_FLAGS)).withoutTarget());
        }
    }
}
