package peerchat;

import java.util.concurrent.TimeUnit;
import peerchat.console.Screen;
import peerchat.text.Text;

/** Shows at most one notice a second of one kind, about connections. Counts the others, and tells their number. */
final class SparingNotices {
    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Screen screen;
    private final String verb;
    private final String why;
    private long lastTold = System.nanoTime() - EVERY;
    private int leftOut;

    /** The number is told as {@code refused 37 more connections}, with the reason behind it. */
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

    /** Tells how many notices were left out, if any: a second after the last notice, or at once on leaving. */
    void tellLeftOut(boolean isUrgent) {
        if (leftOut > 0 && (isUrgent || System.nanoTime() - lastTold >= EVERY)) {
            screen.notice(verb + " " + Text.counted(leftOut, "more connection") + why);
            lastTold = System.nanoTime();
            leftOut = 0;
        }
    }
}
