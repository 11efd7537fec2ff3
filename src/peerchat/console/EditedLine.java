package peerchat.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that is being typed, and the cursor in it. The cursor moves by what a reader takes for one character: a letter
 * with its combining marks, an emoji with what modifies it.
 */
final class EditedLine {
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    /** How far before the cursor the beginning of a character is looked for, at most. */
    private static final int FAR_ENOUGH = 128;

    private final StringBuilder text = new StringBuilder();
    private int cursor;

    String text() {
        return text.toString();
    }

    /** The same without a copy. */
    CharSequence characters() {
        return text;
    }

    int length() {
        return text.length();
    }

    /** Where the cursor is, in {@code char}s from the beginning. */
    int cursor() {
        return cursor;
    }

    int indexOf(String part) {
        return text.indexOf(part);
    }

    /** Takes another text; the cursor goes behind it. */
    void set(String other) {
        text.setLength(0);
        text.append(other);
        cursor = text.length();
    }

    void insert(String typed) {
        text.insert(cursor, typed);
        cursor += typed.length();
    }

    /** Cuts the word before the cursor, with the spaces between. */
    void cutWord() {
        int from = cursor;
        while (from > 0 && Character.isWhitespace(text.charAt(from - 1))) {
            from--;
        }
        while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
            from--;
        }
        cut(from, cursor);
    }

    void moveTo(int place) {
        cursor = place;
    }

    /** Takes out a part of the line; the cursor goes there. */
    void cut(int from, int to) {
        text.delete(from, to);
        cursor = from;
    }

    /** Where the character after the cursor ends. */
    int next() {
        Matcher character = CHARACTER.matcher(text).region(cursor, text.length());
        return character.lookingAt() ? character.end() : cursor;
    }

    /** Where the character before the cursor begins. */
    int previous() {
        int from = Math.max(0, cursor - FAR_ENOUGH);
        if (from > 0 && Character.isLowSurrogate(text.charAt(from))) {
            from--;
        }
        Matcher character = CHARACTER.matcher(text).region(from, cursor);
        int last = from;
        while (character.find()) {
            last = character.start();
        }
        return last;
    }
}
