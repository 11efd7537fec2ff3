package demo;

import java.util.List;
import java.util.Locale;

/**
 * Something that went from one peer to another.
 *
 * @param clauses the clauses that it shows, as a lecturer would write them; empty if none asks for it
 * @param label   a few words
 * @param lines   what both traces say of it, in the order of time
 */
record Arrow(Kind kind, Happening from, Happening to, String clauses, String label, List<Happening> lines) {

    enum Kind {
        MESSAGE, CONNECT, CLOSE;

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Nanoseconds. */
    long latency() {
        return to.time() - from.time();
    }

    /** The middle between its ends, in nanoseconds of the clock. */
    long middle() {
        return from.time() + latency() / 2;
    }
}
