package peerchat;

/**
 * A message that was typed for a friend.
 *
 * @param wire what goes over the client socket (P3.3)
 */
record Outgoing(String text, byte[] wire) {
}
