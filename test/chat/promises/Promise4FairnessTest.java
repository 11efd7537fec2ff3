package chat.promises;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import support.Peer;
import support.Soak;
import support.Stranger;
import support.Table;

/** Promise 4: while one friend floods at full speed, another's message and a typed line are still handled. */
class Promise4FairnessTest {

    @Test
    void oneFriendFloodsAndTheOthersAreStillServed() throws Exception {
        Table table = Table.apart("alice", "bob", "carol");
        AtomicLong flooded = new AtomicLong();
        try (Heartbeat heartbeat = new Heartbeat(table); Peer alice = Peer.watch(table, "alice", line -> {
            heartbeat.onLine(line);
            if (line.startsWith("bob: ")) {
                flooded.addAndGet(line.length());
            }
        })) {
            heartbeat.start(table, alice);
            try (Stranger bob = Stranger.connect(table, "alice", "bob")) {
                Thread flood = Heartbeat.daemon("flood", () -> {
                    byte[] block = "bob/twenty bytes or so\n".repeat(500).getBytes();
                    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Soak.size(4, 30));
                    while (System.nanoTime() - end < 0) {
                        bob.send(block);
                    }
                });
                flood.join();
                heartbeat.stop();
            }
            assertTrue(flooded.get() > 1_000_000, "flooded with " + flooded + " bytes only");
            Soak.row(4, "one friend floods (target p99 50 ms)", flooded.get() / 1_000_000 + " MB", heartbeat.delays());
        }
    }
}
