package grader;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/** How many trials run at once, whichever submissions they are of. The one that has waited longest is next. */
public final class Turns {

    /** Trials of one submission at once: with more, it would not end sooner, since the last ones wait for a timeout. */
    private static final int EACH = 4;
    /** More submissions at once would be too many processes for one grader to look at. */
    private static final int MOST_SUBMISSIONS = 8;

    private final int all;
    private final int submissions;
    private final Semaphore free;

    private Turns(int all, int submissions) {
        this.all = all;
        this.submissions = submissions;
        this.free = new Semaphore(all, true);
    }

    /**
     * @param jobs trials at once, if that was said
     * @param submissions to be graded
     * @param cores of this machine: a submission waits most of the time, and does not need a whole one
     */
    public static Turns of(Optional<Integer> jobs, int submissions, int cores) {
        int all = jobs.orElse(EACH * Math.min(submissions, Math.min(cores, MOST_SUBMISSIONS)));
        return new Turns(all, Math.min(submissions, (all + EACH - 1) / EACH));
    }

    /** How many submissions are graded at once. */
    public int submissions() {
        return submissions;
    }

    /** How many trials of a submission may be at once. */
    public int each() {
        return (all + submissions - 1) / submissions;
    }

    /**
     * Returns when there is room for a trial.
     *
     * @param neverSleeps its programs take all the time that they can get: two such trials leave no room for others
     * @return the room that it takes, to be given back
     * @throws InterruptedException if the time of its submission is over
     */
    public int take(boolean neverSleeps) throws InterruptedException {
        int room = neverSleeps ? Math.max(1, all / 2) : 1;
        free.acquire(room);
        return room;
    }

    /** @param room that was taken */
    public void giveBack(int room) {
        free.release(room);
    }
}
