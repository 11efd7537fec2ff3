package peerchat;

import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How lines look: with the time before a message or without, in colours or without. */
final class Look {

    private static final byte[] NOTHING = {};
    private static final byte[] DIM = bytes("\u001b[2m");
    private static final byte[] NORMAL = bytes("\u001b[0m");

    /** Cyan, green, magenta, yellow, light blue, red: as many as a table has lines. */
    private static final int[] COLOURS = {36, 32, 35, 33, 94, 31};

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss ", Locale.ROOT);

    private final boolean isColoured;
    private final boolean hasTimes;
    private final List<User> users;

    /**
     * @param hasTimes whether the local time stands before each message
     * @param users    the lines of the table, from whose order everybody has a colour
     */
    Look(boolean isColoured, boolean hasTimes, List<User> users) {
        this.isColoured = isColoured;
        this.hasTimes = hasTimes;
        this.users = users;
    }

    /** Whether colours are wanted on this terminal: NO_COLOR, if it is set to anything, says no. */
    static boolean wantsColour() {
        String no = System.getenv("NO_COLOR");
        return no == null || no.isEmpty();
    }

    /** What stands before a message: its sender, in a colour if it surely is that friend. */
    byte[] sender(String shown, Optional<User> friend) {
        int line = friend.map(users::indexOf).orElse(-1);
        return bytes(isColoured && line >= 0
                ? "\u001b[" + COLOURS[line % COLOURS.length] + "m" + shown + ":\u001b[0m " : shown + ": ");
    }

    /** What stands before a notice, and after it. */
    byte[] beforeNotice() {
        return isColoured ? DIM : NOTHING;
    }

    byte[] afterNotice() {
        return isColoured ? NORMAL : NOTHING;
    }

    /** Whether the time stands before a message. */
    boolean hasTimes() {
        return hasTimes;
    }

    /** The local time and a space: {@code 09:05:00}. */
    byte[] time() {
        return bytes(LocalTime.now().format(TIME));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
