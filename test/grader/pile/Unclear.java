package grader.pile;

/** It cannot be found out how a submission is built or started. The message says what was tried, and the remedy. */
public final class Unclear extends Exception {

    private static final long serialVersionUID = 1;

    Unclear(String message) {
        super(message);
    }
}
