package peerchat.trace;

/** Events of the Trace Event Format, collected as text. Each event is whole, and begins with the comma before it. */
final class TraceJson {
    static final int LOOP = 1;
    static final int PACE = 2;

    /** Nanoseconds, eleven days: viewers count in doubles, in which larger numbers would lose a nanosecond. */
    private static final long LARGEST_TIME = 1_000_000_000_000_000L;

    private final StringBuilder text = new StringBuilder();
    private final long pid;
    private final long zero;
    private boolean isInArgs;

    /**
     * @param pid the process that the events belong to
     * @param now nanoseconds of a clock that all processes of this machine share: their traces have the same zero
     */
    TraceJson(long pid, long now) {
        this.pid = pid;
        this.zero = now - now % LARGEST_TIME;
    }

    int length() {
        return text.length();
    }

    /** Returns the text that was collected, and forgets it. */
    String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    TraceJson raw(String characters) {
        text.append(characters);
        return this;
    }

    /** Begins an event without a time, about the process or a track. */
    TraceJson metadata(String name, int track) {
        text.append(text.length() == 0 || text.charAt(text.length() - 1) != '[' ? ",\n{" : "\n{");
        text.append("\"ph\":\"M\",\"name\":\"").append(name).append('"');
        return value("pid", pid).value("tid", track);
    }

    /** Begins an event. After it come further fields, then perhaps {@link #args()}, then {@link #end()}. */
    TraceJson event(String phase, String name, String category, int track, long time) {
        text.append(",\n{\"ph\":\"").append(phase).append("\",\"name\":\"").append(name).append('"');
        return value("pid", pid).value("tid", track).text("cat", category).micros("ts", time - zero);
    }

    /** The fields after this are arguments: a viewer shows them when the event is selected. */
    TraceJson args() {
        text.append(",\"args\":{");
        isInArgs = true;
        return this;
    }

    /** Adds nanoseconds, written as microseconds. */
    TraceJson micros(String key, long nanos) {
        long fraction = nanos % 1000;
        key(key).append(nanos / 1000).append(fraction < 100 ? fraction < 10 ? ".00" : ".0" : ".").append(fraction);
        return this;
    }

    TraceJson text(String key, String value) {
        key(key).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == 0x7f) {
                text.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xf, 16));
            } else if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else {
                text.append(c);
            }
        }
        text.append('"');
        return this;
    }

    /** Adds a text, or a number or boolean without quotes. */
    TraceJson value(String key, Object value) {
        if (value instanceof String string) {
            return text(key, string);
        }
        key(key).append(value);
        return this;
    }

    void end() {
        text.append(isInArgs ? "}}" : "}");
        isInArgs = false;
    }

    private StringBuilder key(String key) {
        return text.append(text.charAt(text.length() - 1) == '{' ? "\"" : ",\"").append(key).append("\":");
    }
}
