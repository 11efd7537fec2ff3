package peerchat.wire;

import java.util.HashMap;
import java.util.Map;
import peerchat.text.Text;

/**
 * The dialect of each friend's program.
 *
 * @param usual   of everybody who is not named in {@code special}
 * @param special by the names of friends, in composed form
 */
public record Dialects(Dialect usual, Map<String, Dialect> special) {
    /**
     * Makes dialects of options and their values.
     *
     * @param options by the name of the friend; {@code *} is everybody
     * @throws IllegalArgumentException if a value cannot be used: the message says which
     */
    public static Dialects parse(Map<String, Map<String, String>> options) {
        Map<String, String> usual = options.getOrDefault("*", Map.of());
        Map<String, Dialect> special = new HashMap<>();
        for (String name : options.keySet()) {
            if (!name.equals("*")) {
                Map<String, String> both = new HashMap<>(usual);
                both.putAll(options.get(name));
                special.put(Text.composed(name), Dialect.of(both));
            }
        }
        return new Dialects(Dialect.of(usual), special);
    }

    public Dialect of(String friend) {
        return special.getOrDefault(Text.composed(friend), usual);
    }
}
