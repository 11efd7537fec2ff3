package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grader.verdict.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The defects fit the twin, and leave no case untried. */
class DefectTest {

    /** A program cannot have it: a submission that does not build fails it, which is no edit of the twin. */
    private static final Set<Case> FAILED_BY_NO_PROGRAM = EnumSet.of(Case.BUILDS);

    private final String twin;

    DefectTest() throws IOException {
        twin = Files.readString(Path.of("test/cpp/chat_server.cpp"));
    }

    @Test
    void everyDefectIsInTheSourceAndNothingOfTheTwinIsGone() {
        String source = Defect.sourceWithAllDefects(twin);
        for (Defect defect : Defect.values()) {
            assertTrue(source.contains("hasDefect(\"" + defect + "\")"), () -> defect + " is not in the source");
        }
        int next = 0;
        for (int i = 0; i < source.length() && next < twin.length(); i++) {
            next += source.charAt(i) == twin.charAt(next) ? 1 : 0;
        }
        assertEquals(twin.length(), next);
    }

    @Test
    void anAnchorThatIsNotThereExactlyOnceIsNamed() {
        List<Edit.Guarded> edit = List.of(new Edit.Guarded(Edit.before("here();", "there();"), "true"));
        assertTrue(assertThrows(IllegalStateException.class, () -> Edit.applyAll(edit, "nothing")).getMessage()
                .endsWith("it is not there: here();"));
        assertTrue(assertThrows(IllegalStateException.class, () -> Edit.applyAll(edit, "here(); here();")).getMessage()
                .endsWith("it is there more than once: here();"));
    }

    @Test
    void defectsMayShareAnAnchorAndAnElseStaysNextToItsStatement() {
        List<Edit.Guarded> edits = List.of(
                new Edit.Guarded(Edit.insteadOf("here();", "a();"), "first"),
                new Edit.Guarded(Edit.before("here();", "b();"), "second"),
                new Edit.Guarded(Edit.after("here();", "c();"), "third"));
        assertEquals("""
                {
                    if (second) { b(); }
                    if (first) { a(); } else here();
                    if (third) { c(); }
                }
                """, Edit.applyAll(edits, "{\n    here();\n}\n"));
    }

    @Test
    void everyNameIsUniqueAndInKebabCase() {
        Set<String> names = Arrays.stream(Defect.values()).map(Defect::toString).collect(Collectors.toSet());
        assertEquals(Defect.values().length, names.size());
        names.forEach(name -> assertTrue(name.matches("[a-z0-9]+(-[a-z0-9]+)*"), name));
    }

    @Test
    void everyCaseIsFailedByADefect() {
        Set<Case> untried = EnumSet.allOf(Case.class);
        for (Defect defect : Defect.values()) {
            assertTrue(!defect.failed().isEmpty() || defect == Defect.REPEATS_WHAT_IT_SENDS, () -> defect
                    + " fails nothing");
            untried.removeAll(defect.failed());
        }
        assertEquals(FAILED_BY_NO_PROGRAM, untried);
    }
}
