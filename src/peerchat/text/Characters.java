package peerchat.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds characters as a reader sees them: a letter with its combining marks, an emoji with its modifiers. */
public final class Characters {
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private Characters() {}

    /** Returns the end of the character that begins at {@code from}; {@code from} itself at the end of the text. */
    public static int end(CharSequence text, int from) {
        Matcher character = CHARACTER.matcher(text).region(from, text.length());
        return character.lookingAt() ? character.end() : from;
    }

    /** Returns the beginning of the last character of this part of the text. */
    public static int last(CharSequence text, int from, int to) {
        Matcher character = CHARACTER.matcher(text).region(from, to);
        int last = from;
        while (character.find()) {
            last = character.start();
        }
        return last;
    }
}
