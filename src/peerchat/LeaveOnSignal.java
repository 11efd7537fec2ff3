package peerchat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import peerchat.console.Console;

/** Lets the loop leave cleanly on SIGINT and SIGTERM. However it ends, the terminal is left as it was found. */
final class LeaveOnSignal {
    private static final long LONGEST_MILLIS = 2000;

    /** Set by {@code make run}, for which leaving with Ctrl-C is no error; else the JVM's 130 or 143 stands. */
    private static final String STATUS = "peerchat.signal.status";

    private LeaveOnSignal() {}

    /** Runs the loop to its end. On a signal the JVM ends only when the loop has, or after 2 s. */
    static void run(PeerChat chat, Console console) {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(chat, console, ended), "leave"));
        try {
            console.begin();
            chat.run();
        } finally {
            console.end();
            ended.countDown();
        }
    }

    private static void leave(PeerChat chat, Console console, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return; // the loop has ended by itself, its exit status stands
        }
        chat.requestLeave();
        try {
            ended.await(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        console.end(); // the loop may have been held up for too long
        Integer status = Integer.getInteger(STATUS);
        if (status != null) {
            Runtime.getRuntime().halt(status);
        }
    }
}
