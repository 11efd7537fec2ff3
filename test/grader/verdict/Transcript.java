package grader.verdict;

import java.util.List;

/**
 * One console of a trial.
 *
 * @param name whose it is
 * @param command how it was started
 * @param lines what was typed and shown, in order
 */
public record Transcript(String name, String command, List<Line> lines) {

    public enum Kind { TYPED, SHOWN, HAPPENED }

    /**
     * @param seconds since the trial began, when the last of its text came
     * @param kind typed by the grader, shown by the program, or something that the grader did or saw (killed, ended
     *        with 1)
     * @param text without line end; controls are escaped, and a very long line is shortened in the middle
     */
    public record Line(double seconds, Kind kind, String text) {
    }

    public Transcript {
        lines = List.copyOf(lines);
    }
}
