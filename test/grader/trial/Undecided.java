package grader.trial;

/** It cannot be told whether the submission does what it has to; the message says why. The grader never guesses. */
public final class Undecided extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean isItsOwnFault;
    private final boolean isOfThisTime;

    /** @param isItsOwnFault whether the points are lost, rather than taken out of the sum */
    public Undecided(String why, boolean isItsOwnFault) {
        this(why, isItsOwnFault, false);
    }

    private Undecided(String why, boolean isItsOwnFault, boolean isOfThisTime) {
        super(why);
        this.isItsOwnFault = isItsOwnFault;
        this.isOfThisTime = isOfThisTime;
    }

    /** The trial is tried again. After the last attempt, this is the verdict. */
    static Undecided thisTime(String why, boolean isItsOwnFault) {
        return new Undecided(why, isItsOwnFault, true);
    }

    /**
     * Client sockets may have been idle for too long before they were looked at. A busy machine can be why; so can a
     * submission that is slow, which is no fault in itself.
     */
    public static Undecided tooSlow() {
        return thisTime("the trial took too long, " + Trial.ATTEMPTS + " times: the idle timeout may have "
                + "closed connections; the machine may be busy", false);
    }

    boolean isOfThisTime() {
        return isOfThisTime;
    }

    public boolean isItsOwnFault() {
        return isItsOwnFault;
    }
}
