package demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What happened between the peers, put together from their traces: each arrow from what one end tells and what the
 * other end tells of the same connection or message. What only one end tells of is no arrow.
 *
 * @param zero   the first thing that happened, in nanoseconds of the clock
 * @param arrows in the order in which they began
 * @param locals what happened at one peer alone
 */
record Story(List<PeerTrace> peers, long zero, List<Arrow> arrows, List<Happening> locals) {

    private static final Set<String> LOCAL = Set.of("typed", "not sent", "unreached", "half typed", "idle");

    static Story of(List<PeerTrace> peers) {
        List<Happening> all = peers.stream().flatMap(peer -> peer.happenings().stream())
                .sorted(Comparator.comparingLong(Happening::time)).toList();
        List<Arrow> arrows = new ArrayList<>();
        for (Happening happening : all) {
            switch (happening.kind()) {
                case "accepted" -> connect(happening, all).ifPresent(arrows::add);
                case "sending" -> message(happening, all).ifPresent(arrows::add);
                case "closing" -> close(happening, all).ifPresent(arrows::add);
                default -> { }
            }
        }
        arrows.sort(Comparator.comparingLong(arrow -> arrow.from().time()));
        return new Story(peers, all.get(0).time(), arrows,
                all.stream().filter(one -> LOCAL.contains(one.kind())).toList());
    }

    List<Arrow> messages() {
        return arrows.stream().filter(arrow -> arrow.kind() == Arrow.Kind.MESSAGE).toList();
    }

    PeerTrace peer(String name) {
        return peers.stream().filter(peer -> peer.name().equals(name)).findFirst().orElseThrow();
    }

    /** From the first try to connect to this friend since the last one that came to an end. */
    private static Optional<Arrow> connect(Happening accepted, List<Happening> all) {
        Optional<Happening> connected = first(all,
                one -> one.kind().equals("connected") && one.isAtOtherEndOf(accepted));
        if (connected.isEmpty()) {
            return Optional.empty();
        }
        Optional<Happening> connecting = Optional.empty();
        for (Happening one : all) {
            if (one == connected.get()) {
                break;
            }
            boolean isAboutIt = one.peer().equals(connected.get().peer()) && one.friend().equals(accepted.peer());
            if (isAboutIt && one.kind().equals("connecting") && connecting.isEmpty()) {
                connecting = Optional.of(one);
            } else if (isAboutIt && (one.kind().equals("unreached") || one.kind().equals("sending"))) {
                connecting = Optional.empty();
            }
        }
        Happening from = connecting.orElse(connected.get());
        return Optional.of(new Arrow(Arrow.Kind.CONNECT, from, accepted, "P3.2 → P1", "connects to " + accepted.peer(),
                inOrder(Stream.of(from, connected.get(), accepted))));
    }

    private static Optional<Arrow> message(Happening sending, List<Happening> all) {
        boolean isReuse = !sending.message().isEmpty() && !sending.message().endsWith("#1");
        return first(all, one -> one.kind().equals("received") && !one.message().isEmpty()
                && one.message().equals(sending.message()))
                .map(received -> new Arrow(Arrow.Kind.MESSAGE, sending, received,
                        (isReuse ? "P3.2 reuse, " : "") + "P3.3 → P2", "“" + received.quoted() + "”",
                        List.of(sending, received)));
    }

    /** If both ends close at once, each has an arrow of its own. */
    private static Optional<Arrow> close(Happening closing, List<Happening> all) {
        Optional<Happening> idle = first(all, one -> one.kind().equals("idle") && one.isOnSameEndAs(closing));
        String what = closing.says();
        int colon = what.indexOf(':');
        return first(all, one -> one.kind().equals("ended") && one.isAtOtherEndOf(closing))
                .map(ended -> new Arrow(Arrow.Kind.CLOSE, closing, ended, idle.isPresent() ? "P4" : "",
                        colon < 0 ? what : what.substring(0, colon),
                        inOrder(Stream.concat(idle.stream(), Stream.of(closing, ended)))));
    }

    private static Optional<Happening> first(List<Happening> all, Predicate<Happening> wanted) {
        return all.stream().filter(wanted).findFirst();
    }

    private static List<Happening> inOrder(Stream<Happening> happenings) {
        return happenings.distinct().sorted(Comparator.comparingLong(Happening::time)).toList();
    }
}
