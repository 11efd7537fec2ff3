package peerchat.users;

import java.util.Optional;

/**
 * The sender of a message.
 *
 * @param name         for the console: a friend's name, a claim such as {@code bob? (10.0.0.9)}, or an address
 * @param friend       the friend, if the sender surely is one
 * @param introduction the bytes of the message before its text, for example {@code bob/}; may be empty
 */
public record Sender(String name, Optional<User> friend, byte[] introduction) {}
