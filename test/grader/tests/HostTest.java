package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import grader.trial.Host;
import grader.trial.SharedList;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import support.Await;
import support.Networks;

/** What is done on a user's machine. */
class HostTest {

    /** A trial whose time is over must still get the connection that is made for it: nobody else would close it. */
    @Test
    void whatIsMadeForAnInterruptedThreadIsNotLost() throws Exception {
        Process keeper = keeperOrSkip();
        try {
            Host host = new Host("10.77.0.2", new SharedList<>(List::of), Optional.of(keeper), 0);
            CountDownLatch mayEnd = new CountDownLatch(1);
            FutureTask<List<Object>> seen = new FutureTask<>(() -> {
                Thread.currentThread().interrupt();
                String made = host.call(() -> {
                    Await.until(() -> mayEnd.getCount() == 0, () -> "nobody waits for it");
                    return "made";
                });
                return List.of(made, Thread.interrupted());
            });
            Thread trial = new Thread(seen, "is interrupted");
            trial.start();
            Await.until(() -> trial.getState() == Thread.State.WAITING || seen.isDone(), () -> "" + trial.getState());
            mayEnd.countDown();
            assertEquals(List.of("made", true), seen.get());
        } finally {
            keeper.destroyForcibly();
        }
    }

    /** It waits until its input ends. */
    private static Process keeperOrSkip() throws IOException {
        assumeTrue(Networks.works("unshare", "--net", "true"), "machines of their own take root");
        return new ProcessBuilder("unshare", "--net", "cat").start();
    }
}
