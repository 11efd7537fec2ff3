package grader.cases;

import grader.trial.Failure;
import grader.trial.Participant;
import grader.trial.Patience;
import grader.trial.Plan;
import grader.trial.RunningProcess;
import grader.trial.Trial;
import grader.trial.Undecided;
import grader.trial.Visitor;
import grader.verdict.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** "The entire chat application runs under a single process": an iterative server, not a concurrent one. */
public final class D1 {

    public static final Plan ONE_PROCESS = new Plan(3, List.of(Case.ONE_PROCESS, Case.NO_THREADS),
            D1::allFriendsConnect);

    private D1() {
    }

    /** What there is of a program at one moment. */
    private record Count(List<String> processes, List<String> threads, String program) {

        static Count of(Participant peer) {
            Optional<RunningProcess> listener = peer.listener();
            return new Count(peer.family().everybody().stream().map(RunningProcess::name).sorted().toList(),
                    listener.map(one -> one.threads().stream().sorted().toList()).orElse(List.of()),
                    listener.map(RunningProcess::name).orElse(""));
        }
    }

    /** The same with the connections that it holds. */
    private record Held(Count count, long connections) {
    }

    private static void allFriendsConnect(Trial trial) {
        List<Participant> peers = trial.start(3); // more is P1's question
        Participant alice = peers.get(0);
        List<Participant> friends = peers.subList(1, peers.size());
        Count without = Patience.settled(() -> Count.of(alice)); // it may still be making its threads
        long start = System.nanoTime();
        friends.forEach(friend -> trial.deliver(friend, alice));
        boolean holdsTwo = alice.accepted() >= 2;
        if (!holdsTwo && trial.mayBeIdle(start)) {
            throw Undecided.tooSlow();
        }
        // Friends who close their connections at once get others.
        List<Visitor> more = holdsTwo ? List.of()
                : friends.stream().map(friend -> trial.visit(alice, friend)).toList();
        try {
            if (!holdsTwo && !Patience.until(Trial.TO_SHOW, () -> alice.accepted() >= 2)) {
                throw new Undecided("it does not hold two connections at once: too few to tell", false);
            }
            judge(trial, alice, without, held(alice));
        } finally {
            more.forEach(Visitor::close);
        }
    }

    /** The last look during which there were some: the number of connections is asked after everything else. */
    private static Held held(Participant alice) {
        List<Held> looks = new ArrayList<>();
        Patience.settled(() -> {
            Count count = Count.of(alice);
            looks.add(new Held(count, alice.accepted()));
            return count;
        });
        return looks.stream().filter(look -> look.connections() >= 2).reduce((former, latter) -> latter)
                .orElseThrow(Undecided::tooSlow);
    }

    private static void judge(Trial trial, Participant alice, Count without, Held held) {
        Count after = held.count();
        long connections = held.connections();
        trial.judge(Case.ONE_PROCESS, () -> {
            long same = alice.family().everybody().stream().filter(alice::isTheProgram).count();
            if (after.processes().size() > without.processes().size() || same != 1) {
                throw new Failure("one process, also with " + connections + " connections",
                        "processes: " + after.processes() + "; without a connection: "
                                + without.processes());
            }
        });
        trial.judge(Case.NO_THREADS, () -> {
            if (after.threads().size() > without.threads().size()) {
                throw new Failure("as many threads with " + connections + " connections as without: "
                        + without.threads().size(), added(after.program(), without.threads(), after.threads()));
            }
        });
    }

    /**
     * How many threads there are, and which have been added: unless all of these have the name of the program, which
     * tells nothing.
     */
    public static String added(String program, List<String> before, List<String> after) {
        List<String> more = new ArrayList<>(after);
        before.forEach(more::remove);
        return after.size() + (more.stream().allMatch(program::equals) ? "" : "; added: " + more);
    }
}
