package support;

import java.util.ArrayList;
import java.util.List;

/**
 * The promises' tests in their two sizes: short in {@code make test}, long in {@code make soak}, which also prints what
 * each of them found.
 */
public final class Soak {

    private static final boolean IS_LONG = Boolean.getBoolean("peerchat.soak");
    private static final List<String> ROWS = new ArrayList<>();

    private Soak() {
    }

    public static boolean isLong() {
        return IS_LONG;
    }

    /** The short or the long size. */
    public static int size(int inTest, int inSoak) {
        return IS_LONG ? inSoak : inTest;
    }

    /** Notes a row of the table: what was injected how often, and how many messages were lost or shown twice. */
    public static void row(int promise, String injected, String times, long lost, long duplicated) {
        row(promise, injected, times, lost + " | " + duplicated, "-");
    }

    /** The same, for a test that counts no messages. */
    public static void row(int promise, String injected, String times, String stall) {
        row(promise, injected, times, "- | -", stall);
    }

    private static void row(int promise, String injected, String times, String counts, String stall) {
        String row = String.format("| %d | %s | %s | %s | %s |", promise, injected, times, counts, stall);
        synchronized (ROWS) {
            ROWS.add(row);
        }
        if (IS_LONG) {
            System.out.println("done: " + injected); // minutes pass between them
        }
    }

    /** The table, in the order of the promises. */
    public static List<String> table() {
        synchronized (ROWS) {
            List<String> table = new ArrayList<>();
            table.add("| promise | what was injected | how often | lost | duplicated | longest stall |");
            table.add("|---|---|---|---|---|---|");
            ROWS.stream().sorted().forEach(table::add);
            return table;
        }
    }
}
