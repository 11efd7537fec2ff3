package grader.trial;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a message is typed, without the last Enter.
 *
 * @param pattern with {text} and what tells the friend, such as {friend}/{text}
 */
public record MessageForm(String pattern) {

    static final List<String> KNOWN = List.of("friend", "ip", "port", "index", "number", "text");
    static final List<String> OF_THE_FRIEND = List.of("friend", "ip", "port", "index", "number");

    /** The friend, a mark with or without blanks around it, the text. */
    private static final Pattern MARKED = Pattern.compile("\\{[a-z]+} *([^\\p{L}\\p{N}\\s{}]+) *\\{text}");

    /** The name of nobody. */
    public static final String NOBODY = "zacharias";
    private static final String NOBODYS_ADDRESS = "127.0.0.98";
    private static final int NOBODYS_PORT = 9;
    private static final int NOBODYS_INDEX = 8;

    public MessageForm {
        pattern = pattern.replaceFirst("\n$", "");
    }

    /** @throws WrongUse if two users of a table are the same by what is typed */
    void mustTellApart(TrialTable table) {
        long different = table.users().stream().map(user -> lineTo(user, table.users().indexOf(user), "")).distinct()
                .count();
        if (different < table.users().size()) {
            throw new WrongUse("MESSAGE does not tell the users of TABLE apart; use {friend} or {number}");
        }
    }

    /** @param index by which the user who types knows the friend, from 0 on */
    String lineTo(TrialUser friend, int index, String text) {
        return Placeholders.fill(pattern, Placeholders.with(Placeholders.with(Placeholders.of(friend, index), "friend",
                friend.name()), "text", text));
    }

    /** A message to a friend who is in no table. */
    public String lineToNobody(String name, String text) {
        return lineTo(new TrialUser(name, NOBODYS_ADDRESS, NOBODYS_PORT), NOBODYS_INDEX, text);
    }

    /** What a line must have between the friend and the text to be a message, such as a slash. */
    public Optional<String> mark() {
        Matcher marked = MARKED.matcher(pattern);
        return marked.matches() ? Optional.of(marked.group(1)) : Optional.empty();
    }

    /** Whether it needs no table to find the friend. */
    boolean tellsPlace() {
        return Placeholders.hasAny(pattern, List.of("ip")) && Placeholders.hasAny(pattern, List.of("port"));
    }
}
