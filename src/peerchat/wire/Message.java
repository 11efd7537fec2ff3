package peerchat.wire;

/**
 * A message that was typed for a friend.
 *
 * @param bytes of the message on the wire (P3.3)
 */
public record Message(String text, byte[] bytes) {}
