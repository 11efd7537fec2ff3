package grader.trial;

/** The grader was asked for something that it cannot do; the message names the place and the remedy. */
public final class WrongUse extends RuntimeException {

    private static final long serialVersionUID = 1;

    public WrongUse(String message) {
        super(message);
    }
}
