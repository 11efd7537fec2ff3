package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import support.Peer;
import support.Table;

/** The whole assignment at once: five peers, twenty directed pairs. */
class AllPairsTest {

    private static final List<String> NAMES = List.of("alice", "bob", "carol", "dave", "erin");
    private static final int EACH = 20;

    @Test
    void everyMessageIsShownExactlyOnceInOrderWithTheRightSender() {
        Table table = Table.of(NAMES.toArray(String[]::new));
        Map<String, Peer> peers = new LinkedHashMap<>();
        try {
            NAMES.forEach(name -> peers.put(name, Peer.start(table, name)));
            for (int i = 0; i < EACH; i++) {
                for (String from : NAMES) {
                    for (String to : NAMES) {
                        if (!from.equals(to)) {
                            peers.get(from).type(to + "/" + from + " to " + to + " " + i);
                        }
                    }
                }
            }
            for (String to : NAMES) {
                peers.get(to).awaitCount(line -> line.contains(" to " + to + " "), EACH * (NAMES.size() - 1));
            }
            peers.values().forEach(peer -> assertEquals(0, peer.quit()));
            for (String to : NAMES) {
                assertEquals(EACH * (NAMES.size() - 1), peers.get(to).messages().size(), "shown at " + to);
                for (String from : NAMES) {
                    if (!from.equals(to)) {
                        assertEquals(expected(from, to), peers.get(to).messages().stream()
                                .filter(line -> line.startsWith(from + ": ")).toList());
                    }
                }
            }
        } finally {
            peers.values().forEach(Peer::close);
        }
    }

    private static List<String> expected(String from, String to) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            lines.add(from + ": " + from + " to " + to + " " + i);
        }
        return lines;
    }
}
