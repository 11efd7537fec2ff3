package peerchat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import peerchat.console.Console;

/** Lets the loop leave cleanly on SIGINT and SIGTERM, and always restores the terminal. */
final class LeaveOnSignal {
    private static final long TIMEOUT_MILLIS = 2000;

    /** The exit status after a signal, if {@code make run} sets this property; else the JVM's 130 or 143. */
    private static final String STATUS = "peerchat.signal.status";

    private LeaveOnSignal() {}

    /** Runs the loop to its end. After a signal, the JVM ends when the loop has ended, or after 2 s. */
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
            ended.await(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        console.end(); // the loop may not have ended in time
        Integer status = Integer.getInteger(STATUS);
        if (status != null) {
            Runtime.getRuntime().halt(status);
        }
    }
}
