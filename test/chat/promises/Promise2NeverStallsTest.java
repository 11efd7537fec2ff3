package chat.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import support.Await;
import support.DeafHost;
import support.Peer;
import support.Soak;
import support.Stranger;
import support.Table;

/** Promise 2: whatever one friend does, messages between two healthy friends keep flowing. */
class Promise2NeverStallsTest {

    private static final int SECONDS = Soak.size(4, 20);

    private final Table table = Table.apart("alice", "bob", "carol");
    private final ConcurrentLinkedQueue<String> notices = new ConcurrentLinkedQueue<>();
    private final AtomicInteger notReading = new AtomicInteger();

    private Peer alice(Heartbeat heartbeat, String... options) {
        return Peer.watch(table, "alice", line -> {
            heartbeat.onLine(line);
            if (line.startsWith("* bob is not reading: not sent")) {
                notReading.incrementAndGet();
            } else if (line.startsWith("* ")) {
                notices.add(line);
            }
        }, options);
    }

    private void awaitNotice(String part, int count) {
        Await.until(() -> notices.stream().filter(line -> line.contains(part)).count() >= count,
                () -> "not " + count + " times \"" + part + "\" in " + notices);
    }

    @Test
    void aFriendWhoseHostSwallowsEverySyn() throws Exception {
        try (DeafHost bob = new DeafHost(table, "bob"); Heartbeat heartbeat = new Heartbeat(table);
                Peer alice = alice(heartbeat)) {
            bob.goDeaf();
            heartbeat.start(table, alice);
            int attempts = Soak.size(1, 6);
            for (int i = 1; i <= attempts; i++) {
                alice.type("bob/are you there?");
                awaitNotice("bob is offline (no answer within 3000 ms): not sent: are you there?", i);
            }
            heartbeat.stop();
            Soak.row(2, "a friend who answers no SYN (target 1 s)", attempts + " attempts", heartbeat.delays());
        }
    }

    @Test
    void aFriendWhoAcceptsAndNeverReads() throws Exception {
        int lines = Soak.size(16, 64) * 1024;
        String kilobyte = "x".repeat(1019);
        try (ServerSocket server = Stranger.listen(table, "bob"); Heartbeat heartbeat = new Heartbeat(table);
                Peer alice = alice(heartbeat)) {
            heartbeat.start(table, alice);
            long start = System.nanoTime();
            for (int i = 0; i < lines; i++) {
                alice.typeRaw(("bob/" + kilobyte + "\n").getBytes());
            }
            server.accept();
            awaitNotice("in doubt: the last", 1);
            heartbeat.stop();
            Soak.row(2, "a friend who never reads (target: the guard's 2 s, once in 10 s)", lines / 1024 + " MiB",
                    heartbeat.delays());
            int inDoubt = notices.stream().filter(line -> line.startsWith("* in doubt: the last "))
                    .mapToInt(line -> Integer.parseInt(line.split(" ")[5])).sum();
            Await.until(() -> notReading.get() + inDoubt >= lines - 1024, () -> notReading + " not sent, " + inDoubt
                    + " in doubt, of " + lines);
            long stalls = notices.stream().filter("* the connection to bob broke"::equals).count();
            long tenSeconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) / 10;
            assertTrue(stalls <= 1 + tenSeconds, stalls + " stalls in " + tenSeconds + "0 s");
            assertTrue(notReading.get() + inDoubt <= lines, "more reported than sent");
        }
    }

    /** A laptop slept, or somebody pressed Ctrl-Z: that is not the friend's fault. */
    @Test
    void theTimeInWhichAliceWasStoppedDoesNotCountAgainstTheFriend() throws Exception {
        String text = "x".repeat(600_000);
        try (ServerSocket server = new ServerSocket(); Peer alice = Peer.start(table, "alice")) {
            server.setReceiveBufferSize(4096);
            server.bind(new InetSocketAddress(table.host("bob"), table.port("bob")));
            alice.type("bob/" + text);
            try (Stranger bob = Stranger.accept(server)) {
                bob.awaitByte();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100)); // alice is in a write that blocks now
                alice.signal("STOP");
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3)); // longer than a write may block
                alice.signal("CONT");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(600)); // the guard looks at least twice
                assertEquals("alice/" + text + "\n", bob.readLine());
                alice.type("bob/and more");
                assertEquals("alice/and more\n", bob.readLine());
                assertTrue(alice.lines().stream().noneMatch(line -> line.contains("not reading")),
                        alice.lines()::toString);
            }
        }
    }

    @Test
    void aFriendBehindASlowLineIsNotCutOff() throws Exception {
        try (ServerSocket server = new ServerSocket(); Heartbeat heartbeat = new Heartbeat(table);
                Peer alice = alice(heartbeat)) {
            // loopback opens a window in steps of the buffer, a slow line in small ones
            server.setReceiveBufferSize(4096);
            server.bind(new InetSocketAddress(table.host("bob"), table.port("bob")));
            heartbeat.start(table, alice);
            alice.type("bob/" + "x".repeat(SECONDS * 40_000));
            AtomicInteger read = new AtomicInteger();
            try (Stranger slow = Stranger.accept(server)) {
                Heartbeat.daemon("slow line", () -> {
                    // 512 bytes forty times a second: 20 KB/s, until the test is over
                    while (slow.readByte() >= 0) {
                        if (read.incrementAndGet() % 512 == 0) {
                            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / 40);
                        }
                    }
                });
                Await.until(() -> read.get() > SECONDS * 15_000, 10 * SECONDS, () -> read + " bytes came; " + notices);
                heartbeat.stop();
                assertEquals(List.of(), notices.stream().filter(line -> line.contains("doubt") || line.contains("broke")
                        || line.contains("closed")).toList());
                assertEquals(0, notReading.get(), "cut off");
                Soak.row(2, "a friend who drains 20 KB/s (target 1 s)", read.get() / 1000 + " KB", heartbeat.delays());
            }
        }
    }

    @Test
    void aFriendWhoSendsOneByteAtATime() throws Exception {
        try (Heartbeat heartbeat = new Heartbeat(table); Peer alice = alice(heartbeat);
                Stranger bob = Stranger.connect(table, "alice", "bob")) {
            bob.send("bob/begin\n");
            heartbeat.start(table, alice);
            byte[] text = "bob/slowly, but whole".getBytes();
            long every = TimeUnit.SECONDS.toNanos(SECONDS) / text.length;
            for (byte b : text) {
                bob.send(new byte[] {b});
                LockSupport.parkNanos(every);
            }
            heartbeat.stop();
            Soak.row(2, "a friend who sends a byte now and then (target 100 ms)", SECONDS + " s", heartbeat.delays());
        }
    }
}
