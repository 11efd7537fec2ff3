package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grader.Screen;
import grader.TimeLimit;
import grader.Turns;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import support.Await;

/** How many are graded at once, and how long it takes still. */
class TurnsTest {

    /** Without JOBS (0): a submission a core, as far as there are so many. */
    @ParameterizedTest
    @CsvSource({"0,1,2,1,4", "0,60,2,2,4", "0,60,1,1,4", "0,3,64,3,4", "0,60,64,8,4", "1,60,2,1,1", "6,60,2,2,3",
        "12,1,2,1,12", "100,60,2,25,4"})
    void thereAreAsManyAsTheCoresAllow(int jobs, int submissions, int cores, int atOnce, int trialsOfEach) {
        Turns turns = Turns.of(Optional.of(jobs).filter(number -> number > 0), submissions, cores);
        assertEquals(atOnce, turns.submissions());
        assertEquals(trialsOfEach, turns.each());
    }

    /** There is room for two of them, and for nothing else beside them. */
    @ParameterizedTest
    @CsvSource({"1,1", "4,2", "8,4"})
    void aProgramThatNeverSleepsTakesTheRoomOfSeveral(int jobs, int room) throws InterruptedException {
        Turns turns = Turns.of(Optional.of(jobs), 2, 2);
        assertEquals(1, turns.take(false));
        turns.giveBack(1);
        assertEquals(room, turns.take(true));
        if (jobs > 1) {
            assertEquals(room, turns.take(true));
        }
        Thread other = new Thread(() -> assertThrows(InterruptedException.class, () -> turns.take(false)));
        other.start();
        Await.until(() -> other.getState() == Thread.State.WAITING, () -> "it does not wait: " + other.getState());
        other.interrupt();
        other.join();
    }

    /** As long as one waits, whatever the others do. */
    @Test
    void theTimeStandsStillForThoseWhoWait() {
        TimeLimit limit = new TimeLimit(Duration.ofSeconds(1));
        limit.stop();
        long left = limit.left();
        limit.stop();
        limit.goOn();
        letTimePass();
        assertEquals(left, limit.left());
        limit.goOn();
        letTimePass();
        assertTrue(limit.left() < left);
        assertTrue(new TimeLimit(Duration.ZERO).left() <= 0);
    }

    private static void letTimePass() {
        long now = System.nanoTime();
        Await.until(() -> System.nanoTime() > now, () -> "the clock stands still");
    }

    @ParameterizedTest
    @CsvSource({"0,0,100,0 of 60 submissions", "12,12,135,'12 of 60 submissions, 9 minutes left'",
        "12,0,135,12 of 60 submissions", "59,59,590,'59 of 60 submissions, less than a minute left'",
        "30,10,20,'30 of 60 submissions, 1 minute left'", "1,1,240,'1 of 60 submissions, 3 h 56 min left'",
        "60,60,600,60 of 60 submissions"})
    void theTimeThatIsLeftIsThatOfTheOthersAtTheSamePace(int done, int graded, int seconds, String row) {
        assertEquals(row, Screen.progress(done, 60, graded, Duration.ofSeconds(seconds)));
    }
}
