package peerchat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Some bytes of a buffer, valid until the buffer is filled again. Messages go from the wire to the screen as spans: a
 * plain one is copied once on its way, and never becomes a {@code String}.
 */
record Span(byte[] bytes, int from, int to) {

    static Span of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Span(bytes, 0, bytes.length);
    }

    int length() {
        return to - from;
    }

    boolean isEmpty() {
        return from == to;
    }

    boolean startsWith(byte[] prefix) {
        return prefix.length <= length()
                && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }

    /** Where that ASCII character first is, counted from the beginning, or -1. */
    int indexOf(char c) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == c) {
                return i - from;
            }
        }
        return -1;
    }

    Span first(int count) {
        return new Span(bytes, from, from + count);
    }

    Span without(int count) {
        return new Span(bytes, from + count, to);
    }

    /** Whether these are printable ASCII characters and nothing else. */
    boolean isPlain() {
        return Scan.isPlain(bytes, from, to);
    }

    /** As UTF-8; what is malformed becomes U+FFFD. */
    String text() {
        return new String(bytes, from, length(), StandardCharsets.UTF_8);
    }
}
