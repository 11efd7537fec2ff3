package grader.pile;

/** How much may still be unpacked: a small archive can hold more than any disk. */
final class Budget {

    private final int mostEntries;
    private final long mostBytes;
    private int entries;
    private long bytes;

    private Budget(int mostEntries, long mostBytes) {
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    /** For all archives of one student; an environment of Python or a node_modules may be among it. */
    static Budget ofStudent() {
        return new Budget(50_000, 500L << 20);
    }

    /** For an archive with the submissions of a whole course. */
    static Budget ofCourse() {
        return new Budget(1_000_000, 20L << 30);
    }

    int mostEntries() {
        return mostEntries;
    }

    /** One more file, folder or link. */
    void takeEntry() throws Refusal {
        entries++;
        if (entries > mostEntries) {
            throw tooManyEntries();
        }
    }

    Refusal tooManyEntries() {
        return new Refusal("it has more than " + mostEntries + " files");
    }

    void take(long more) throws Refusal {
        mustHave(more);
        bytes += more;
    }

    /** @param more bytes that are announced, but not there yet */
    void mustHave(long more) throws Refusal {
        if (more > mostBytes - bytes) {
            throw new Refusal("it has more than " + (mostBytes >> 20) + " MB when it is unpacked");
        }
    }
}
