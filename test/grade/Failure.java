package grade;

/** The submission did not do what it had to. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String expected;
    private final String seen;

    Failure(String expected, String seen) {
        super("expected: " + expected + "; seen: " + seen);
        this.expected = expected;
        this.seen = seen;
    }

    String expected() {
        return expected;
    }

    String seen() {
        return seen;
    }
}
