package grader.pile;

import java.io.IOException;

/** A submission cannot be taken as it is; the message says why. */
final class Refusal extends IOException {

    private static final long serialVersionUID = 1;

    Refusal(String message) {
        super(message);
    }
}
