package chat.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import support.Await;
import support.Peer;
import support.Soak;
import support.Table;

/** Promise 3: peers who flood each other do not deadlock. */
class Promise3NoDeadlockTest {

    private static final int LONGEST_SECONDS = 600;
    private static final int BYTES_PER_WRITE = 50_000;

    /** Counts what one console shows of each sender. */
    private static final class Count {
        private final Map<String, Long> shown = new ConcurrentHashMap<>();
        private final Map<String, String> last = new ConcurrentHashMap<>();
        private final List<String> odd = new CopyOnWriteArrayList<>();

        void onLine(String line) {
            int colon = line.indexOf(": ");
            if (!line.startsWith("* ")) {
                String sender = line.substring(0, colon);
                String text = line.substring(colon + 2);
                String before = last.put(sender, text);
                if (before != null && before.length() == text.length() && before.compareTo(text) >= 0
                        && !text.startsWith("x")) {
                    odd.add(sender + ": " + text.substring(0, 8) + " after " + before.substring(0, 8));
                }
                shown.merge(sender, (long) text.length(), Long::sum);
            } else if (!line.startsWith("* you") && !line.startsWith("* connected") && !line.startsWith("* write")) {
                odd.add(line);
            }
        }

        long of(String sender) {
            return shown.getOrDefault(sender, 0L);
        }
    }

    @Test
    void twoPeersFloodEachOther() {
        flood(List.of("alice", "bob"), Soak.size(8, 50), 1000);
    }

    /** A message of many buffers must not be written in one turn. */
    @Test
    void twoPeersFloodEachOtherWithLongMessages() {
        flood(List.of("alice", "bob"), Soak.size(20, 50), 1_000_000);
    }

    @Test
    void fivePeersFloodAllOthers() {
        flood(List.of("alice", "bob", "carol", "dave", "erin"), Soak.size(2, 10), 1000);
    }

    private static void flood(List<String> names, int megabytes, int lineLength) {
        Table table = Table.of(names.toArray(String[]::new));
        long bytes = megabytes * 1_000_000L;
        Map<String, Count> counts = new LinkedHashMap<>();
        Map<String, Peer> peers = new LinkedHashMap<>();
        try {
            for (String name : names) {
                Count count = new Count();
                counts.put(name, count);
                peers.put(name, Peer.watch(table, name, count::onLine));
            }
            peers.values().forEach(peer -> Heartbeat.daemon("flood", () -> type(peer, bytes / lineLength, lineLength)));
            for (String to : names) {
                for (String from : names) {
                    if (!from.equals(to)) {
                        Await.until(() -> counts.get(to).of(from) == bytes || !counts.get(to).odd.isEmpty(),
                                LONGEST_SECONDS, () -> from + " to " + to + ": " + counts.get(to).of(from));
                    }
                }
            }
            names.forEach(name -> assertEquals(List.of(), counts.get(name).odd, "at " + name));
            peers.values().forEach(peer -> assertEquals(0, peer.quit()));
            names.forEach(to -> names.stream().filter(from -> !from.equals(to))
                    .forEach(from -> assertEquals(bytes, counts.get(to).of(from), from + " to " + to)));
            Soak.row(3, names.size() + " peers flood each other, messages of " + lineLength + " bytes",
                    megabytes + " MB each to each", "-");
        } finally {
            peers.values().forEach(Peer::close);
        }
    }

    private static void type(Peer peer, long lines, int lineLength) {
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            block.append("*/").append(String.format("%08d", i)).append("x".repeat(lineLength - 8)).append('\n');
            if (block.length() > BYTES_PER_WRITE || i == lines - 1) {
                peer.typeRaw(block.toString().getBytes());
                block.setLength(0);
            }
        }
    }
}
