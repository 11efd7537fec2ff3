package grader.pile;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** In which form a message to a friend is typed. */
final class MessageGuess {

    static final String OF_THE_ASSIGNMENT = "{friend}/{text}";

    private static final List<String> USUAL = List.of(OF_THE_ASSIGNMENT, "{friend}: {text}", "{friend}:{text}",
            "{friend} {text}", "{friend}\\{text}", "@{friend} {text}", "{friend}|{text}", "{friend}>{text}",
            "{friend},{text}", "{friend}-{text}", "{friend}#{text}", "send {friend} {text}", "/msg {friend} {text}");

    /** Characters: in such a string constant of a program there may be what it looks for in a line. */
    private static final int SHORT = 8;

    /** Such as {@code <friend name>\<message>}, with something in front, perhaps. */
    private static final Pattern FORM = Pattern.compile("(?i)(?<front>[/@]?\\b(?:send|msg|to|tell|chat)\\s+|@)?"
            + "[<\\[{(]?\\b(?:friend'?s?[ _-]?(?:name)?|(?:user|peer|receiver|recipient|to|nick)?[ _-]?name|user|peer"
            + "|receiver|recipient|to)[>\\]})]?(?<between>[^\\w\\n<\\[{(]{1,3})"
            + "[<\\[{(]?(?:your[ _-]?)?(?:message|mesage|msg|text)\\b");

    private MessageGuess() {
    }

    /** What the program or its source tells, in order; empty if it tells nothing. */
    static List<String> in(String shown) {
        return FORM.matcher(shown).results().map(MessageGuess::form).distinct().toList();
    }

    private static String form(MatchResult found) {
        return (found.group(1) == null ? "" : found.group(1)) + "{friend}" + found.group(2) + "{text}";
    }

    /** What the source tells, and then what is usual. */
    static List<String> of(Texts texts) {
        LinkedHashSet<String> all = new LinkedHashSet<>();
        texts.strings().forEach(text -> all.addAll(in(text)));
        USUAL.stream().sorted(Comparator.comparing(form -> rank(form, texts))).forEach(all::add);
        return List.copyOf(all);
    }

    /** First the forms with a mark that the source has as a string, then those with a blank. */
    private static int rank(String form, Texts texts) {
        String mark = form.replaceAll("\\{\\w+}", "").strip();
        if (mark.isEmpty() || texts.sources().isEmpty()) {
            return 1;
        }
        return texts.strings().stream().anyMatch(text -> text.length() <= SHORT && text.contains(mark)) ? 0 : 2;
    }
}
