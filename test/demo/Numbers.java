package demo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the run cost, peer by peer, as the traces counted it. */
final class Numbers {

    private static final String[] COLUMNS = {"turns", "empty turns", "share", "waits", "sent", "received", "CPU time",
        "duration"};

    private Numbers() {
    }

    static String table(List<PeerTrace> peers) {
        Markup markup = new Markup();
        markup.add("<table><thead><tr><th scope=\"col\">peer</th>");
        for (String column : COLUMNS) {
            markup.add("<th scope=\"col\">%s</th>", column);
        }
        markup.add("</tr></thead><tbody>");
        for (PeerTrace peer : peers) {
            peer.counts().ifPresent(counts -> row(markup, peer, counts));
        }
        return markup.add("</tbody></table>").toString();
    }

    private static void row(Markup markup, PeerTrace peer, PeerTrace.Counts counts) {
        markup.add("<tr><th scope=\"row\">%s</th>", Markup.escape(peer.name()));
        for (String cell : List.of(Markup.number(counts.turns()), Markup.number(counts.emptyTurns()),
                String.format(Locale.ROOT, "%.1f %%", 100.0 * counts.emptyTurns() / Math.max(1, counts.turns())),
                Markup.number(counts.waits()), Markup.number(counts.sent()), Markup.number(counts.received()),
                cpu(counts), String.format(Locale.ROOT, "%.1f s", seconds(peer)))) {
            markup.add("<td>%s</td>", cell);
        }
        markup.add("</tr>");
    }

    /** What the numbers mean. */
    static String sentence(List<PeerTrace> peers) {
        List<PeerTrace.Counts> all = peers.stream().map(PeerTrace::counts).flatMap(Optional::stream).toList();
        long turns = all.stream().mapToLong(PeerTrace.Counts::turns).sum();
        long empty = all.stream().mapToLong(PeerTrace.Counts::emptyTurns).sum();
        long received = all.stream().mapToLong(PeerTrace.Counts::received).sum();
        return "The loops turned " + Markup.number(turns) + " times to find " + Markup.number(received)
                + " messages. In " + Markup.number(empty) + " turns nothing happened. Waits keep this cheap. "
                + "The CPU time includes the start of the JVM.";
    }

    private static String cpu(PeerTrace.Counts counts) {
        return counts.cpuMillis().map(millis -> String.format(Locale.ROOT, "%.2f s", millis / 1000.0))
                .orElse("not told");
    }

    private static double seconds(PeerTrace peer) {
        return (peer.ended() - peer.began()) / 1e9;
    }
}
