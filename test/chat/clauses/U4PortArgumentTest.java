package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import support.Peer;
import support.Stranger;
import support.Table;

/** U4: it is run with the port of one's own machine as its argument. */
class U4PortArgumentTest {

    private final Table table = Table.of("alice", "bob");

    @Test
    void thePortSaysWhoIAm() {
        try (Peer bob = Peer.start(Peer.program(table.file(), Integer.toString(table.port("bob"))))) {
            bob.awaitLine("* you are bob, listening on " + table.place("bob"));
            assertEquals(0, bob.quit());
        }
    }

    @Test
    void badUsageIsToldWithTheUsageLine() {
        assertRefused(2, List.of("peerchat: PORT must be 1 to 65535, but is \"five\"",
                "usage: peerchat [options] PORT (--help tells more)"), "five");
        assertRefused(2, List.of("peerchat: PORT is missing: " + table.file() + " offers " + table.port("alice")
                + " (alice), " + table.port("bob") + " (bob)", "usage: peerchat [options] PORT (--help tells more)"));
        assertRefused(2, List.of("peerchat: Unrecognized option: --loud",
                "usage: peerchat [options] PORT (--help tells more)"), "--loud", "5000");
        assertRefused(2, List.of(table.file() + ": no line has port 1: start with a port of the table ("
                + table.port("alice") + " (alice), " + table.port("bob") + " (bob)) or add your line"), "1");
    }

    @Test
    void aTakenPortIsToldWithARemedy() throws IOException {
        try (ServerSocket taken = Stranger.listen(table, "alice")) {
            assertRefused(1, List.of("peerchat: cannot listen on port " + taken.getLocalPort() + " (Address already in "
                    + "use): end the program that listens there, or give your line of the table another port, "
                    + "1024 or more"),
                    Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void helpAndVersionAreNoErrors() {
        try (Peer help = Peer.startWith("--help"); Peer version = Peer.startWith("-V")) {
            assertEquals(0, help.awaitExit());
            help.awaitLine("usage: peerchat [options] PORT");
            help.awaitLineWith("--connect-timeout MS");
            assertEquals(0, version.awaitExit());
            assertEquals(List.of("peerchat 1.0"), version.lines());
        }
    }

    private void assertRefused(int status, List<String> errors, String... arguments) {
        try (Peer peer = Peer.start(Peer.program(table.file(), arguments))) {
            assertEquals(status, peer.awaitExit());
            assertEquals(errors, peer.errors());
            assertEquals(List.of(), peer.lines());
        }
    }
}
