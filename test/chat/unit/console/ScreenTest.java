package peerchat.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a turn shows is collected, and written at once. */
class ScreenTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Screen screen = new Screen(shown, new Style(false, false, List.of()), Optional.empty());

    @Test
    void linesAreWrittenTogether() {
        screen.notice("one");
        screen.notice("two");
        assertEquals("", shown.toString(StandardCharsets.UTF_8));
        screen.flush();
        assertEquals("* one\n* two\n", shown.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aFloodIsNotKept() {
        String text = "x".repeat(998);
        for (int i = 0; i < 10_000; i++) {
            screen.notice(text);
            assertTrue(i * 1001 - shown.size() < 100_000, "too much is kept");
        }
    }
}
