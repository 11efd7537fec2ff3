package support;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs the tests: all, or the classes named. Its last line is JUnit's count: passed, failed, skipped. Classes with an order
 * take long: they are begun first, so that in the end none is left to run alone.
 */
public final class RunTests {

    private RunTests() {
    }

    /** @throws IOException if this is not Linux */
    public static void main(String[] classes) throws IOException {
        Interrupts.heed();
        String names = classes.length == 0 ? ".*Test"
                : Arrays.stream(classes).map(name -> "(.*\\.)?" + name).collect(Collectors.joining("|"));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(List.of(selectPackage("peerchat"), selectPackage("clauses"), selectPackage("promises"),
                        selectPackage("dialects"), selectPackage("twin"), selectPackage("teaching"),
                        selectPackage("grading")))
                .filters(includeClassNamePatterns(names))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", Soak.isLong() ? "1" : "4")
                .configurationParameter("junit.jupiter.testclass.order.default", ClassOrderer.OrderAnnotation.class.getName())
                .configurationParameter("junit.jupiter.execution.timeout.default", Soak.isLong() ? "1500 s" : "100 s")
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .build();
        Tell tell = new Tell();
        SummaryGeneratingListener counts = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, counts, tell);
        TestExecutionSummary summary = counts.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true), 12);
        // A class that JUnit could not even begin counts as one failure, or the last line would hide it.
        long failed = Math.max(summary.getTestsFailedCount(), summary.getTotalFailureCount());
        if (Soak.isLong()) {
            Soak.table().forEach(System.out::println);
        }
        System.out.println(summary.getTestsSucceededCount() + " passed, " + failed + " failed, "
                + (summary.getTestsSkippedCount() + summary.getTestsAbortedCount()) + " skipped");
        Set<String> unknown = Arrays.stream(classes)
                .filter(name -> tell.classes.stream().noneMatch(known -> known.matches(name)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            System.out.println("no test class is named " + String.join(" or ", unknown));
            System.exit(1);
        }
        System.exit(failed == 0 && summary.getTestsSucceededCount() > 0 ? 0 : 1);
    }

    /** Says what was skipped and why, and what failed as soon as it does. */
    private static final class Tell implements TestExecutionListener {

        private final Set<String> classes = ConcurrentHashMap.newKeySet();

        @Override
        public void executionStarted(TestIdentifier test) {
            test.getSource().filter(ClassSource.class::isInstance)
                    .ifPresent(source -> classes.add(((ClassSource) source).getJavaClass().getSimpleName()));
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            System.out.println("skipped: " + test.getDisplayName() + ": " + reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            switch (result.getStatus()) {
                case ABORTED -> System.out.println("skipped: " + test.getDisplayName() + ": "
                        + result.getThrowable().map(Throwable::getMessage).orElse("no reason given")
                                .replaceFirst("^Assumption failed: ", ""));
                case FAILED -> System.out.println("failed: " + test.getUniqueId());
                default -> { }
            }
            test.getSource().filter(MethodSource.class::isInstance).map(source -> ((MethodSource) source).getClassName())
                    .ifPresent(testClass -> {
                        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                            System.out.print(Consoles.of(testClass));
                        }
                        Consoles.forget(testClass);
                    });
        }
    }
}
