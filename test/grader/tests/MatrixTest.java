package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import support.Started;
import support.Twin;

/**
 * The twin has full marks, and with each defect it fails the cases of that defect and no others: see {@link Matrix}.
 */
@Order(1)
class MatrixTest {

    private static final int MOST_SECONDS = 900;
    /** Between two lines. A whole grading takes 15 to 30 s if nothing else runs (README). */
    private static final int MOST_SECONDS_FOR_ONE = 100;

    /** Each defect once, with its own cases and those that they need; where there is no defect, all cases. */
    @TestFactory
    @Timeout(MOST_SECONDS)
    Stream<DynamicTest> everyDefectIsFoundAndNothingElse() {
        if (!Files.isExecutable(Path.of(System.getProperty("peerchat.twin")))) {
            return Stream.of(dynamicTest("all", () -> assumeTrue(false, Twin.IS_MISSING)));
        }
        try (Started matrix = Grader.gradeTheGrader("test", "1", "short")) {
            matrix.awaitLineWhileOthersCome(line -> line.endsWith(Matrix.ALL_RIGHT), MOST_SECONDS_FOR_ONE, "end");
            matrix.awaitExit();
            assertEquals(List.of(), matrix.errors());
            List<String> lines = matrix.lines();
            return Subject.some().stream().map(subject -> dynamicTest(subject.name(), () -> {
                List<String> own = lines.stream().filter(line -> line.startsWith(subject.name() + " on ")
                        && line.contains(" runs ")).toList();
                assumeTrue(!own.isEmpty() || !subject.needsPython(), "the submission in Python needs python3");
                assertFalse(own.isEmpty());
                own.forEach(line -> assertTrue(line.endsWith(": 1 of 1 runs as expected"), () -> lines.stream()
                        .filter(other -> other.startsWith(subject.name() + " on ")).toList().toString()));
            }));
        }
    }
}
