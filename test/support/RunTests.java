package support;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs the tests: all that the jar of this class has, or the classes named. Its last line is JUnit's count: passed,
 * failed, skipped. Classes with an order take long: they are begun first, so that in the end none is left to run alone.
 */
public final class RunTests {

    private static final int STANDARD_OUTPUT = 1;

    private RunTests() {
    }

    public static void main(String[] classes) {
        Interrupts.heed();
        String names = classes.length == 0 ? ".*Test"
                : Arrays.stream(classes).map(name -> "(.*\\.)?" + name).collect(Collectors.joining("|"));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClasspathRoots(Set.of(Session.place(RunTests.class))))
                .filters(includeClassNamePatterns(names))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", Soak.isLong() ? "1"
                : "6") // three classes only wait for the grader most of the time
                .configurationParameter("junit.jupiter.testclass.order.default",
                ClassOrderer.OrderAnnotation.class.getName())
                .configurationParameter("junit.jupiter.execution.timeout.default", Soak.isLong() ? "1500 s" : "100 s")
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .build();
        SummaryGeneratingListener counts = new SummaryGeneratingListener();
        Launcher launcher = LauncherFactory.create();
        TestPlan plan = launcher.discover(request);
        try (Progress progress = new Progress(Libc.CALL.isatty(STANDARD_OUTPUT) == 1)) {
            launcher.execute(plan, counts, progress);
            counts.getSummary().printFailuresTo(new PrintWriter(System.out, true), 12);
        }
        if (Soak.isLong()) {
            Soak.table().forEach(System.out::println);
        }
        List<String> unknown = Arrays.stream(classes).filter(name -> !isKnown(name, plan)).toList();
        if (!unknown.isEmpty()) {
            System.out.println("no test class is named " + String.join(" or ", unknown));
        }
        TestExecutionSummary summary = counts.getSummary();
        // A class that JUnit could not even begin counts as one failure, or the last line would hide it.
        long failed = Math.max(summary.getTestsFailedCount(), summary.getTotalFailureCount());
        System.out.println(summary.getTestsSucceededCount() + " passed, " + failed + " failed, "
                + (summary.getTestsSkippedCount() + summary.getTestsAbortedCount()) + " skipped");
        System.exit(failed == 0 && unknown.isEmpty() && summary.getTestsSucceededCount() > 0 ? 0 : 1);
    }

    private static boolean isKnown(String name, TestPlan plan) {
        return plan.countTestIdentifiers(test -> test.getSource().filter(ClassSource.class::isInstance)
                .filter(source -> ((ClassSource) source).getClassName().matches("(.*\\.)?" + name)).isPresent()) > 0;
    }
}
