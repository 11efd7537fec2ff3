package grader.trial;

/** The time for this submission is used up: the thread that grades it was interrupted. */
public final class OutOfTime extends RuntimeException {

    private static final long serialVersionUID = 1;

    public OutOfTime() {
        super("the time for this submission was used up; LIMIT=seconds gives more");
    }
}
