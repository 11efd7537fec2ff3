package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What Gradescope documents of results.json, as far as the grader uses it. */
final class GradescopeFormat {

    private static final Predicate<JsonElement> NUMBER = one -> one.getAsJsonPrimitive().isNumber()
            && one.getAsDouble() >= 0;
    private static final Predicate<JsonElement> TEXT = one -> one.getAsJsonPrimitive().isString();
    private static final Predicate<JsonElement> FORMAT = oneOf("text", "html", "simple_format", "md", "ansi");
    private static final Predicate<JsonElement> VISIBILITY =
            oneOf("visible", "hidden", "after_due_date", "after_published");

    private static final Map<String, Predicate<JsonElement>> TOP = Map.of("score", NUMBER, "execution_time", NUMBER,
            "output", TEXT, "output_format", FORMAT, "visibility", VISIBILITY, "stdout_visibility", VISIBILITY,
            "tests", JsonElement::isJsonArray);
    private static final Map<String, Predicate<JsonElement>> CASE = Map.of("score", NUMBER, "max_score", NUMBER,
            "status", oneOf("passed", "failed"), "name", TEXT, "name_format", FORMAT, "number", TEXT, "output", TEXT,
            "output_format", FORMAT, "visibility", VISIBILITY);

    private GradescopeFormat() {
    }

    private static Predicate<JsonElement> oneOf(String... words) {
        return one -> TEXT.test(one) && Set.of(words).contains(one.getAsString());
    }

    /** A score is needed: Gradescope takes results without one for a failure of the autograder. */
    static void assertValid(JsonObject results) {
        assertTrue(results.has("score"), () -> "" + results);
        assertFields(TOP, results);
        if (results.has("tests")) {
            for (JsonElement one : results.getAsJsonArray("tests")) {
                assertFields(CASE, one.getAsJsonObject());
                assertTrue(one.getAsJsonObject().get("score").getAsInt()
                        <= one.getAsJsonObject().get("max_score").getAsInt(), one::toString);
            }
        }
    }

    private static void assertFields(Map<String, Predicate<JsonElement>> known, JsonObject object) {
        Set<String> unknown = new TreeSet<>(object.keySet());
        unknown.removeAll(known.keySet());
        assertEquals(Set.of(), unknown);
        object.entrySet().forEach(field -> assertTrue(known.get(field.getKey()).test(field.getValue()),
                () -> field.toString()));
    }
}
