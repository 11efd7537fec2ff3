package peerchat;

import java.nio.charset.StandardCharsets;

/**
 * A message that was typed for a friend.
 *
 * @param wire what goes over the client socket: {@code SENDER/TEXT} and a line feed, in UTF-8 (P3.3)
 */
record Outgoing(String text, byte[] wire) {

    static Outgoing of(String sender, String text) {
        // A NUL would end the message in its middle; a line feed cannot be typed.
        return new Outgoing(text, (sender + '/' + text.replace('\0', ' ') + '\n').getBytes(StandardCharsets.UTF_8));
    }
}
