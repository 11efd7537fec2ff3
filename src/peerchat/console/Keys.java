package peerchat.console;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Turns the bytes of a terminal into text and keys. A character or an escape sequence may come in pieces; a sequence
 * that means nothing here is swallowed whole.
 */
final class Keys {

    /** A key that is not text. */
    enum Key { ENTER, TAB, BACKSPACE, DELETE, LEFT, RIGHT, HOME, END, UP, DOWN, CUT_TO_START, CUT_TO_END, CUT_WORD, CTRL_D,
        REDRAW, SUSPEND, NONE }

    /** What is done with them. */
    interface Hand {

        void text(String text);

        void key(Key key);
    }

    /** Where in an escape sequence the next character is. */
    private enum Place { OUTSIDE, AFTER_ESCAPE, IN_CONTROL_SEQUENCE, IN_FUNCTION_KEY, IN_STRING, IN_STRING_AFTER_ESCAPE }

    private static final char ESCAPE = 0x1b;
    private static final char BELL = 0x07;
    private static final char DELETE = 0x7f;
    private static final char LAST_CONTROL = 0x9f;

    /** A sequence comes at once. The key Esc comes alone, and must not take the next key with it, nor Alt and a key. */
    private static final long SEQUENCE_TAKES = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MOST_PARAMETERS = 64;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder parameters = new StringBuilder();
    private ByteBuffer undecoded = ByteBuffer.allocate(0);
    private Place place = Place.OUTSIDE;
    private long lastTaken;

    /** Takes what was typed, and tells the hand; {@code now} is a time of the loop in nanoseconds. */
    void take(byte[] bytes, int count, long now, Hand hand) {
        if (now - lastTaken > SEQUENCE_TAKES) {
            place = Place.OUTSIDE;
        }
        lastTaken = now;
        CharBuffer typed = decoded(bytes, count);
        int textBegins = typed.position();
        int at = textBegins;
        for (; at < typed.limit(); at++) {
            char c = typed.get(at);
            if (place != Place.OUTSIDE || isControl(c)) {
                tellText(typed, textBegins, at, hand);
                textBegins = at + 1;
                next(c, hand);
            }
        }
        tellText(typed, textBegins, at, hand);
    }

    /** A character that was cut between two reads is kept for the second. */
    private CharBuffer decoded(byte[] bytes, int count) {
        ByteBuffer all = ByteBuffer.allocate(undecoded.remaining() + count);
        all.put(undecoded).put(bytes, 0, count).flip();
        CharBuffer characters = CharBuffer.allocate(all.remaining());
        decoder.decode(all, characters, false);
        undecoded = all.slice();
        return characters.flip();
    }

    private static void tellText(CharBuffer typed, int from, int to, Hand hand) {
        if (from < to) {
            hand.text(typed.subSequence(from, to).toString());
        }
    }

    private static boolean isControl(char c) {
        return c < ' ' || c >= DELETE && c <= LAST_CONTROL;
    }

    private void next(char c, Hand hand) {
        switch (place) {
            case OUTSIDE -> control(c, hand);
            case AFTER_ESCAPE -> afterEscape(c, hand);
            case IN_CONTROL_SEQUENCE -> inControlSequence(c, hand);
            case IN_FUNCTION_KEY -> endWith(cursorKey(c), hand);
            case IN_STRING -> inString(c, hand);
            case IN_STRING_AFTER_ESCAPE -> place = c == '\\' ? Place.OUTSIDE : Place.IN_STRING;
        }
    }

    private void control(char c, Hand hand) {
        if (c == ESCAPE) {
            place = Place.AFTER_ESCAPE;
            return;
        }
        tell(switch (c) {
            case '\r', '\n' -> Key.ENTER;
            case '\t' -> Key.TAB;
            case '\b', DELETE -> Key.BACKSPACE;
            case 'A' - '@' -> Key.HOME;
            case 'B' - '@' -> Key.LEFT;
            case 'D' - '@' -> Key.CTRL_D;
            case 'E' - '@' -> Key.END;
            case 'F' - '@' -> Key.RIGHT;
            case 'K' - '@' -> Key.CUT_TO_END;
            case 'L' - '@' -> Key.REDRAW;
            case 'N' - '@' -> Key.DOWN;
            case 'P' - '@' -> Key.UP;
            case 'U' - '@' -> Key.CUT_TO_START;
            case 'W' - '@' -> Key.CUT_WORD;
            case 'Z' - '@' -> Key.SUSPEND;
            default -> Key.NONE;
        }, hand);
    }

    private void afterEscape(char c, Hand hand) {
        parameters.setLength(0);
        place = switch (c) {
            case '[' -> Place.IN_CONTROL_SEQUENCE;
            case 'O' -> Place.IN_FUNCTION_KEY;
            case ']', 'P', 'X', '^', '_' -> Place.IN_STRING;
            default -> Character.isHighSurrogate(c) ? Place.AFTER_ESCAPE : Place.OUTSIDE; // Alt and a character
        };
        if (isControl(c)) {
            control(c, hand);
        }
    }

    /** Parameters and intermediate characters, and one that ends it and says what it was. */
    private void inControlSequence(char c, Hand hand) {
        boolean isLinuxFunctionKey = c == '[' && parameters.length() == 0; // ESC [ [ A
        if (isLinuxFunctionKey || c >= ' ' && c < '@') {
            if (parameters.length() < MOST_PARAMETERS) {
                parameters.append(c);
            }
            return;
        }
        if (isControl(c)) {
            endWith(Key.NONE, hand); // it was never finished
            control(c, hand);
        } else if (c == '~') {
            endWith(numberedKey(parameters.toString()), hand);
        } else {
            endWith(parameters.indexOf("[") < 0 ? cursorKey(c) : Key.NONE, hand);
        }
    }

    /** It ends with a bell, or with ESC and a backslash; a line does not go on in it. */
    private void inString(char c, Hand hand) {
        if (c == ESCAPE) {
            place = Place.IN_STRING_AFTER_ESCAPE;
        } else if (c == BELL || c == '\r' || c == '\n') {
            endWith(c == BELL ? Key.NONE : Key.ENTER, hand);
        }
    }

    private void endWith(Key key, Hand hand) {
        place = Place.OUTSIDE;
        tell(key, hand);
    }

    private static Key cursorKey(char c) {
        return switch (c) {
            case 'A' -> Key.UP;
            case 'B' -> Key.DOWN;
            case 'C' -> Key.RIGHT;
            case 'D' -> Key.LEFT;
            case 'F' -> Key.END;
            case 'H' -> Key.HOME;
            default -> Key.NONE;
        };
    }

    /** ESC [ number ~, where a second number would name Shift, Alt or Ctrl. */
    private static Key numberedKey(String parameters) {
        return switch (parameters) {
            case "1", "7" -> Key.HOME;
            case "3" -> Key.DELETE;
            case "4", "8" -> Key.END;
            default -> Key.NONE;
        };
    }

    private static void tell(Key key, Hand hand) {
        if (key != Key.NONE) {
            hand.key(key);
        }
    }
}
