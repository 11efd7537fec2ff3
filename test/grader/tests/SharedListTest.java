package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grader.trial.SharedList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import support.Await;

/** Many trials ask for a list of the kernel's: none of them may wait while others look again and again. */
class SharedListTest {

    private static final int ROUNDS = 20;

    private final List<Thread> looked = new ArrayList<>();
    private final SharedList<String> list = new SharedList<>(this::look);
    private Thread waits;

    /** Somebody else asks while a look is made: that one is the next to look, not whoever is the quickest. */
    @Test
    void whoHasWaitedLongestIsNext() throws InterruptedException {
        for (int i = 0; i < ROUNDS; i++) {
            looked.clear();
            waits = new Thread(list::now, "waits for the list");
            list.now();
            list.now();
            waits.join();
            assertEquals(List.of(Thread.currentThread(), waits), looked.subList(0, 2));
        }
    }

    private List<String> look() {
        looked.add(Thread.currentThread());
        if (waits.getState() == Thread.State.NEW) {
            waits.start();
            Await.until(() -> List.of(Thread.State.WAITING, Thread.State.BLOCKED).contains(waits.getState()),
                    () -> "it does not wait: " + waits.getState());
        }
        return List.of();
    }
}
