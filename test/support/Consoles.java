package support;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What the processes of each test class have shown, so that a failure that comes once in a hundred runs comes with its
 * evidence.
 */
final class Consoles {

    private static final int MOST_LINES = 12;
    private static final int MOST_OF_A_LINE = 200;

    private static final Map<String, List<Console>> STARTED = new ConcurrentHashMap<>();

    /**
     * What one process has shown; it may still be growing.
     *
     * @param lines guarded by itself
     * @param errors guarded by itself
     */
    record Console(long pid, List<String> lines, List<String> errors) {
    }

    private Consoles() {
    }

    /** Takes in a process that a test class is just starting. */
    static void add(Console console) {
        StackWalker.getInstance().walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                .filter(name -> name.endsWith("Test")).reduce((nearer, farther) -> farther))
                .ifPresent(test -> STARTED.computeIfAbsent(test, any -> new ArrayList<>()).add(console));
    }

    /** A test of the class is over. */
    static void forget(String testClass) {
        STARTED.remove(testClass);
    }

    /** The last lines of each console that the running test of this class has opened. */
    static String of(String testClass) {
        return STARTED.getOrDefault(testClass, List.of()).stream()
                .map(console -> "console of " + console.pid() + ":" + end(console.lines()) + end(console.errors())
                + "\n")
                .collect(Collectors.joining());
    }

    private static String end(List<String> lines) {
        synchronized (lines) {
            return lines.stream().skip(Math.max(0, lines.size() - MOST_LINES))
                    .map(line -> "\n    " + line.substring(0, Math.min(MOST_OF_A_LINE, line.length())))
                    .collect(Collectors.joining());
        }
    }
}
