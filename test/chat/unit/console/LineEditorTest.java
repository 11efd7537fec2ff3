package peerchat.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Tab does depends on whether it came alone, as from a key, or with other text, as from a paste. */
class LineEditorTest {

    private final EditedLine line = new EditedLine();
    private final LineEditor editor = new LineEditor(line, new Prompt("alice", null, line), null, null,
            List.of("bob/", "/users"));

    private void read(String typed) {
        byte[] bytes = typed.getBytes(StandardCharsets.UTF_8);
        editor.take(bytes, bytes.length, null);
    }

    @Test
    void theKeyCompletesAFriend() {
        read("bo");
        read("\t");
        assertEquals("bob/", line.text());
    }

    @Test
    void theKeyDoesNothingInTheText() {
        read("bob/one");
        read("\t");
        assertEquals("bob/one", line.text());
    }

    @Test
    void inPastedTextItStaysBehindTheSlashAndCompletesBeforeIt() {
        read("bo\tone\ttwo");
        assertEquals("bob/one\ttwo", line.text());
    }

    @Test
    void betweenTheMarksOfAPasteItIsText() {
        read("\u001b[200~");
        read("b");
        read("\t");
        read("x\u001b[201~");
        assertEquals("b\tx", line.text());
        read("\u007f\u007f");
        read("\t");
        assertEquals("bob/", line.text());
    }
}
