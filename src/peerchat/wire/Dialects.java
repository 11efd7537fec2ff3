package peerchat.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The dialect of each friend's program. An option that names no friend holds for everybody. */
public record Dialects(Map<String, String> usualOptions, Map<String, Map<String, String>> special) {
    public Dialects() {
        this(new HashMap<>(), new HashMap<>());
    }

    /**
     * Takes an option.
     *
     * @param friend whose program it is about; {@code *} for everybody
     * @param value  empty if the option has none
     * @throws IllegalArgumentException if the value cannot be used: the message says why
     */
    public void add(String option, String friend, String value) {
        (friend.equals("*") ? usualOptions : special.computeIfAbsent(friend, name -> new HashMap<>())).put(option, value);
        Dialect.of(Map.of(option, value));
    }

    /** The friends for whom there is an option. */
    public Set<String> named() {
        return Set.copyOf(special.keySet());
    }

    public Dialect of(String friend) {
        Map<String, String> options = new HashMap<>(usualOptions);
        options.putAll(special.getOrDefault(friend, Map.of()));
        return Dialect.of(options);
    }

    /** The dialect for everybody who is not named. */
    public Dialect usual() {
        return Dialect.of(usualOptions);
    }
}
