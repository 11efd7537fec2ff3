package grader.pile;

/** It was not said how a submission is built or started, and cannot be found out; the message says what is missing. */
public final class Unclear extends Exception {

    private static final long serialVersionUID = 1;

    public Unclear(String message) {
        super(message);
    }
}
