package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import grader.tests.GuessSamples.Sample;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import support.Started;

/**
 * How small submissions are built and started is found out, and with that they do what they do: see {@link Guesses},
 * which has more of them.
 */
@Order(1)
class GuessTest {

    @TestFactory
    Stream<DynamicTest> whatIsNotGivenIsFoundOut() {
        try (Started guesses = Grader.guess("short")) {
            guesses.awaitExit();
            assertEquals(List.of(), guesses.errors());
            List<String> lines = guesses.lines();
            return GuessSamples.all().stream().filter(Sample::isQuick).map(sample -> dynamicTest(sample.name(), () -> {
                String seen = lines.stream().filter(line -> line.startsWith(sample.name() + ": ")).findFirst()
                        .orElse("").replaceFirst("[^:]*: ", "");
                assumeFalse(seen.startsWith(Guesses.SKIPPED), seen);
                assertEquals(Guesses.AS_EXPECTED, seen);
            }));
        }
    }
}
