package peerchat.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SentLogTest {

    private static final long NEVER = -TimeUnit.DAYS.toNanos(1);

    private final SentLog log = new SentLog();

    private void send(String text, int size, long millis) {
        log.begin(text, size);
        log.wrote(size, TimeUnit.MILLISECONDS.toNanos(millis), false);
    }

    @Test
    void whatTheBuffersCanHoldIsInDoubtAfterABreak() {
        for (int i = 0; i < 10; i++) {
            send("message " + i, SentLog.MAY_BE_UNREAD / 4, 0);
        }
        assertEquals(new SentLog.Doubt(4, "message 6"), log.unread(NEVER));
    }

    @Test
    void aMessageThatReachesBackIntoTheBuffersIsInDoubtAsAWhole() {
        send("long", SentLog.MAY_BE_UNREAD, 0);
        send("short", 1, 0);
        assertEquals(new SentLog.Doubt(2, "long"), log.unread(NEVER));
    }

    @Test
    void whatWasSentInTheLastSecondIsInDoubtAfterAnEnd() {
        send("early", 10, 0);
        send("late", 10, 5000);
        assertEquals(new SentLog.Doubt(1, "late"), log.recent(TimeUnit.MILLISECONDS.toNanos(5900)));
        assertEquals(new SentLog.Doubt(0, ""), log.recent(TimeUnit.MILLISECONDS.toNanos(6100)));
    }

    @Test
    void aMessageCountsFromItsLastByteNotFromItsFirst() {
        log.begin("long", 20);
        log.begin("after", 10);
        log.wrote(10, 0, false);
        log.wrote(10, TimeUnit.SECONDS.toNanos(5), false);
        log.wrote(10, TimeUnit.MILLISECONDS.toNanos(5001), false);
        assertEquals(new SentLog.Doubt(2, "long"), log.recent(TimeUnit.MILLISECONDS.toNanos(5500)));
    }

    @Test
    void aLongMessageThatIsNotWrittenYetHidesNoneBefore() {
        send("small", 10, 0);
        log.begin("long", 4 * SentLog.MAY_BE_UNREAD);
        log.wrote(1000, 0, false);
        assertEquals(new SentLog.Doubt(2, "small"), log.unread(NEVER));
    }

    @Test
    void aFriendWhoHasSpokenHasReadWhatReachedItWellBefore() {
        send("early", 10, 0);
        send("later", 10, 2000);
        assertEquals(new SentLog.Doubt(1, "later"), log.unread(TimeUnit.MILLISECONDS.toNanos(3500)));
        assertEquals(new SentLog.Doubt(0, ""), log.unread(TimeUnit.MILLISECONDS.toNanos(4500)));
    }

    @Test
    void aWriteThatBlockedShowsThatTheFriendDidNotRead() {
        send("early", 10, 0);
        log.begin("blocked", 10);
        log.wrote(10, TimeUnit.MILLISECONDS.toNanos(2000), true);
        assertEquals(new SentLog.Doubt(2, "early"), log.unread(TimeUnit.MILLISECONDS.toNanos(3500)));
        assertEquals(new SentLog.Doubt(0, ""), log.unread(TimeUnit.MILLISECONDS.toNanos(4500)));
    }

    @Test
    void theUserIsToldHowManyToWhomAndFromWhichTextOn() {
        assertEquals("in doubt: 1 message to bob: hi", new SentLog.Doubt(1, "hi").describe("bob"));
        assertEquals("in doubt: the last 3 messages to bob, the first of them: hi",
                new SentLog.Doubt(3, "hi").describe("bob"));
    }
}
