package grade;

/** It cannot be told whether the submission does what it has to; the message says why. The grader never guesses. */
final class Undecided extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean isItsOwnFault;

    /** @param isItsOwnFault whether the points are lost, rather than taken out of the sum */
    Undecided(String why, boolean isItsOwnFault) {
        super(why);
        this.isItsOwnFault = isItsOwnFault;
    }

    boolean isItsOwnFault() {
        return isItsOwnFault;
    }
}
