package peerchat.console;

import peerchat.text.Characters;

/** A line that is being typed, and the cursor in it, which moves by {@link Characters}. */
final class EditedLine {
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

    /** Where the word before the cursor begins. */
    int wordStart() {
        int at = cursor;
        while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        while (at > 0 && !Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** Where the word after the cursor ends. */
    int wordEnd() {
        int at = cursor;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
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
        return Characters.end(text, cursor);
    }

    /** Where the character before the cursor begins. */
    int previous() {
        int from = Math.max(0, cursor - FAR_ENOUGH);
        if (from > 0 && Character.isLowSurrogate(text.charAt(from))) {
            from--;
        }
        return Characters.last(text, from, cursor);
    }
}
