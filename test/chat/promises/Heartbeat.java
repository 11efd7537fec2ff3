package chat.promises;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import support.Await;
import support.Peer;
import support.Stranger;
import support.Table;

/**
 * Two healthy friends who go on talking: carol sends numbered messages to alice's screen, alice types numbered messages
 * for carol. Every message's delay is measured, so that a stall of the loop is seen from both sides.
 */
final class Heartbeat implements AutoCloseable {

    private static final int MOST = 1_000_000;
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(5);
    private static final String TO_SCREEN = "carol: beat ";

    private final AtomicLongArray sentToScreen = new AtomicLongArray(MOST);
    private final AtomicLongArray typed = new AtomicLongArray(MOST);
    private final ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();
    private final AtomicInteger nextOnScreen = new AtomicInteger();
    private final AtomicInteger nextOnWire = new AtomicInteger();
    private final AtomicInteger disorders = new AtomicInteger();
    private final ServerSocket server;
    private Stranger fromCarol;
    private volatile boolean stopped;
    private int beats;
    private Thread sender;

    /** Listens in carol's place; alice is started after it. */
    Heartbeat(Table table) {
        server = Stranger.listen(table, "carol");
    }

    /** To be shown each line of alice's screen. */
    void onLine(String line) {
        if (line.startsWith(TO_SCREEN)) {
            note(Integer.parseInt(line.substring(TO_SCREEN.length())), nextOnScreen, sentToScreen);
        }
    }

    /** Begins, and waits until both directions are open. */
    void start(Table table, Peer alice) {
        fromCarol = Stranger.connect(table, "alice", "carol");
        sender = daemon("heartbeat", () -> {
            for (int i = 0; i < MOST && !stopped; i++) {
                sentToScreen.set(i, System.nanoTime());
                fromCarol.send("carol/beat " + i + "\n");
                typed.set(i, System.nanoTime());
                alice.type("carol/beat " + i);
                beats = i + 1;
                LockSupport.parkNanos(EVERY);
            }
        });
        Stranger toCarol = Stranger.accept(server);
        daemon("heartbeat at carol", () -> {
            while (true) { // until the connection ends: when the last beat is sent, nobody here can tell
                String line = toCarol.readLine();
                note(Integer.parseInt(line.substring("alice/beat ".length(), line.length() - 1)), nextOnWire, typed);
            }
        });
        Await.until(() -> nextOnScreen.get() > 0 && nextOnWire.get() > 0, () -> "no heartbeat: " + alice.errors());
        delays.clear(); // connecting and warming up are not what is measured
    }

    /** Stops beating and waits until every beat has arrived. */
    void stop() throws InterruptedException {
        stopped = true;
        sender.join();
        Await.until(() -> nextOnScreen.get() == beats && nextOnWire.get() == beats, () -> "of " + beats + " beats "
                + nextOnScreen + " were shown and " + nextOnWire + " sent");
        if (disorders.get() > 0) {
            throw new AssertionError(disorders + " beats out of order");
        }
    }

    /** The longest delay, and the 99th percentile: "12.3 ms (p99 1.2 ms)". */
    String delays() {
        long[] sorted = delays.stream().mapToLong(Long::longValue).sorted().toArray();
        return String.format("%.1f ms (p99 %.1f ms)", sorted[sorted.length - 1] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6);
    }

    long worstMillis() {
        return TimeUnit.NANOSECONDS.toMillis(delays.stream().mapToLong(Long::longValue).max().orElse(0));
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        if (fromCarol != null) {
            fromCarol.close();
        }
        server.close();
    }

    private void note(int number, AtomicInteger expected, AtomicLongArray sent) {
        delays.add(System.nanoTime() - sent.get(number));
        if (!expected.compareAndSet(number, number + 1)) {
            disorders.incrementAndGet();
        }
    }

    static Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((which, error) -> { });
        thread.start();
        return thread;
    }
}
