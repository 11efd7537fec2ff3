package peerchat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is collected while a terminal is being asked something. */
class ScreenTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private boolean isReady;
    private boolean isHidden;

    private final Screen screen = new Screen(shown, new Look(false, false, List.of()), new Below() {

        @Override
        public boolean hasNews() {
            return true;
        }

        @Override
        public boolean getReady(OutputStream out) {
            return isReady;
        }

        @Override
        public void write(Lines above, OutputStream out) throws IOException {
            above.writeTo(out);
        }

        @Override
        public void hide() {
            isHidden = true;
        }
    });

    @Test
    void linesWaitUntilTheTerminalHasAnswered() {
        screen.notice("one");
        screen.flush();
        screen.notice("two");
        screen.flush();
        assertEquals("", shown.toString(StandardCharsets.UTF_8));
        isReady = true;
        screen.flush();
        assertEquals("* one\n* two\n", shown.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theLastLinesDoNotWait() {
        screen.notice("one");
        screen.flushWithoutPrompt();
        assertEquals("* one\n", shown.toString(StandardCharsets.UTF_8));
        assertTrue(isHidden);
    }

    @Test
    void aFloodDoesNotWait() {
        String text = "x".repeat(998);
        for (int i = 0; i < 10_000; i++) {
            screen.notice(text);
            assertTrue(i * 1001 - shown.size() < 100_000, "too much is kept");
        }
    }
}
