package peerchat.console;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the bytes of a terminal into text and keys. A character or an escape sequence may come in pieces. An unknown
 * sequence is dropped whole.
 */
final class Keys {
    /** A key that is not text. */
    enum Key { ENTER, TAB, BACKSPACE, DELETE, LEFT, RIGHT, WORD_LEFT, WORD_RIGHT, HOME, END, UP, DOWN, CUT_TO_START,
        CUT_TO_END, CUT_WORD, CTRL_D, REDRAW, SUSPEND, PASTE_BEGINS, PASTE_ENDS, NONE }

    private static final String CONTROL = "[\\x00-\\x1f\\x7f-\\x9f]";
    private static final String NO_CONTROL = "[^\\x00-\\x1f\\x7f-\\x9f]";

    private static final Pattern NEXT = Pattern.compile("(?<text>" + NO_CONTROL + "+)"
            // a report of the mouse: three characters follow
            + "|\\x1b\\[M.{3}"
            // ESC [ parameters and a last character; the function keys of a Linux console have a second [
            + "|\\x1b\\[(?<parameters>\\[?+[ -?]*+)"
            + "(?:(?<last>(?!(?<=\\x1b\\[)M)[^\\x00-?\\x7f-\\x9f])|(?=" + CONTROL + "))"
            // a key of the keypad, or a cursor key
            + "|\\x1bO(?<modifiers>[0-9;]*+)(?<function>[^0-9;])"
            // a control string (OSC, DCS) ends with a bell, or with ESC and a backslash; Enter ends it, too
            + "|\\x1b[]PX^_][^\\x07\\r\\n\\x1b]*(?:\\x1b[^\\\\][^\\x07\\r\\n\\x1b]*+)*+"
            + "(?:\\x07|\\x1b\\\\|(?<line>[\\r\\n]))"
            // Alt and a character, or the key Esc
            + "|\\x1b(?<alt>[\\x7f\\x08bf])|\\x1b(?:(?![\\[O\\]PX^_])" + NO_CONTROL + "|(?=" + CONTROL + "))"
            + "|(?<control>(?!\\x1b)" + CONTROL + ")", Pattern.DOTALL);

    /** The characters of the keypad in application mode, from ESC O j on. */
    private static final String KEYPAD = "*+,-./0123456789";

    /** A sequence comes within this time. The key Esc comes alone, and must not take the next key with it. */
    private static final long SEQUENCE_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(100);

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE);
    /** The bytes of a character whose rest has not come yet. */
    private ByteBuffer undecoded = ByteBuffer.allocate(0);
    /** The beginning of a sequence whose rest has not come yet. */
    private String pending = "";
    private long lastTaken;

    /** Takes bytes that were typed at {@code now} (nanoseconds), and hands on the text and the keys in them. */
    void take(byte[] bytes, int count, long now, Consumer<String> text, Consumer<Key> keys) {
        String typed = (now - lastTaken > SEQUENCE_TIMEOUT ? "" : pending) + decoded(bytes, count);
        lastTaken = now;
        Matcher next = NEXT.matcher(typed);
        int at = 0;
        while (next.region(at, typed.length()).lookingAt()) {
            at = next.end();
            if (next.group("text") != null) {
                text.accept(next.group("text"));
            } else if (next.group("function") != null && keypad(next.group("function").charAt(0)) != 0) {
                text.accept(String.valueOf(keypad(next.group("function").charAt(0))));
            } else if (keyOf(next) != Key.NONE) {
                keys.accept(keyOf(next));
            }
        }
        pending = typed.substring(at);
    }

    private CharBuffer decoded(byte[] bytes, int count) {
        ByteBuffer all = ByteBuffer.allocate(undecoded.remaining() + count);
        all.put(undecoded).put(bytes, 0, count).flip();
        CharBuffer characters = CharBuffer.allocate(all.remaining());
        decoder.decode(all, characters, false);
        undecoded = all.slice();
        return characters.flip();
    }

    private static Key keyOf(Matcher found) {
        if (found.group("control") != null) {
            return controlKey(found.group("control").charAt(0));
        }
        if (found.group("alt") != null) {
            return switch (found.group("alt")) {
                case "b" -> Key.WORD_LEFT;
                case "f" -> Key.WORD_RIGHT;
                default -> Key.CUT_WORD;
            };
        }
        if (found.group("function") != null) {
            return switch (found.group("function")) {
                case "M" -> Key.ENTER;
                case "I" -> Key.TAB;
                case "c" -> Key.WORD_RIGHT; // Ctrl and a cursor key, in rxvt
                case "d" -> Key.WORD_LEFT;
                default -> cursorKey(found.group("function"), found.group("modifiers"));
            };
        }
        if (found.group("last") == null) {
            return found.group("line") != null ? Key.ENTER : Key.NONE;
        }
        String parameters = found.group("parameters");
        return found.group("last").equals("~") ? numberedKey(parameters)
                : parameters.startsWith("[") ? Key.NONE : cursorKey(found.group("last"), parameters);
    }

    private static Key controlKey(char c) {
        return switch (c) {
            case '\r', '\n' -> Key.ENTER;
            case '\t' -> Key.TAB;
            case '\b', 0x7f -> Key.BACKSPACE;
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
        };
    }

    private static Key cursorKey(String last, String parameters) {
        boolean isByWord = parameters.matches("(.*;)?[5-8]"); // 5 is Ctrl, 6 to 8 are Ctrl with Shift or Alt
        return switch (last) {
            case "A" -> Key.UP;
            case "B" -> Key.DOWN;
            case "C" -> isByWord ? Key.WORD_RIGHT : Key.RIGHT;
            case "D" -> isByWord ? Key.WORD_LEFT : Key.LEFT;
            case "F" -> Key.END;
            case "H" -> Key.HOME;
            default -> Key.NONE;
        };
    }

    /** The character on a key of the keypad; 0 if it is another key. */
    private static char keypad(char function) {
        int index = function - 'j';
        return function == 'X' ? '=' : function == ' ' ? ' '
                : index >= 0 && index < KEYPAD.length() ? KEYPAD.charAt(index) : 0;
    }

    /** ESC [ number ~, in which a second number would name Shift, Alt or Ctrl. */
    private static Key numberedKey(String parameters) {
        return switch (parameters) {
            case "1", "7" -> Key.HOME;
            case "3" -> Key.DELETE;
            case "4", "8" -> Key.END;
            case "200" -> Key.PASTE_BEGINS;
            case "201" -> Key.PASTE_ENDS;
            default -> Key.NONE;
        };
    }
}
