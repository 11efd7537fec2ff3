package bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long a key takes until it stands on the screen while friends talk without a pause: on a pseudo-terminal, for only
 * there the program itself shows what is typed.
 */
final class Echo {

    private static final int PER_SECOND = 10_000;
    private static final long BETWEEN_MESSAGES = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    private static final long BETWEEN_KEYS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(30);
    private static final double NANOS_PER_MILLI = 1_000_000;
    private static final String PROMPT = Running.ME + "> ";
    /** What follows the line when the cursor is at its end: its place is kept. */
    private static final String CURSOR = "\u001b7";
    private static final String ERASE = "\u001b[J";
    private static final String CUT_TO_START = "\u0015";
    private static final int LONGEST_LINE = 40;

    private final Size size;
    private final Histogram latencies = new Histogram(LONGEST, 3);
    private final StringBuilder shown = new StringBuilder();
    private final byte[] buffer = new byte[64 * 1024];
    private final long[] next = {0, 1, 2, 3, 4};
    private String line = "";
    private int keys;
    private final Running program;
    private long begin;
    private long sent;
    private long arrived;

    /** @param program on a terminal */
    Echo(Size size, Running program) {
        this.size = size;
        this.program = program;
    }

    /** How many messages were sent, each of which was shown whole, once and in order. */
    long messages() {
        return arrived;
    }

    /** One row. */
    static List<Row> underLoad(Size size) throws IOException {
        try (Running program = Running.startOnTerminal()) {
            Echo echo = new Echo(size, program);
            program.connectFriends(Duel.MOST_FRIENDS);
            echo.typeWhileFriendsTalk();
            double p99 = echo.latencies.getValueAtPercentile(99) / NANOS_PER_MILLI;
            return List.of(Row.Figures.of("key to screen on a terminal, while " + Row.number(PER_SECOND)
                    + " messages/s arrive: p99", "ms", Map.of(Program.JAVA, List.of(p99))).atMost(50));
        }
    }

    /** Presses a key: the nanoseconds until it stands on the screen. */
    long key() throws IOException {
        String typed = line.length() == LONGEST_LINE ? CUT_TO_START : String.valueOf((char) ('a' + keys++ % 26));
        line = typed.equals(CUT_TO_START) ? "" : line + typed;
        long before = System.nanoTime();
        program.keyboard().write(typed.getBytes(StandardCharsets.US_ASCII));
        program.keyboard().flush();
        await(before, PROMPT + line + CURSOR);
        return System.nanoTime() - before;
    }

    /** One thread that never sleeps sends what is due, types, and reads the screen. */
    private void typeWhileFriendsTalk() throws IOException {
        begin = System.nanoTime();
        while (keys < size.keys()) {
            long nanos = key();
            latencies.recordValue(nanos);
            long next = System.nanoTime() - nanos + BETWEEN_KEYS;
            while (System.nanoTime() - next < 0) {
                sendWhatIsDue();
                read();
            }
        }
        long sentInTime = (System.nanoTime() - begin) / BETWEEN_MESSAGES;
        if (size.equals(Size.WHOLE) && sent < sentInTime * 0.99) { // in little, speed is no matter
            throw new IOException("only " + sent + " instead of " + sentInTime + " messages could be sent");
        }
        long end = System.nanoTime();
        while (arrived < sent) {
            read();
            if (System.nanoTime() - end > LONGEST) {
                throw new IOException("only " + arrived + " of " + sent + " messages were shown whole and in order");
            }
        }
    }

    /** The row is drawn again after whatever arrives, so it is found after the last message. */
    private void await(long since, String row) throws IOException {
        while (shown.indexOf(row) < 0) {
            sendWhatIsDue();
            read();
            if (System.nanoTime() - since > LONGEST) {
                throw new IOException("the screen does not show \"" + row + "\", but \"" + shown + "\"");
            }
        }
    }

    private void sendWhatIsDue() throws IOException {
        while (program.friends() > 0 && sent < (System.nanoTime() - begin) / BETWEEN_MESSAGES) {
            int friend = (int) (sent % program.friends());
            byte[] message = (Running.name(friend) + "/" + sent + "\n").getBytes(StandardCharsets.US_ASCII);
            program.friend(friend).write(ByteBuffer.wrap(message));
            sent++;
        }
    }

    /** Reads what is there, takes out the messages, and keeps what follows them. */
    private void read() throws IOException {
        InputStream screen = program.output();
        if (program.friends() > 0 && screen.available() == 0) {
            return; // there is more to do than to wait for the screen
        }
        int count = screen.read(buffer, 0, buffer.length);
        shown.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
        int start = 0;
        for (int end = shown.indexOf("\r\n"); end >= 0; end = shown.indexOf("\r\n", start)) {
            String row = shown.substring(start, end);
            arrived(row.substring(row.lastIndexOf(ERASE) < 0 ? 0 : row.lastIndexOf(ERASE) + ERASE.length()));
            start = end + 2;
        }
        shown.delete(0, start);
    }

    /** Each friend's messages must come whole, once and in order. */
    private void arrived(String message) throws IOException {
        int friend = message.charAt(1) - '1';
        String expected = Running.name(friend) + ": " + next[friend];
        if (!message.equals(expected)) {
            throw new IOException("\"" + message + "\" is shown instead of \"" + expected + "\"");
        }
        next[friend] += next.length;
        arrived++;
    }
}
