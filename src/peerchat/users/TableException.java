package peerchat.users;

/** Mistakes in the user_info table. The message has a line for each: the place, what is wrong, the remedy. */
public final class TableException extends Exception {
    private static final long serialVersionUID = 1L;

    TableException(String mistakes) {
        super(mistakes);
    }
}
