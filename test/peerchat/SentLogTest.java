package peerchat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SentLogTest {

    private final SentLog log = new SentLog();

    @Test
    void whatTheBuffersCanHoldIsInDoubtAfterABreak() {
        int size = SentLog.MAY_BE_UNREAD / 4;
        for (int i = 0; i < 10; i++) {
            log.add("message " + i, size, 0);
        }
        assertEquals(new SentLog.Doubt(4, "message 6"), log.all());
    }

    @Test
    void aMessageThatReachesBackIntoTheBuffersIsInDoubtAsAWhole() {
        log.add("long", SentLog.MAY_BE_UNREAD, 0);
        log.add("short", 1, 0);
        assertEquals(new SentLog.Doubt(2, "long"), log.all());
    }

    @Test
    void whatWasSentInTheLastSecondIsInDoubtAfterAnEnd() {
        log.add("early", 10, 0);
        log.add("late", 10, TimeUnit.SECONDS.toNanos(5));
        assertEquals(new SentLog.Doubt(1, "late"), log.recent(TimeUnit.MILLISECONDS.toNanos(5900)));
        assertEquals(new SentLog.Doubt(0, ""), log.recent(TimeUnit.MILLISECONDS.toNanos(6100)));
    }

    @Test
    void theUserIsToldHowManyToWhomAndFromWhichTextOn() {
        assertEquals("in doubt: 1 message to bob: hi", new SentLog.Doubt(1, "hi").describe("bob"));
        assertEquals("in doubt: the last 3 messages to bob, from this on: hi", new SentLog.Doubt(3, "hi").describe("bob"));
    }
}
