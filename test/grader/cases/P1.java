package grader.cases;

import grader.trial.Failure;
import grader.trial.Link;
import grader.trial.Participant;
import grader.trial.Patience;
import grader.trial.Plan;
import grader.trial.Trial;
import grader.trial.Undecided;
import grader.trial.Visitor;
import grader.verdict.Case;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A peer-chat server on a well-known port, and a maximum of five peers. */
public final class P1 {

    public static final Plan ALL_PAIRS = Plan.of(5, Case.ALL_PAIRS, P1::allPairs);
    public static final Plan SIXTH_CONNECTION = Plan.of(4, Case.SIXTH_CONNECTION, P1::sixthConnection);
    public static final Plan PORT_AGAIN = Plan.of(1, Case.PORT_AGAIN, P1::portAgain);

    private static final int MOST_CONNECTIONS = 5;
    private static final Duration TO_END = Duration.ofSeconds(3);
    /** How long a server may take to see that a connection has ended: else the next may find no place. */
    private static final Duration TO_SEE = Duration.ofSeconds(1);

    private P1() {
    }

    private static void allPairs(Trial trial) {
        List<Participant> peers = trial.start(5);
        Map<String, List<Participant>> pairs = new HashMap<>();
        for (Participant from : peers) {
            for (Participant to : peers) {
                if (from != to) {
                    pairs.put(trial.deliver(from, to), List.of(from, to));
                }
            }
        }
        // Programs may well show to the one who has typed it what they have sent.
        pairs.forEach((text, pair) -> peers.stream()
                .filter(peer -> !pair.contains(peer) && peer.console().text().contains(text)).forEach(other -> {
                    throw new Failure("what " + pair.get(0).name() + " writes to " + pair.get(1).name()
                            + " (\"" + text + "\") is shown to nobody else", other.name() + " has seen it");
                }));
    }

    private static void sixthConnection(Trial trial) {
        List<Participant> peers = trial.start(4); // a fifth is the question of the case before
        Participant alice = peers.get(0);
        int last = peers.size() - 1;
        List<Participant> friends = peers.subList(1, Math.max(2, last));

        long start = System.nanoTime();
        Map<Participant, Set<Link>> places = places(trial, alice, friends);
        friends.forEach(friend -> trial.deliver(friend, alice));
        List<Participant> movers = friends.stream().filter(friend -> !places.get(friend).isEmpty()
                && !places.get(friend).equals(friend.connectionsTo(alice))).toList();
        if (!movers.isEmpty() && trial.mayBeIdle(start)) {
            throw Undecided.tooSlow();
        }
        try {
            talkBesideASixth(trial, alice, places);
            awaitPlaces(alice, friends);
            friends.forEach(friend -> trial.deliver(friend, alice));
            for (int i = 0; i < MOST_CONNECTIONS; i++) { // more than there are places have been there then
                trial.visit(alice).close();
            }
            awaitPlaces(alice, friends);
            Participant newcomer = peers.get(last);
            trial.mustGoOn(alice, newcomer, newcomer);
        } catch (Failure e) {
            if (movers.isEmpty() || Patience.until(TO_END, () -> !peers.stream().allMatch(Participant::isAlive))) {
                throw e;
            }
            throw new Undecided(movers.get(0).name() + " connects for each message: perhaps strangers had "
                    + "all 5 connections", false);
        }
    }

    /** The connections that friends have after a message. Some close theirs, and keep no place. */
    private static Map<Participant, Set<Link>> places(Trial trial, Participant alice, List<Participant> friends) {
        friends.forEach(friend -> trial.deliver(friend, alice));
        Patience.during(Trial.QUIET);
        Map<Participant, Set<Link>> places = new LinkedHashMap<>();
        friends.forEach(friend -> places.put(friend, friend.connectionsTo(alice)));
        return places;
    }

    /** The friends' connections must be open all the time: else strangers may have got their places. */
    private static void talkBesideASixth(Trial trial, Participant alice, Map<Participant, Set<Link>> places) {
        Map<Participant, Long> spoke = new HashMap<>();
        places.forEach((friend, place) -> {
            spoke.put(friend, System.nanoTime());
            deliverAndSettle(trial, friend, alice, place);
        });
        int taken = places.values().stream().mapToInt(Set::size).sum();
        List<Visitor> strangers = new ArrayList<>();
        try {
            while (taken + strangers.size() <= MOST_CONNECTIONS) {
                strangers.add(trial.visit(alice));
            }
            Patience.during(Trial.QUIET);
            if (taken == 0) { // each message needs a place: of those that two leave, the sixth gets one
                strangers.remove(0).close();
                strangers.remove(0).close();
                awaitEnds(alice);
            }
            places.forEach((friend, place) -> {
                if (!place.isEmpty() && trial.mayBeIdle(spoke.get(friend))) {
                    throw Undecided.tooSlow();
                }
                deliverAndSettle(trial, friend, alice, place);
            });
            trial.deliver(alice, places.keySet().iterator().next());
        } finally {
            strangers.forEach(Visitor::close);
        }
    }

    /** If the friend closes the connection after a message, its place is free again in the end. */
    private static void deliverAndSettle(Trial trial, Participant friend, Participant alice, Set<Link> place) {
        trial.deliver(friend, alice);
        Patience.until(TO_SEE, () -> !place.isEmpty() || friend.connectionsTo(alice).isEmpty());
        awaitEnds(alice);
    }

    /** Until her server has noticed who has left. */
    private static void awaitEnds(Participant alice) {
        Patience.until(TO_SEE, () -> !alice.hasUnseenEnd());
    }

    /** Until strangers who have come and left are noticed. */
    private static void awaitPlaces(Participant alice, List<Participant> friends) {
        Patience.until(TO_END, () -> alice.accepted() <= friends.size() && !alice.isBehind());
    }

    /**
     * The side that closes a connection keeps its port busy for a minute (TIME_WAIT); a server may use it all the same.
     */
    private static void portAgain(Trial trial) {
        Participant alice = trial.start(1).get(0);
        Visitor stranger = trial.visitAsFriend(alice);
        try {
            Patience.until(TO_END, () -> alice.accepted() > 0);
            alice.interrupt();
            if (!alice.awaitEnd(TO_END)) {
                alice.kill();
            }
        } finally {
            stranger.close();
        }
        Participant again = trial.startOne(0);
        try {
            again.mustListen();
        } catch (Failure e) {
            throw new Failure("started again at once, " + e.expected() + ", although old connections still hold the "
                    + "port (SO_REUSEADDR allows that)", e.seen());
        }
    }
}
