package grader;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** What the teacher sees: whole reports, and on a terminal a row below them that says how far it is. */
public final class Screen {

    private static final String ERASE_ROW = "\r\u001b[K";
    private static final long MINUTES_PER_HOUR = 60;

    private final PrintStream out;
    private final PrintStream errors;
    private final boolean isTerminal;
    private final boolean hasColours;

    Screen(PrintStream out, PrintStream errors, boolean isTerminal, boolean hasColours) {
        this.out = out;
        this.errors = errors;
        this.isTerminal = isTerminal;
        this.hasColours = hasColours;
    }

    boolean hasColours() {
        return hasColours;
    }

    boolean isTerminal() {
        return isTerminal;
    }

    synchronized void show(List<String> lines) {
        row("");
        lines.forEach(out::println);
    }

    synchronized void complain(String line) {
        row("");
        errors.println(line);
    }

    /** Replaces the row; nothing if this is no terminal. */
    synchronized void row(String text) {
        if (isTerminal) {
            errors.print(ERASE_ROW + text);
        }
    }

    /**
     * How far a pile is.
     *
     * @param done of all, also those that had not to be graded
     * @param graded those that took the time
     */
    public static String progress(int done, int all, int graded, Duration took) {
        String state = done + " of " + all + " submissions";
        return done == all || graded == 0 ? state : state + ", "
                + inWords(took.multipliedBy(all - done).dividedBy(graded)) + " left";
    }

    private static String inWords(Duration time) {
        long minutes = Math.round(time.toSeconds() / (double) Duration.ofMinutes(1).toSeconds());
        if (minutes == 0) {
            return "less than a minute";
        }
        return minutes < MINUTES_PER_HOUR ? minutes + (minutes == 1 ? " minute" : " minutes")
                : minutes / MINUTES_PER_HOUR + " h " + minutes % MINUTES_PER_HOUR + " min";
    }
}
