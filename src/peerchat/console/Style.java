package peerchat.console;

import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import peerchat.text.Columns;
import peerchat.text.Text;
import peerchat.users.Sender;
import peerchat.users.User;

/**
 * How lines look on the console.
 *
 * @param hasTimes whether the local time stands before each message
 * @param users    the lines of the table, whose order gives everybody a colour
 */
record Style(boolean isColoured, boolean hasTimes, List<User> users) {
    /** Cyan, green, magenta, yellow, light blue, red: one for each line of a full table. */
    private static final int[] COLOURS = {36, 32, 35, 33, 94, 31};
    private static final String DIM = "\u001b[2m";
    private static final String NORMAL = "\u001b[0m";

    /** Returns true if colours are wanted on a terminal: NO_COLOR is not set, or empty. */
    static boolean wantsColour() {
        String no = System.getenv("NO_COLOR");
        return no == null || no.isEmpty();
    }

    /** The name before a message, in a colour if the sender surely is a friend. */
    byte[] label(Sender sender) {
        int line = sender.friend().isPresent() ? users.indexOf(sender.friend().get()) : -1;
        String name = Text.visible(sender.name()) + ":";
        return bytes(isColoured && line >= 0
                ? "\u001b[" + COLOURS[line % COLOURS.length] + "m" + name + NORMAL + " " : name + " ");
    }

    /** The columns that the label takes. */
    static int labelColumns(Sender sender) {
        return Columns.of(sender.name(), 0, sender.name().length()) + ": ".length();
    }

    byte[] notice(String text) {
        return bytes(isColoured ? DIM + text + NORMAL : text);
    }

    /** The local time and a space: {@code 09:05:00}. */
    byte[] time() {
        return bytes(String.format(Locale.ROOT, "%tT ", LocalTime.now()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
