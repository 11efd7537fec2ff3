package grader.trial;

/** It cannot be told whether the submission does what it has to; the message says why. The grader never guesses. */
public final class Undecided extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean isItsOwnFault;

    /** @param isItsOwnFault whether the points are lost, rather than taken out of the sum */
    public Undecided(String why, boolean isItsOwnFault) {
        super(why);
        this.isItsOwnFault = isItsOwnFault;
    }

    /** A busy machine can be why; so can a submission that is slow, which is no fault in itself. */
    public static Undecided tooSlow(int attempts) {
        return new Undecided("it was too slow for the idle timeout, " + (attempts == 1 ? "once" : attempts + " times")
                + ": is this machine busy?",
                false);
    }

    public boolean isItsOwnFault() {
        return isItsOwnFault;
    }
}
