package demo;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The message at which the page looks closely: one that was found soon, and around whose finding the traces have most
 * single turns of both ends.
 *
 * @param fine   250 µs in which it was found, so placed that they show as many single turns as possible
 * @param coarse 4 ms around it, or more if it was under way for longer
 */
record Choice(Arrow message, PeerTrace sender, PeerTrace receiver, PeerTrace.Stretch fine, PeerTrace.Stretch coarse) {

    private static final long FINE = TimeUnit.MICROSECONDS.toNanos(250);
    private static final long COARSE = TimeUnit.MILLISECONDS.toNanos(4);
    /** So much of a stretch a message may fill. */
    private static final double ROOM = 0.7;
    private static final int PLACES = 12;

    /** Empty if nobody has sent anything. */
    static Optional<Choice> of(Story story) {
        return story.messages().stream().map(message -> around(story, message))
                .max(Comparator.comparing(Choice::isSoon)
                        .thenComparing(choice -> choice.isSoon() ? choice.turns() : -choice.coarse.length()));
    }

    private static Choice around(Story story, Arrow message) {
        long half = Math.max(COARSE, (long) (message.latency() / ROOM)) / 2;
        PeerTrace.Stretch coarse = new PeerTrace.Stretch(message.middle() - half, message.middle() + half);
        PeerTrace sender = story.peer(message.from().peer());
        PeerTrace receiver = story.peer(message.to().peer());
        boolean hasRoom = message.latency() <= FINE * ROOM;
        return IntStream.range(1, PLACES).mapToLong(place -> message.to().time() - FINE * place / PLACES)
                .mapToObj(from -> new PeerTrace.Stretch(from, from + FINE))
                .filter(fine -> !hasRoom || fine.holds(message.from().time()))
                .map(fine -> new Choice(message, sender, receiver, fine, coarse))
                .max(Comparator.comparingInt(Choice::turns)).orElseThrow();
    }

    private boolean isSoon() {
        return coarse.length() <= COARSE;
    }

    /** How many single turns can be seen: closely of both together, and around that at the end that has fewer. */
    private int turns() {
        return sender.turnsWithin(fine).size() + receiver.turnsWithin(fine).size()
                + Math.min(sender.turnsWithin(coarse).size(), receiver.turnsWithin(coarse).size());
    }

    /** Which message it is, and why this one. */
    String words() {
        String from = message.from().peer();
        String to = message.to().peer();
        return "The message " + message.label() + " from " + from + " to " + to + " was found "
                + Markup.time(message.latency()) + " after the sending of it began. It was chosen because "
                + (isSoon() ? "it shows the most turns" : "no other one was found sooner")
                + ". " + turnsWithin(fine) + " " + turnsWithin(coarse) + " "
                + switch (receiver.gearAt(message.to().time())) {
                    case "talking" -> "The pace of " + to + " was \"talking\" then: a turn asks connections and "
                            + "keyboard, without a wait.";
                    case "typing" -> "The pace of " + to + " was \"typing\" then: each turn waits for 1 ms.";
                    case "pausing" -> "The pace of " + to + " was \"pausing\" then: short waits for the last "
                            + "speaker.";
                    case "silent" -> "The pace of " + to + " was \"silent\" then: long waits for the last speaker.";
                    default -> "";
                };
    }

    private String turnsWithin(PeerTrace.Stretch stretch) {
        return "Turns in " + Markup.time(stretch.length()) + ": " + sender.turnsWithin(stretch).size() + " of "
                + sender.name() + ", " + receiver.turnsWithin(stretch).size() + " of " + receiver.name() + ".";
    }

    /** Sender, receiver, and then the others. */
    List<PeerTrace> lanes(Story story) {
        return story.peers().stream()
                .sorted(Comparator.comparing((PeerTrace peer) -> peer != sender)
                        .thenComparing(peer -> peer != receiver))
                .toList();
    }
}
