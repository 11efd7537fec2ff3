package grader.trial;

import grader.verdict.Case;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import grader.verdict.Transcript.Kind;
import grader.verdict.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Fresh copies of a submission with a table of their own, what they are made to do, and what is judged of it. */
public final class Trial implements AutoCloseable {

    /** How long a message may take to the friend's console. */
    public static final Duration TO_SHOW = Duration.ofSeconds(5);
    /** How long nothing may happen, where nothing must. */
    public static final Duration QUIET = Duration.ofMillis(500);
    /** A busy machine may be too late for something once, and twice. */
    public static final int ATTEMPTS = 3;

    /** The shortest idle timeout that a submission may have where none was set. */
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(5);
    /** So long a connection to a friend who has ended may stay half open, where no timeout was set. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);
    /** Programs that count whole seconds close up to one early. */
    private static final Duration COUNTING = Duration.ofSeconds(1);
    private static final Duration TO_QUIT = Duration.ofSeconds(2);

    private record Attempt(List<Result> results, boolean mayDoBetter) {
    }

    private record Judgement(Verdict verdict, String expected, String seen, String why, boolean isLost) {
    }

    private final Submission submission;
    private final Settings settings;
    private final Lab lab;
    private final Conditions conditions;
    private final TrialTable table;
    private final Network network;
    private final Path folder;
    private final Spectator.Seat seat;
    private final long start = System.nanoTime();
    private final List<Participant> peers = new ArrayList<>();
    private final Map<Case, Judgement> judgements = new EnumMap<>(Case.class);
    /** Older connections with these ports, where the table is compiled in. */
    private final Set<Link> before;
    private int texts;
    private boolean mayDoBetter;

    /**
     * What differs from one grading to the next.
     *
     * @param network how the machines of the users are made
     * @param getsPortAgain whether a program that starts again gets its port at once (R1)
     * @param longestShown bytes of the longest message that was shown whole (P2.4 to P2.6)
     */
    public record Conditions(Network.Kind network, boolean getsPortAgain, int longestShown) {

        /** Whether trials with the same ports follow each other on one machine. */
        public boolean mustWaitForPorts() {
            return network != Network.Kind.HOSTS && !getsPortAgain;
        }
    }

    private Trial(Submission submission, Settings settings, Lab lab, Conditions conditions, TrialTable table,
            Network network, Path folder, Spectator.Seat seat) {
        this.submission = submission;
        this.settings = settings;
        this.lab = lab;
        this.conditions = conditions;
        this.table = table;
        this.network = network;
        this.folder = folder;
        this.seat = seat;
        // The trial before may have left some in the last moment.
        this.before = settings.compiledTable().isEmpty() ? Set.of() : ofTheTable(network.stranger().sockets().now());
    }

    /**
     * Does what was planned. If that could not be told, it is tried again, ATTEMPTS times in all.
     *
     * @return a result for each of its cases that was judged
     */
    public static List<Result> run(Plan plan, Submission submission, Settings settings, Lab lab,
            Conditions conditions) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            Attempt one = attempt(plan, submission, settings, lab, conditions);
            if (!one.mayDoBetter()) {
                return one.results();
            }
        }
        return attempt(plan, submission, settings, lab, conditions).results();
    }

    private static Attempt attempt(Plan plan, Submission submission, Settings settings, Lab lab,
            Conditions conditions) {
        TrialTable table = settings.compiledTable()
                .orElseGet(() -> TrialTable.fresh(conditions.network(), lab.sockets()));
        if (settings.compiledTable().isPresent() && conditions.mustWaitForPorts()) {
            TrialTable.awaitFree(lab.sockets(), table.ports(), TrialTable.BUSY);
        }
        int present = Math.min(plan.users(), table.users().size());
        Spectator.Seat seat = lab.spectator().takeSeat(plan.cases(),
                table.users().subList(0, present).stream().map(TrialUser::name).toList());
        try {
            Path folder = lab.newFolder("trial");
            try (Trial trial = new Trial(submission, settings, lab, conditions, table,
                    network(conditions.network(), table, present, lab), folder, seat)) {
                trial.run(plan);
                // Where the time of the submission is over, nothing is tried again.
                return new Attempt(trial.results(plan), trial.mayDoBetter && !Thread.currentThread().isInterrupted());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The system may be short of something for a moment. */
    private static Network network(Network.Kind kind, TrialTable table, int present, Lab lab) throws IOException {
        try {
            return Network.open(kind, table, present, lab);
        } catch (IOException e) {
            Patience.during(QUIET);
            return Network.open(kind, table, present, lab);
        }
    }

    private void run(Plan plan) {
        try {
            plan.body().accept(this);
        } catch (Failure | Undecided | OutOfTime e) {
            judgeTheRest(plan, judgement(e));
        } catch (UncheckedIOException e) { // this machine is short of something
            judgeTheRest(plan, judgement(Undecided.thisTime("it could not be tried: " + e.getMessage(), false)));
        }
    }

    private void judgeTheRest(Plan plan, Judgement judgement) {
        plan.cases().stream().filter(one -> !judgements.containsKey(one))
                .forEach(one -> judgements.put(one, judgement));
    }

    /**
     * A case that cannot be told with these settings is left out: it must not block another. The check throws a
     * {@link Failure} where the submission does not do as the case asks.
     */
    public void judge(Case one, Runnable check) {
        if (settings.whyUntold(one).isPresent()) {
            return;
        }
        Optional<Case> missing = one.needs().stream()
                .filter(need -> judgements.containsKey(need) && judgements.get(need).isLost()).findFirst();
        if (missing.isPresent()) {
            judgements.put(one, new Judgement(Verdict.NOT_GRADED, "", "", Result.needs(missing.get()), true));
            return;
        }
        try {
            check.run();
            judgements.put(one, new Judgement(Verdict.PASSED, "", "", "", false));
        } catch (Failure | Undecided e) {
            judgements.put(one, judgement(e));
        }
    }

    private Judgement judgement(RuntimeException e) {
        if (e instanceof Failure failure && conditions.network() == Network.Kind.ONE_ADDRESS) {
            return new Judgement(Verdict.NOT_GRADED, "", "", "it accepts connections only from addresses of the "
                    + "table; on loopback all friends have one address, so this cannot be judged: "
                    + failure.getMessage(), false);
        }
        if (e instanceof Failure failure) {
            return new Judgement(Verdict.FAILED, failure.expected(), ends(failure) + failure.seen(), "", true);
        }
        boolean isLost = !(e instanceof Undecided undecided) || undecided.isItsOwnFault();
        mayDoBetter |= e instanceof Undecided one && one.isOfThisTime();
        return new Judgement(Verdict.NOT_GRADED, "", "", e.getMessage(), isLost);
    }

    private List<Result> results(Plan plan) {
        peers.forEach(Participant::awaitNote);
        List<Transcript> transcripts = peers.stream().map(Participant::transcript).toList();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return plan.cases().stream().filter(judgements::containsKey).map(one -> {
            Judgement judgement = judgements.get(one);
            int points = settings.weights().of(one);
            boolean isPassed = judgement.verdict() == Verdict.PASSED;
            return new Result(one, judgement.verdict(), isPassed ? points : 0, isPassed || judgement.isLost() ? points
                    : 0, points,
                    judgement.expected(), judgement.seen(), judgement.why(), transcripts, took);
        }).toList();
    }

    /** Bytes of the longest message that this program is known to show whole; 0 if that was not tried. */
    public int longestShown() {
        return conditions.longestShown();
    }

    public Settings settings() {
        return settings;
    }

    public boolean isOnLoopback() {
        return conditions.network() != Network.Kind.HOSTS;
    }

    /** How many users the table has: five, or fewer if it is compiled in. */
    public int users() {
        return table.users().size();
    }

    public TrialUser user(int index) {
        return table.users().get(index);
    }

    /**
     * Starts the users from the first one on, each when the one before listens: what they do at the start must not
     * depend on luck.
     *
     * @param most fewer, if the table has fewer
     * @throws Failure if one does not listen
     */
    public List<Participant> start(int most) {
        List<Participant> started = new ArrayList<>();
        for (int i = 0; i < Math.min(most, users()); i++) {
            Participant peer = startOne(i);
            peer.mustListen();
            started.add(peer);
        }
        return started;
    }

    /** Starts users once more who have ended, and waits until they listen. Their ports are free then. */
    public List<Participant> startAgain(List<Participant> ended) {
        if (!conditions.getsPortAgain()) {
            Duration most = TrialTable.BUSY.plus(settings.timeout().orElse(LONGEST_TIMEOUT).multipliedBy(2));
            for (Participant peer : ended) {
                if (!TrialTable.awaitFree(peer.host().sockets(), List.of(peer.user().port()), most)) {
                    throw new Undecided("the port of " + peer.name() + " was still busy after " + most.toSeconds()
                            + " s", false);
                }
            }
        }
        List<Participant> again = ended.stream().map(peer -> startOne(table.users().indexOf(peer.user()))).toList();
        again.forEach(Participant::mustListen);
        return again;
    }

    /** A connection that somebody makes who is in no table. */
    public Visitor visit(Participant peer) {
        peer.console().happened("a stranger connects");
        return Visitor.connect(network.stranger(), network.stranger().address(), peer, "the stranger");
    }

    /** A connection from the address of a friend who is not there: programs may refuse all others. */
    public Visitor visitAsFriend(Participant peer) {
        TrialUser absent = user(users() - 1);
        peer.console().happened("the grader connects from the address of " + absent.name());
        return Visitor.connect(network.stranger(), absent.address(), peer, "the grader");
    }

    /** A connection from a friend's machine that the friend's program has not made. */
    public Visitor visit(Participant peer, Participant friend) {
        peer.console().happened("the grader connects from the machine of " + friend.name());
        return Visitor.connect(friend.host(), friend.host().address(), peer, "the grader");
    }

    /** Starts a user, once more perhaps, and does not wait. */
    public Participant startOne(int index) {
        TrialUser user = user(index);
        Map<String, String> values = values(user, index);
        String command = Placeholders.fill(settings.command(), values);
        SubmissionConsole console = new SubmissionConsole(start,
                (seconds, kind, text) -> seat.see(user.name(), seconds, kind, text));
        seat.see(user.name(), console.secondsAt(System.nanoTime()), Kind.HAPPENED, "started: " + command);
        Participant peer = Participant.start(user, network.user(index), command, folderOf(user), console, lab);
        lab.add(peer);
        peers.add(peer);
        if (!settings.login().isEmpty()) {
            peer.typeKeys(Placeholders.fill(settings.login(), values));
        }
        return peer;
    }

    /** What a user types, with the place of that user in it. */
    public String filled(String pattern, TrialUser user) {
        return Placeholders.fill(pattern, values(user, table.users().indexOf(user)));
    }

    private Map<String, String> values(TrialUser user, int index) {
        return Placeholders.with(Placeholders.of(user, index), "users", tableFile(user));
    }

    /** Each has a machine of its own, so to say: a copy of the submission, with the table in it. */
    private Path folderOf(TrialUser user) {
        Path own = folder.resolve(user.name());
        try {
            if (Files.notExists(own)) {
                submission.copyTo(own, lab);
                if (settings.compiledTable().isEmpty()) {
                    table.write(own, user, settings.tableForm());
                }
            }
            return own;
        } catch (IOException e) {
            // it was changed under the grader's hands, say
            throw new Undecided("its folder cannot be written: " + e.getMessage(), true);
        }
    }

    /** The name of the table that lies beside this user's program. */
    public String tableFile(TrialUser user) {
        return settings.tableForm().fileOf(table, user);
    }

    /** A text that nothing else contains, without blanks: a program that ends a word there fails P3.1.1 alone. */
    public String text() {
        return String.format(Locale.ROOT, "the-kettle-%03d-is-on", ++texts);
    }

    /** What the one has to type, besides the last Enter, so that the other gets the text. */
    public String message(Participant from, TrialUser to, String text) {
        int index = settings.compiledTable().isPresent() ? table.users().indexOf(to)
                : settings.tableForm().indexFor(table, from.user(), to);
        return settings.messageForm().lineTo(to, index, text);
    }

    /** The one types a message to the other. */
    public void say(Participant from, Participant to, String text) {
        from.type(message(from, to.user(), text));
    }

    /** The one types a message of its own to the other, who has to show it. @return the text */
    public String deliver(Participant from, Participant to) {
        return deliver(from, to, text());
    }

    public String deliver(Participant from, Participant to, String text) {
        from.mustBeAlive();
        say(from, to, text);
        mustShow(from, to, text);
        return text;
    }

    /** @param from who has typed it, and may show it, too */
    public void mustShow(Participant from, Participant to, String text) {
        if (!to.console().await(shown -> shown.contains(text) || !to.isAlive(), TO_SHOW)
                || !to.console().text().contains(text)) {
            to.mustBeAlive();
            String beginning = to.console().beginning(text);
            throw new Failure(to.name() + "'s console shows \"" + SubmissionConsole.excerpt(text) + "\" within "
                    + TO_SHOW.toSeconds() + " s", shownByOthers(from, to, text)
                    + (beginning.isEmpty() ? to.lastShown() : beginning));
        }
    }

    /** In words, for a report: who shows what was typed for a friend; empty if nobody does. */
    public String shownByOthers(Participant from, Participant to, String text) {
        return peers.stream().filter(peer -> peer != from && peer != to && peer.console().text().contains(text))
                .map(peer -> peer.name() + " has got it; " + peer.lastShown() + "\n").collect(Collectors.joining());
    }

    /** Who has ended by itself, if the failure does not tell: often that is why somebody else shows nothing. */
    private String ends(Failure failure) {
        return peers.stream().map(Participant::unwantedEnd)
                .filter(end -> !end.isEmpty() && !failure.seen().contains(end)).map(end -> end + "\n")
                .collect(Collectors.joining());
    }

    /** To whom the second can write without having heard of that friend, if the table has three users. */
    public static Participant thirdOrFirst(List<Participant> peers) {
        return peers.get(peers.size() > 2 ? 2 : 0);
    }

    /** Whether the chat of one goes on with others: first it is heard by them, and only then it is typed at. */
    public void mustGoOn(Participant peer, Participant speaker, Participant listener) {
        deliver(speaker, peer);
        deliver(peer, listener);
    }

    /** For how long after a message its client socket must not be closed for being idle. */
    public Duration untilIdle() {
        return settings.timeout().orElse(SHORTEST_TIMEOUT).minus(COUNTING);
    }

    /** Whether a socket that is closed now was not closed for being idle, were it even after half of the time. */
    public boolean isSoon(long since) {
        return System.nanoTime() - since < Math.max(untilIdle().dividedBy(2).toNanos(), COUNTING.toNanos());
    }

    /** @param since nanoTime before the message that used it last */
    public boolean mayBeIdle(long since) {
        return System.nanoTime() - since > untilIdle().toNanos();
    }

    /**
     * All connections of this trial to or from the ports of some users that there are, or were a minute ago: so long
     * the kernel remembers those that were closed (TIME_WAIT), unless they were reset.
     */
    public Set<Link> links(List<Participant> some) {
        long moment = System.nanoTime();
        Set<Link> links = new HashSet<>();
        peers.stream().map(one -> one.host().sockets()).forEach(one -> links.addAll(ofTheTable(one.since(moment))));
        links.removeAll(before);
        links.removeIf(link -> some.stream().noneMatch(peer -> link.hasPort(peer.user().port())));
        return links;
    }

    private Set<Link> ofTheTable(List<Endpoint> endpoints) {
        return endpoints.stream().filter(end -> !end.listens()).map(Endpoint::link)
                .filter(link -> table.ports().stream().anyMatch(link::hasPort))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Bytes that have arrived for a user from a friend and are not read, whether the connection is accepted or not. */
    public long unread(Participant peer, Participant from) {
        return peer.host().sockets().now().stream()
                .filter(end -> !end.listens() && (end.local().port() == peer.user().port() || end.remote().port()
                == from.user().port()))
                .mapToLong(Endpoint::unread).sum();
    }

    /** Leaves in the submission's own way, where that is known; whatever is left then is ended. */
    @Override
    public void close() {
        try {
            if (!settings.quit().isEmpty()) {
                peers.stream().filter(Participant::isAlive).forEach(peer -> peer.typeKeys(settings.quit()));
                Patience.until(TO_QUIT, () -> peers.stream().noneMatch(Participant::isAlive));
            }
        } catch (OutOfTime e) {
            return;
        } finally {
            Thread.interrupted(); // that the time is over must not keep anything alive
            peers.forEach(Participant::expectEnd);
            network.close(); // whoever is on a machine of its own ends with it
            peers.forEach(lab::end);
            Folders.delete(folder);
        }
    }
}
