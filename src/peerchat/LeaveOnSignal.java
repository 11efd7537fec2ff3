package peerchat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the loop leave cleanly on SIGINT and SIGTERM: the JVM ends only when the loop has, or after 2 s. However it ends,
 * the terminal is left as it was found.
 */
final class LeaveOnSignal {

    private static final long LONGEST_MILLIS = 2000;

    /** Set by {@code make run}, for which leaving with Ctrl-C is no error; else the JVM's 130 or 143 stands. */
    private static final String STATUS = "peerchat.signal.status";

    private final PeerChat chat;
    private final Seat seat;
    private final CountDownLatch ended = new CountDownLatch(1);

    private LeaveOnSignal(PeerChat chat, Seat seat) {
        this.chat = chat;
        this.seat = seat;
    }

    static LeaveOnSignal install(PeerChat chat, Seat seat) {
        LeaveOnSignal leave = new LeaveOnSignal(chat, seat);
        Runtime.getRuntime().addShutdownHook(new Thread(leave::leave, "leave"));
        return leave;
    }

    void runToItsEnd() {
        try {
            seat.takePlace();
            chat.run();
        } finally {
            seat.leave();
            ended.countDown();
        }
    }

    private void leave() {
        if (ended.getCount() == 0) {
            return; // the loop has ended by itself, its exit status stands
        }
        chat.requestLeave();
        try {
            ended.await(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        seat.leave(); // the loop may have been held up for too long
        Integer status = Integer.getInteger(STATUS);
        if (status != null) {
            Runtime.getRuntime().halt(status);
        }
    }
}
