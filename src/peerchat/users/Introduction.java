package peerchat.users;

/**
 * The bytes that a friend's program writes before the text of a message, such as {@code name/}.
 *
 * @param namesFriend whether the friend's name is among them
 */
public record Introduction(User friend, byte[] bytes, boolean namesFriend) {}
