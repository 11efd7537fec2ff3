package peerchat.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a reader takes for one character: a letter with its combining marks, an emoji with what modifies it. */
public final class Characters {
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private Characters() {}

    /** Where the character that begins at this place ends; {@code from} itself at the end of the text. */
    public static int end(CharSequence text, int from) {
        Matcher character = CHARACTER.matcher(text).region(from, text.length());
        return character.lookingAt() ? character.end() : from;
    }

    /** Where the last character of this part of the text begins. */
    public static int last(CharSequence text, int from, int to) {
        Matcher character = CHARACTER.matcher(text).region(from, to);
        int last = from;
        while (character.find()) {
            last = character.start();
        }
        return last;
    }
}
