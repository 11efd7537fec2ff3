package grader.trial;

/** The submission did not do what it had to. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String expected;
    private final String seen;

    public Failure(String expected, String seen) {
        super("expected: " + expected + "; seen: " + seen);
        this.expected = expected;
        this.seen = seen;
    }

    public String expected() {
        return expected;
    }

    public String seen() {
        return seen;
    }
}
