package promises;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import support.Await;
import support.Peer;
import support.Soak;
import support.Table;

/** Promise 3: peers who flood each other do not deadlock. */
class Promise3NoDeadlockTest {

    private static final int LINE = 1000;
    private static final int LINES_PER_WRITE = 50;
    private static final int LONGEST_SECONDS = 600;

    /** Counts what one console shows of each sender, and that it comes in order. */
    private static final class Count {
        private final Map<String, Integer> next = new ConcurrentHashMap<>();
        private final List<String> odd = new ArrayList<>();

        void onLine(String line) {
            int colon = line.indexOf(": ");
            if (line.startsWith("* ") || colon < 0 || line.length() < colon + 2 + LINE) {
                if (!line.startsWith("* you") && !line.startsWith("* connected") && !line.startsWith("* write")) {
                    synchronized (odd) {
                        odd.add(line);
                    }
                }
                return;
            }
            String sender = line.substring(0, colon);
            int number = Integer.parseInt(line.substring(colon + 2, colon + 10));
            if (number != next.getOrDefault(sender, 0)) {
                throw new AssertionError(sender + " sent " + number + " after " + next.get(sender));
            }
            next.put(sender, number + 1);
        }

        int of(String sender) {
            return next.getOrDefault(sender, 0);
        }
    }

    @Test
    void twoPeersFloodEachOther() {
        flood(List.of("alice", "bob"), Soak.size(8, 50));
    }

    @Test
    void fivePeersFloodAllOthers() {
        flood(List.of("alice", "bob", "carol", "dave", "erin"), Soak.size(2, 10));
    }

    private static void flood(List<String> names, int megabytes) {
        Table table = Table.of(names.toArray(String[]::new));
        int lines = megabytes * 1_000_000 / LINE;
        Map<String, Count> counts = new LinkedHashMap<>();
        Map<String, Peer> peers = new LinkedHashMap<>();
        try {
            for (String name : names) {
                Count count = new Count();
                counts.put(name, count);
                peers.put(name, Peer.watch(table, name, count::onLine));
            }
            peers.values().forEach(peer -> Heartbeat.daemon("flood", () -> type(peer, lines)));
            for (String to : names) {
                for (String from : names) {
                    if (!from.equals(to)) {
                        Await.until(() -> counts.get(to).of(from) == lines, LONGEST_SECONDS, () -> from + " to " + to
                                + ": " + counts.get(to).of(from) + " of " + lines + "; " + counts.get(to).odd);
                    }
                }
            }
            names.forEach(name -> assertEquals(List.of(), counts.get(name).odd, "at " + name));
            peers.values().forEach(peer -> assertEquals(0, peer.quit()));
            Soak.row(3, names.size() + " peers flood each other", megabytes + " MB each to each", 0, 0, "-");
        } finally {
            peers.values().forEach(Peer::close);
        }
    }

    private static void type(Peer peer, int lines) {
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            block.append("*/").append(String.format("%08d", i)).append("x".repeat(LINE - 8)).append('\n');
            if (i % LINES_PER_WRITE == LINES_PER_WRITE - 1 || i == lines - 1) {
                peer.typeRaw(block.toString().getBytes());
                block.setLength(0);
            }
        }
    }
}
