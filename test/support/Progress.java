package support;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says how far the tests are: on a terminal in a row that counts up, elsewhere in a line every half a minute. Says what
 * failed as soon as it does, and in the end why tests were skipped, in a line for each reason.
 */
final class Progress implements TestExecutionListener, AutoCloseable {

    private static final Duration ON_A_TERMINAL = Duration.ofSeconds(1);
    private static final Duration ELSEWHERE = Duration.ofSeconds(30);
    private static final String ERASE_ROW = "\r\u001b[K";

    private final boolean isTerminal;
    private final long start = System.nanoTime();
    private final Thread ticker = new Thread(this::tick, "says how far the tests are");
    private final Map<String, Integer> skipped = new TreeMap<>();
    private TestPlan plan;
    private long ended;
    private long failed;

    /** @param isTerminal whether standard output is one */
    Progress(boolean isTerminal) {
        this.isTerminal = isTerminal;
        ticker.setDaemon(true);
    }

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
        ticker.start();
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep((isTerminal ? ON_A_TERMINAL : ELSEWHERE).toMillis());
                synchronized (this) {
                    System.out.print(isTerminal ? ERASE_ROW + state() : state() + "\n");
                    System.out.flush();
                }
            }
        } catch (InterruptedException e) {
            return; // closed
        }
    }

    /** Tests with parameters are known only when they begin: until then each counts as one. */
    private String state() {
        long all = plan.countTestIdentifiers(test -> test.isTest()
                || plan.getChildren(test).isEmpty() && test.getSource().filter(MethodSource.class::isInstance)
                .isPresent());
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        return String.format("%d of %d, %d failed, %d:%02d", ended, all, failed, seconds / 60, seconds % 60);
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        long inside = plan.getDescendants(test).stream().filter(TestIdentifier::isTest).count();
        int count = (int) inside + (test.isTest() ? 1 : 0);
        ended += count;
        skipped.merge(reason, count, Integer::sum);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        ended += test.isTest() ? 1 : 0;
        if (result.getStatus() == Status.ABORTED) {
            skipped.merge(result.getThrowable().map(Throwable::getMessage).orElse("no reason given")
                    .replaceFirst("^Assumption failed: ", ""), 1, Integer::sum);
        }
        if (result.getStatus() == Status.FAILED) {
            failed++;
            System.out.println((isTerminal ? ERASE_ROW : "") + "failed: " + test.getUniqueId());
        }
        test.getSource().filter(MethodSource.class::isInstance).map(source -> ((MethodSource) source).getClassName())
                .ifPresent(testClass -> {
                    if (result.getStatus() == Status.FAILED) {
                        System.out.print(Consoles.of(testClass));
                    }
                    Consoles.forget(testClass);
                });
    }

    /** Prints why tests were skipped. */
    @Override
    public synchronized void close() {
        ticker.interrupt();
        System.out.print(isTerminal ? ERASE_ROW : "");
        skipped.forEach((reason, count) -> System.out.println(count + " skipped: " + reason));
    }
}
