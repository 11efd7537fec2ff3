package bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Watches a stream for lines. While messages follow each other without a gap it spins, so that what is measured is the
 * program and not how fast the driver is woken. At the pace of people it sleeps: a program that is woken is often put
 * on the core of the driver that woke it, and would have to wait there for a driver that spins.
 */
final class Tap {

    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(30);

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;
    private boolean spins;

    Tap(InputStream in) {
        this.in = in;
    }

    /**
     * Waits for the end of the next line.
     *
     * @return the line without its end
     * @throws IOException if nothing comes for 30 s, or the stream breaks
     */
    String awaitLine() throws IOException {
        int searched = start;
        while (true) {
            for (; searched < end; searched++) {
                if (buffer[searched] == '\n') {
                    String line = new String(buffer, start, searched - start, StandardCharsets.UTF_8);
                    start = searched + 1;
                    return line;
                }
            }
            searched -= start;
            fill();
            searched += start;
        }
    }

    /** From now on this never sleeps. */
    void spin() {
        spins = true;
    }

    /** From now on this sleeps while it waits. */
    void sleep() {
        spins = false;
    }

    /** Lines that are not of interest are passed over. */
    void awaitLineWith(String part) throws IOException {
        while (!awaitLine().contains(part)) {
            continue;
        }
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        long deadline = System.nanoTime() + DEADLINE;
        while (spins && in.available() == 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("nothing came for 30 s after \"" + new String(buffer, 0, end,
                        StandardCharsets.UTF_8) + "\"");
            }
        }
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            throw new IOException("the program ended after \"" + new String(buffer, 0, end, StandardCharsets.UTF_8)
                    + "\"");
        }
        end += count;
    }
}
