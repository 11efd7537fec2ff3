package grader.pile;

import grader.trial.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Words that people use for what differs from user to user, as in a usage line or a prompt. */
final class Meaning {

    /** The first that is found counts: a port number is a port, the user's port, too. */
    private static final List<Map.Entry<Pattern, String>> WORDS = List.of(
            word("(?<!im|up|re|ns|ex)port", "{port}"),
            word("time|idle|sec(ond)?s?\\b|ttl", Settings.TIMEOUT),
            word("file|table|conf|path|list|info|\\.(txt|csv|cfg)|\\b(users|peers|friends|contacts)\\b", "{users}"),
            word("\\bip|ip\\b|_ip|addr|host", "{ip}"),
            word("index|idx", "{index}"),
            word("number|\\bnum|\\bno\\b|\\bid\\b|_id\\b", "{number}"),
            word("name|nick|user|login|who|\\bme\\b|self", "{name}"));

    private Meaning() {
    }

    private static Map.Entry<Pattern, String> word(String pattern, String placeholder) {
        return Map.entry(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), placeholder);
    }

    /** The placeholder that stands for it; empty if the words mean something else. */
    static Optional<String> of(String words) {
        return WORDS.stream().filter(word -> word.getKey().matcher(words).find()).map(Map.Entry::getValue).findFirst();
    }

    /** The same for a text that asks for something; what is typed to a friend is not meant. */
    static Optional<String> ofPrompt(String prompt) {
        boolean asks = prompt.matches("(?i).*(enter|your|type|input|give|choose|what|which).*|[^:?>]{1,30}[:?>]\\s*")
                && !prompt.matches("(?i).*(friend|message|msg|text|listen|chat with|/).*");
        return asks ? of(prompt) : Optional.empty();
    }
}
