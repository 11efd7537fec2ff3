package grader.trial;

import grader.verdict.Case;
import grader.verdict.Result;
import grader.verdict.Transcript.Kind;
import java.util.List;

/** Looks on while a submission is graded. Whatever it does must not take long: the grader waits for it meanwhile. */
public interface Spectator {

    /** Is told what happens in one trial, by several threads. */
    interface Seat {

        /**
         * @param seconds since the trial began
         * @param text what was typed; or what was shown, without escape sequences and not always a whole line
         */
        void see(String user, double seconds, Kind kind, String text);
    }

    /** A trial begins. @param users who may come */
    default Seat takeSeat(List<Case> cases, List<String> users) {
        return (user, seconds, kind, text) -> { };
    }

    /** Returns when all that was told so far is shown. */
    default void flush() {
    }

    /** Is told of each case that was judged, also of those that only others need. */
    void judged(Result result);
}
