package peerchat.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import peerchat.wire.Message;

class PendingMessagesTest {

    private final PendingMessages pending = new PendingMessages();
    private final List<String> begun = new ArrayList<>();

    private int take(int most) {
        return pending.takePiece(100, most, message -> begun.add(message.text())).length;
    }

    private void add(String text, int size) {
        pending.add(new Message(text, new byte[size]));
    }

    @Test
    void asManyWholeMessagesAsFitGoTogether() {
        add("one", 40);
        add("two", 60);
        add("three", 1);
        assertEquals(100, take(Integer.MAX_VALUE));
        assertEquals(List.of("one", "two"), begun);
        assertEquals(1, take(Integer.MAX_VALUE));
    }

    @Test
    void oneMessageAWriteIfThatIsWanted() {
        add("one", 40);
        add("two", 40);
        assertEquals(40, take(1));
        assertEquals(40, take(1));
    }

    /** The friend may have ended the connection meanwhile: then only what is half written goes over it. */
    @Test
    void theRestOfALongMessageGoesAlone() {
        add("long", 150);
        add("next", 10);
        assertEquals(100, take(Integer.MAX_VALUE));
        assertEquals(50, take(Integer.MAX_VALUE));
        assertEquals(List.of("long"), begun);
        assertEquals(10, pending.bytes);
    }

    @Test
    void whatIsHalfWrittenIsNotTakenBack() {
        add("long", 150);
        add("next", 10);
        take(Integer.MAX_VALUE);
        assertEquals(List.of("next"), pending.takeBack().stream().map(Message::text).toList());
        assertEquals(50, pending.bytes);
        pending.removeHalfWritten();
        assertEquals(0, pending.bytes);
    }
}
