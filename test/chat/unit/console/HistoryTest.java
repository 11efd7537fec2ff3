package peerchat.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HistoryTest {

    private final History history = new History();

    @Test
    void whatIsTypedWaitsAtTheEnd() {
        history.entered("one");
        history.entered("two");
        assertEquals("two", history.up("typed"));
        assertEquals("one", history.up("two"));
        assertEquals("one", history.up("one"));
        assertEquals("two", history.down("one"));
        assertEquals("typed", history.down("two"));
        assertEquals("typed", history.down("typed"));
    }

    @Test
    void whatComesBackIsTheNextOneUp() {
        history.entered("bob/hello");
        history.entered("/users");
        history.bringBack("bob/hello");
        assertEquals("bob/hello", history.up("typed"));
        assertEquals("typed", history.down("bob/hello"));
    }

    @Test
    void whatComesBackDoesNotMoveWhatIsLookedAt() {
        history.entered("one");
        history.entered("two");
        history.up("typed");
        history.up("two");
        history.bringBack("back");
        assertEquals("two", history.down("one"));
        assertEquals("back", history.down("two"));
        assertEquals("typed", history.down("back"));
    }

    @Test
    void theSameLineTwiceIsThereOnce() {
        history.entered("one");
        history.entered("two");
        history.entered("two");
        history.up("");
        assertEquals("one", history.up("two"));
    }

    @Test
    void aBlankLineIsNotKeptButEndsTheLooking() {
        history.entered("one");
        history.entered("two");
        history.up("");
        history.entered(" ");
        assertEquals("two", history.up(""));
        assertEquals("", history.down("two"));
    }

    @Test
    void aMillionCharactersAreTooMany() {
        String long1 = "1".repeat(100_000);
        String long3 = "3".repeat(100_000);
        history.entered("2".repeat(100_000));
        history.entered(long1);
        history.entered("4".repeat(1_000_000));
        history.entered(long3);
        assertEquals(long3, history.up("typed"));
        assertEquals(long1, history.up(long3));
        assertEquals(long1, history.up(long1), "the oldest is forgotten");
        history.down(long1);
        assertEquals("typed", history.down(long3));
    }

    @Test
    void itForgetsTheOldestOfVeryMany() {
        for (int i = 0; i < 10_000; i++) {
            history.entered("line " + i);
        }
        String shown = "";
        for (int i = 9_999; i >= 9_500; i--) {
            shown = history.up(shown);
            assertEquals("line " + i, shown);
        }
        for (int i = 0; i < 10_000; i++) {
            history.bringBack("back " + i);
        }
        for (int i = 0; i < 10_000; i++) {
            shown = history.down(shown);
        }
        assertEquals("", shown);
        assertEquals("back 9999", history.up(shown));
    }
}
