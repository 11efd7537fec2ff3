package peerchat;

import java.util.concurrent.TimeUnit;
import peerchat.console.Screen;
import peerchat.text.Text;

/** Notices about connections, of one kind: one a second at most. The others are counted, and their number is told. */
final class SparingNotices {
    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Screen screen;
    private final String verb;
    private final String why;
    private long lastTold = System.nanoTime() - EVERY;
    private int leftOut;

    /** The number is told as {@code refused 37 more connections}, and why. */
    SparingNotices(Screen screen, String verb, String why) {
        this.screen = screen;
        this.verb = verb;
        this.why = why;
    }

    void tell(String notice) {
        tellLeftOut(false);
        if (System.nanoTime() - lastTold < EVERY) {
            leftOut++;
        } else {
            screen.notice(notice);
            lastTold = System.nanoTime();
        }
    }

    /** Tells how many were left out, if there were any: when a second has passed, or at once. */
    void tellLeftOut(boolean isUrgent) {
        if (leftOut > 0 && (isUrgent || System.nanoTime() - lastTold >= EVERY)) {
            screen.notice(verb + " " + Text.counted(leftOut, "more connection") + why);
            lastTold = System.nanoTime();
            leftOut = 0;
        }
    }
}
