package chat.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import support.Networks;
import support.Peer;
import support.Stranger;
import support.Table;

/** Promise 8: the usual traps. */
class Promise8TrapsTest {

    @TempDir
    private Path folder;

    /** In a network namespace of its own with two ephemeral ports, the kernel soon connects a socket to itself. */
    @Test
    void aSocketConnectedToItselfCountsAsRefused() throws IOException {
        assumeTrue(Networks.works("unshare", "-rn", "sh", "-c", "ip link set lo up"),
                "no network namespace can be made here");
        Path users = folder.resolve("users.txt");
        Files.writeString(users, "alice 127.0.0.1 20000\nbob 127.0.0.1 40000\ncarol 127.0.0.1 40001\n");
        List<String> command = new ArrayList<>(List.of("unshare", "-rn", "sh", "-c", "ip link set lo up && "
                + "echo 40000 40001 >/proc/sys/net/ipv4/ip_local_port_range && exec \"$@\"", "sh"));
        command.addAll(Peer.command("--users", users.toString(), "20000"));
        try (Peer alice = Peer.start(new ProcessBuilder(command))) {
            alice.awaitLineWith("listening on ");
            int tries = 30;
            for (int i = 0; i < tries; i++) {
                alice.type("*/anybody? " + i);
            }
            alice.awaitCount(line -> line.contains(" is offline (") && line.contains("not sent: anybody?"), 2 * tries);
            assertTrue(alice.lines().stream().noneMatch(line -> line.contains("connected to")), "connected to itself");
        }
    }

    @Test
    void aRestartRightAfterACrashBindsThePortAgain() {
        Table table = Table.of("alice", "bob");
        try (Peer bob = Peer.start(table, "bob")) {
            for (int i = 0; i < 3; i++) {
                try (Peer alice = Peer.start(table, "alice")) {
                    bob.type("alice/life " + i);
                    alice.awaitLine("bob: life " + i);
                    alice.type("bob/life " + i);
                    bob.awaitLine("alice: life " + i);
                    alice.process().destroyForcibly();
                    alice.awaitExit();
                }
                bob.awaitCount(line -> line.contains("connection"), i + 1);
            }
        }
    }

    @Test
    void aConsoleWhoseReaderIsGoneEndsTheProgramCleanly() {
        Table table = Table.of("alice", "bob");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "{ \"$@\"; echo status $? >&2; } | head -1", "sh"));
        command.addAll(Peer.program(table.file(), Integer.toString(table.port("alice"))).command());
        try (Peer alice = Peer.start(new ProcessBuilder(command)); Peer bob = Peer.start(table, "bob")) {
            alice.awaitLineWith("* you are alice");
            alice.type("bob/nobody will see the notice");
            bob.awaitLine("alice: nobody will see the notice");
            bob.type("alice/nor this");
            alice.awaitErrorWith("status 0");
            assertEquals(0, alice.awaitExit());
            assertEquals(List.of("status 0"), alice.errors());
        }
    }

    @Test
    void aClockThatJumpsClosesNothing() throws IOException {
        Path library = folder.resolve("jump.so");
        assumeTrue(Networks.works("gcc", "-shared", "-fPIC", "-o", library.toString(), "test/support/clock_jump.c",
                "-ldl"),
                "there is no gcc here to make the clock jump");
        Table table = Table.of("alice", "bob");
        ProcessBuilder builder = Peer.program(table.file(), Integer.toString(table.port("alice")));
        builder.environment().put("LD_PRELOAD", library.toString());
        builder.environment().put("JUMP_WHEN_EXISTS", folder.resolve("jump").toString());
        try (Peer bob = Peer.start(table, "bob"); Peer alice = Peer.start(builder)) {
            alice.awaitLineWith("listening on ");
            alice.type("bob/before");
            bob.awaitLine("alice: before");
            Files.createFile(folder.resolve("jump"));
            for (int i = 0; i < 10; i++) {
                alice.type("bob/after " + i);
                bob.awaitLine("alice: after " + i);
            }
            alice.type("/users");
            alice.awaitLineWith("* bob " + table.place("bob") + " client socket (idle 0 s)");
            assertTrue(alice.lines().stream().noneMatch(line -> line.contains("closed")), () -> "" + alice.lines());
        }
    }

    @Test
    void aPortThatSpeaksAnotherProtocolDoesNoHarm() {
        Table table = Table.apart("alice", "bob");
        try (Peer alice = Peer.start(table, "alice")) {
            try (Stranger browser = Stranger.connect(table, "alice", "bob")) {
                browser.send("GET / HTTP/1.1\r\nHost: alice\r\n\r\n");
                alice.awaitLine("bob: GET / HTTP/1.1");
                alice.awaitLine("bob: Host: alice");
            }
            try (Stranger tls = Stranger.connect(table, "alice", "bob")) {
                tls.send(new byte[] {0x16, 3, 1, 0, 5, 1, 0, 0, 1, (byte) 0xff, '\n'});
                tls.end();
                tls.awaitEnd();
            }
            try (Stranger bob = Stranger.connect(table, "alice", "bob")) {
                bob.send("bob/hello\n");
                alice.awaitLine("bob: hello");
            }
        }
    }
}
