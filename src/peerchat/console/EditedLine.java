package peerchat.console;

import peerchat.text.Characters;

/** The line that is being typed, and its cursor, which moves by {@link Characters}. */
final class EditedLine {
    /** How far to look back for the beginning of a character, in {@code char}s. */
    private static final int LONGEST_CHARACTER = 128;

    private final StringBuilder text = new StringBuilder();
    private int cursor;

    String text() {
        return text.toString();
    }

    /** The text without a copy. */
    CharSequence characters() {
        return text;
    }

    int length() {
        return text.length();
    }

    /** The place of the cursor, in {@code char}s from the beginning. */
    int cursor() {
        return cursor;
    }

    int indexOf(String part) {
        return text.indexOf(part);
    }

    /** Replaces the text. The cursor goes behind it. */
    void set(String other) {
        text.setLength(0);
        text.append(other);
        cursor = text.length();
    }

    void insert(String typed) {
        text.insert(cursor, typed);
        cursor += typed.length();
    }

    /** The beginning of the word before the cursor. */
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

    /** The end of the word after the cursor. */
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

    /** Deletes a part of the line. The cursor goes there. */
    void cut(int from, int to) {
        text.delete(from, to);
        cursor = from;
    }

    /** The end of the character after the cursor. */
    int next() {
        return Characters.end(text, cursor);
    }

    /** The beginning of the character before the cursor. */
    int previous() {
        int from = Math.max(0, cursor - LONGEST_CHARACTER);
        if (from > 0 && Character.isLowSurrogate(text.charAt(from))) {
            from--;
        }
        return Characters.last(text, from, cursor);
    }
}
