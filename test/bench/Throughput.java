package bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How many messages a program reads and shows when friends send as fast as it takes them. */
final class Throughput {

    /** Bytes of a short message on the wire, and of a large one. */
    private static final int SHORT = 20;
    private static final int LARGE = 64 * 1024;
    private static final int PIECE = 64 * 1024;
    private static final long LONGEST_STANDSTILL = TimeUnit.SECONDS.toNanos(30);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MEGABYTE = 1e6;

    private final Size size;
    private long messages;

    Throughput(Size size) {
        this.size = size;
    }

    /** How many messages were sent, each of which was shown whole, once and in order. */
    long messages() {
        return messages;
    }

    /** Messages of 20 bytes, by one sender, by two, up to five. */
    List<Row> bursts() throws IOException {
        try (Duel duel = Duel.start()) {
            Map<Integer, Map<Program, List<Double>>> bySenders = duel.measureByConnections(size.warmUps(),
                    size.rounds(), program -> burst(program, size.burst(), SHORT));
            return List.of(
                    Row.Figures.of("burst of 20-byte messages, one sender", "messages/s", bySenders.get(1))
                            .atLeastTimes(Program.CPP, 1.0),
                    Row.Figures.of("burst of 20-byte messages, five senders", "messages/s",
                            bySenders.get(Duel.MOST_FRIENDS)).atLeastTimes(Program.CPP, 1.0),
                    Row.Figures.spread("burst, 1 to 5 senders: fastest to slowest", bySenders).atMost(1.3));
        }
    }

    /** Short messages to each program, over the connections that there are: how many it shows in a second. */
    Map<Program, List<Double>> shortMessages(Duel duel, int count) throws IOException {
        return duel.measure(0, 1, program -> burst(program, count, SHORT));
    }

    /** What the trace costs while nobody looks. */
    List<Row> traced() throws IOException {
        try (Duel duel = Duel.start(List.of(Program.JAVA, Program.WITHOUT_TRACE))) {
            duel.connectFriends(1);
            Row.Figures figures = Row.Figures.of("burst of 20-byte messages, one sender, no trace wanted", "messages/s",
                    duel.measure(size.warmUps() + size.rounds(), 3 * size.rounds(),
                            program -> burst(program, size.burst(), SHORT)));
            return List.of(figures.atLeastTimes(Program.WITHOUT_TRACE, 0.97),
                    figures.onlyOf("the same, the chat whose only trace does nothing", Program.WITHOUT_TRACE));
        }
    }

    List<Row> largeMessages() throws IOException {
        try (Duel duel = Duel.start()) {
            duel.connectFriends(1);
            return List.of(Row.Figures.of("messages of 64 KiB, one sender", "MB/s",
                    duel.measure(size.warmUps(), size.rounds(),
                            program -> burst(program, size.large(), LARGE) * LARGE / MEGABYTE))
                    .atLeastTimes(Program.CPP, 1.0));
        }
    }

    /** The peak after many messages from five friends, of a program that was started for it. */
    List<Row> memory() throws IOException {
        try (Duel duel = Duel.start()) {
            duel.connectFriends(Duel.MOST_FRIENDS);
            return List.of(Row.Figures.of("peak memory (RSS) after " + Row.number(size.memoryMessages()) + " messages",
                    "MiB", duel.measure(0, 1, program -> {
                        burst(program, size.memoryMessages(), SHORT);
                        return program.peakMebibytes();
                    })).atMost(64));
        }
    }

    /**
     * Sends that many messages, shared by all connected friends, and waits until they are shown.
     *
     * @return messages shown in a second
     */
    private double burst(Running program, int count, int bytes) throws IOException {
        int senders = program.friends();
        int each = count / senders;
        List<byte[]> sent = new ArrayList<>();
        for (int friend = 0; friend < senders; friend++) {
            sent.add(lines(Running.name(friend) + "/", each, bytes));
        }
        // A line on the screen is one byte longer: ": " stands for the slash.
        byte[] shown = new byte[each * senders * (bytes + 1)];
        long before = System.nanoTime();
        exchange(program, sent, shown);
        long after = System.nanoTime();
        for (int friend = 0; friend < senders; friend++) {
            check(shown, Running.name(friend) + ": ", each, bytes + 1);
        }
        messages += (long) each * senders;
        return each * senders / ((after - before) / NANOS_PER_SECOND);
    }

    /** Numbered lines that begin with the prefix, each of that many bytes with its end. */
    private static byte[] lines(String prefix, int count, int bytes) {
        byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[count * bytes];
        Arrays.fill(all, (byte) '0');
        for (int i = 0; i < count; i++) {
            System.arraycopy(start, 0, all, i * bytes, start.length);
            int end = (i + 1) * bytes - 1;
            all[end] = '\n';
            for (int rest = i; rest > 0; rest /= 10) {
                all[--end] = (byte) ('0' + rest % 10);
            }
        }
        return all;
    }

    /** Every message of this sender is there, whole, once and in order. */
    private static void check(byte[] shown, String prefix, int count, int bytes) throws IOException {
        byte[] expected = lines(prefix, count, bytes);
        int next = 0;
        for (int at = 0; at < shown.length; at += bytes) {
            if (shown[at + 1] == expected[1]) { // the digit in the friend's name
                int from = next * bytes;
                if (next == count || !Arrays.equals(shown, at, at + bytes, expected, from, from + bytes)) {
                    throw new IOException("message " + next + " of " + prefix + "is not what was sent: \""
                            + new String(shown, at, Math.min(bytes, 80), StandardCharsets.UTF_8) + "\"");
                }
                next++;
            }
        }
        if (next != count) {
            throw new IOException(next + " instead of " + count + " messages of " + prefix);
        }
    }

    /**
     * Sends to all and reads what is shown, in one thread that never sleeps: it has one core, the program the other.
     * Pieces of 64 KiB, for the JDK copies larger ones through a buffer that it allocates anew.
     */
    private static void exchange(Running program, List<byte[]> sent, byte[] shown) throws IOException {
        List<ByteBuffer> unsent = sent.stream().map(ByteBuffer::wrap).toList();
        InputStream screen = program.output();
        int length = 0;
        for (int i = 0; i < program.friends(); i++) {
            program.friend(i).configureBlocking(false);
        }
        long progress = System.nanoTime();
        while (length < shown.length) {
            for (int i = 0; i < unsent.size(); i++) {
                ByteBuffer rest = unsent.get(i);
                if (rest.hasRemaining()) {
                    rest.limit(Math.min(rest.capacity(), rest.position() + PIECE));
                    program.friend(i).write(rest);
                    rest.limit(rest.capacity());
                }
            }
            int available = screen.available();
            if (available > 0) {
                length += screen.read(shown, length, Math.min(Math.min(available, PIECE), shown.length - length));
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > LONGEST_STANDSTILL) {
                throw new IOException("only " + length + " of " + shown.length + " bytes were shown");
            }
        }
        for (int i = 0; i < program.friends(); i++) {
            program.friend(i).configureBlocking(true);
        }
    }
}
