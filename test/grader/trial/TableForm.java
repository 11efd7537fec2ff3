package grader.trial;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the table is written for a submission.
 *
 * @param file its name; with placeholders, each user's has another
 * @param head stands above the lines; empty: nothing does. With a name, an address or a port, it is the user's own
 *        line, and those below are the friends'. {count} is the number of lines below
 * @param line a line, without its end
 */
public record TableForm(String file, String head, String line) {

    static final List<String> KNOWN_ABOVE = List.of("name", "ip", "port", "index", "number", "count");
    private static final List<String> PLACE = List.of("name", "ip", "port");
    private static final List<String> PLACE_IN_TABLE = List.of("index", "number");

    /** The name of a user's table. */
    public String fileOf(TrialTable table, TrialUser user) {
        return Placeholders.fill(file, Placeholders.of(user, table.users().indexOf(user)));
    }

    /** The table as this user has it. */
    public String textFor(TrialTable table, TrialUser user) {
        List<TrialUser> listed = listedFor(table, user);
        String above = Placeholders.fill(head, Placeholders.with(
                Placeholders.of(user, table.users().indexOf(user)), "count", Integer.toString(listed.size())));
        return Stream.concat(above.isEmpty() ? Stream.empty() : Stream.of(above.replaceFirst("\n$", "")),
                listed.stream().map(one -> Placeholders.fill(line, Placeholders.of(one, indexFor(table, user, one)))))
                .map(one -> one + "\n").collect(Collectors.joining());
    }

    private List<TrialUser> listedFor(TrialTable table, TrialUser user) {
        return table.users().stream().filter(one -> !isOwnAbove() || !one.equals(user)).toList();
    }

    private boolean isOwnAbove() {
        return Placeholders.hasAny(head, PLACE);
    }

    /**
     * By which a user knows another one: the number that is written into the table, or else the place of the line.
     */
    public int indexFor(TrialTable table, TrialUser user, TrialUser other) {
        return (Placeholders.hasAny(head + line, PLACE_IN_TABLE) ? table.users() : listedFor(table, user))
                .indexOf(other);
    }
}
