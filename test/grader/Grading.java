package grader;

import grader.cases.D1;
import grader.cases.D3;
import grader.cases.D4;
import grader.cases.P1;
import grader.cases.P2;
import grader.cases.P3;
import grader.cases.P4;
import grader.cases.R;
import grader.cases.U;
import grader.pile.Handed;
import grader.trial.Failure;
import grader.trial.Lab;
import grader.trial.Network;
import grader.trial.OutOfTime;
import grader.trial.Plan;
import grader.trial.Settings;
import grader.trial.Submission;
import grader.trial.Trial;
import grader.trial.TrialTable;
import grader.trial.Undecided;
import grader.trial.WrongUse;
import grader.verdict.Case;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Grades one submission: builds it, tries what every other trial needs, then all the others, several at a time. */
public final class Grading {

    /** What others need comes first. What is in one list is independent of each other. */
    private static final List<List<Plan>> FIRST = List.of(List.of(U.LISTENS),
            List.of(P1.PORT_AGAIN, U.FIRST_MESSAGES),
            List.of(R.IDLE_CPU, P3.REUSES, P2.BYTES_200, P2.BYTES_1000, P2.BYTES_4000));

    /** The long ones come first. */
    private static final List<Plan> OTHERS = List.of(P4.IDLE, P1.SIXTH_CONNECTION, D3.NO_SLASH, D3.UNKNOWN_FRIEND,
            R.OFFLINE_FRIEND, R.RESTARTED_FRIEND, D1.ONE_PROCESS, P1.ALL_PAIRS, D4.HALF_TYPED, P2.SHOWN_ONCE,
            P2.TWO_QUICK, P2.SHORT_AFTER_LONG, P2.NAMES_SENDER, P3.SPACES, P3.SLASHES, P3.UTF_8, P3.PERCENT_SIGNS,
            P3.NO_EARLY_CONNECTION, R.SILENT_STRANGER, R.GARBAGE, R.HALF_A_LINE, R.INTERRUPT);

    private static final int JOBS_IF_BUSY = 2;
    /** How late it may be seen that the time is over. */
    private static final long TO_NOTICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** So many times the idle timeout are waited for in the trial of P4. */
    private static final int IDLE_TIMES = 5;

    private final Settings settings;
    private final Lab lab;
    private final Submission submission;
    private final Set<Case> wanted;
    private final Set<Case> needed;
    private final Map<Case, Result> results = new ConcurrentHashMap<>();
    private final Turns turns;
    private volatile Network.Kind network;

    private Grading(Submission submission, Settings settings, Lab lab, Network.Kind network, Turns turns) {
        this.submission = submission;
        this.settings = settings;
        this.lab = lab;
        this.wanted = settings.clauses();
        this.needed = EnumSet.copyOf(wanted);
        wanted.forEach(one -> addNeeds(one, needed));
        if (needed.contains(Case.RESTARTED_FRIEND)) {
            needed.add(Case.PORT_AGAIN); // not needed, but it tells how long to wait for the port
        }
        if (needed.contains(Case.UTF_8)) {
            needed.addAll(P2.SIZES.keySet()); // so long may its texts be
        }
        this.network = network;
        this.turns = turns;
    }

    /**
     * @param whyNoHosts why the users have no machines of their own; empty if they have
     * @param turns when its trials may run, between those of other submissions
     */
    public static Report grade(Handed handed, Settings settings, Optional<String> whyNoHosts, Lab lab, Turns turns)
            throws IOException {
        Instant when = Instant.now();
        try (Submission submission = Submission.copy(handed.folder(), settings, lab)) {
            Grading grading = new Grading(submission, settings, lab,
                    whyNoHosts.isPresent() ? Network.Kind.LOOPBACK : Network.Kind.HOSTS, turns);
            grading.judgeAll();
            List<Result> inOrder = grading.results.values().stream().filter(grading::isOfInterest)
                    .sorted(Comparator.comparing(Result::what, Case.IN_REPORTS)).toList();
            return new Report(handed.name(), settings.command(), submission.build(), grading.network(whyNoHosts), when,
                    Duration.between(when, Instant.now()), inOrder);
        }
    }

    /**
     * Why the users have no machines of their own; empty if they have.
     *
     * @throws WrongUse if they must have them and cannot, or if a compiled-in table needs them
     */
    public static Optional<String> whyNoHosts(Settings settings, Lab lab) {
        boolean isWanted = settings.network().equals(Optional.of(Network.Kind.HOSTS));
        Optional<String> why = settings.network().equals(Optional.of(Network.Kind.LOOPBACK))
                ? Optional.of("NETWORK=loopback")
                : settings.compiledTable().filter(table -> !table.fitsHosts())
                .map(table -> "the addresses of TABLE are of one machine").or(() -> Network.whyNoHosts(lab));
        if (isWanted && why.isPresent()) {
            throw new WrongUse("NETWORK=hosts cannot be had here (" + why.get() + "): it needs root or user "
                    + "namespaces, unshare, nsenter and ip, and in TABLE an address for each user");
        }
        if (why.isPresent()) {
            settings.compiledTable().ifPresent(TrialTable::mustBeHere);
        }
        return why;
    }

    /** In words, for the report. */
    private String network(Optional<String> whyNoHosts) {
        return whyNoHosts.map(why -> "all users on this machine (" + why + "), " + (network == Network.Kind.ONE_ADDRESS
                ? "with one address, for the program accepts connections only from addresses of the table"
                : "with loopback addresses")).orElse("each user on a machine of its own (a network namespace)");
    }

    private static void addNeeds(Case one, Set<Case> needed) {
        for (Case need : one.needs()) {
            if (needed.add(need)) {
                addNeeds(need, needed);
            }
        }
    }

    /** What was asked for, and why some of that could not be judged. */
    private boolean isOfInterest(Result result) {
        return wanted.contains(result.what()) || needed.contains(result.what()) && result.is(Verdict.FAILED);
    }

    private void judgeAll() {
        Duration most = settings.limit().plus(settings.timeout().orElse(Duration.ZERO).multipliedBy(IDLE_TIMES));
        if (hasFixedPlaces()) {
            most = most.plus(TrialTable.BUSY.multipliedBy(FIRST.size() + OTHERS.size()));
        }
        TimeLimit limit = new TimeLimit(most);
        inTime(limit, List.of(this::judgeBuild), 1, false);
        // With fixed ports on one machine, one trial has to end before the next begins.
        int jobs = hasFixedPlaces() ? 1 : turns.each();
        FIRST.forEach(plans -> judge(plans, limit, jobs, false));
        // Several programs that never sleep, at once, would keep the grader itself from being on time.
        boolean isBusy = results.containsKey(Case.IDLE_CPU) && results.get(Case.IDLE_CPU).is(Verdict.FAILED);
        judge(OTHERS, limit, isBusy ? Math.min(jobs, JOBS_IF_BUSY) : jobs, isBusy);
        for (Case one : Case.values()) {
            if (!results.containsKey(one)) {
                put(notGraded(one, new OutOfTime().getMessage(), true));
            }
        }
    }

    private boolean hasFixedPlaces() {
        return settings.compiledTable().isPresent() && network != Network.Kind.HOSTS;
    }

    private void judge(List<Plan> plans, TimeLimit limit, int jobs, boolean neverSleeps) {
        inTime(limit, plans.stream().<Runnable>map(plan -> () -> judge(plan)).toList(), jobs, neverSleeps);
    }

    /** What has not ended by then is interrupted, which ends every wait; what has not begun does not begin. */
    private void inTime(TimeLimit limit, List<Runnable> tasks, int jobs, boolean neverSleeps) {
        ExecutorService workers = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (Runnable task : tasks) {
                futures.add(workers.submit(() -> inTurn(limit, task, neverSleeps)));
            }
            workers.shutdown();
            boolean hasEnded = false;
            for (long left = limit.left(); !hasEnded && left > 0; left = limit.left()) {
                hasEnded = workers.awaitTermination(Math.max(left, TO_NOTICE_NANOS), TimeUnit.NANOSECONDS);
            }
            if (!hasEnded) {
                workers.shutdownNow();
                workers.awaitTermination(1, TimeUnit.MINUTES);
            }
            for (Future<?> future : futures) {
                if (future.isDone() && !future.isCancelled()) {
                    future.get(); // a fault of the grader must not look like one of the submission
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the grader itself failed: " + e.getCause(), e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private void inTurn(TimeLimit limit, Runnable task, boolean neverSleeps) {
        int room;
        limit.stop();
        try {
            room = turns.take(neverSleeps);
        } catch (InterruptedException e) {
            return; // the time is over, which is told in the end
        } finally {
            limit.goOn();
        }
        try {
            task.run();
        } finally {
            turns.giveBack(room);
        }
    }

    private void judgeBuild() {
        long start = System.nanoTime();
        int points = settings.weights().of(Case.BUILDS);
        try {
            submission.build(lab);
            put(new Result(Case.BUILDS, Verdict.PASSED, points, points, points, "", "", "", List.of(), since(start)));
        } catch (Failure e) {
            put(new Result(Case.BUILDS, Verdict.FAILED, 0, points, points, e.expected(), e.seen(), "", List.of(),
                    since(start)));
        } catch (Undecided | OutOfTime e) {
            put(notGraded(Case.BUILDS, e.getMessage(), e instanceof OutOfTime));
        }
    }

    private void judge(Plan plan) {
        plan.cases().forEach(one -> settings.whyUntold(one).ifPresent(why -> put(notGraded(one, why, false))));
        if (plan.cases().stream().noneMatch(one -> needed.contains(one) && !results.containsKey(one))) {
            return;
        }
        Optional<Case> missing = plan.cases().stream().flatMap(one -> one.needs().stream())
                .filter(need -> !plan.cases().contains(need)).filter(this::isMissing).findFirst();
        if (missing.isPresent()) {
            plan.cases().stream().filter(one -> !results.containsKey(one))
                    .forEach(one -> put(notGraded(one, Result.needs(cause(missing.get())), true)));
        } else {
            tryOut(plan).stream().filter(result -> settings.whyUntold(result.what()).isEmpty()).forEach(this::put);
        }
    }

    /** If the time is over, nothing is judged: the rest is told in the end. */
    private List<Result> tryOut(Plan plan) {
        try {
            return run(plan);
        } catch (OutOfTime e) {
            return List.of();
        } catch (UncheckedIOException e) { // no machines could be made, say
            return plan.cases().stream().map(one -> notGraded(one, "it could not be tried: " + e.getMessage(), false))
                    .toList();
        }
    }

    private List<Result> run(Plan plan) {
        List<Result> tried = Trial.run(plan, submission, settings, lab, conditions(network));
        if (network != Network.Kind.LOOPBACK || settings.compiledTable().isPresent()
                || !has(tried, Verdict.FAILED)) {
            return tried;
        }
        // It may refuse whoever has no address of the table, and on loopback nobody calls from the own one.
        List<Result> again = Trial.run(plan, submission, settings, lab, conditions(Network.Kind.ONE_ADDRESS));
        if (!has(again, Verdict.PASSED)) {
            return tried;
        }
        network = Network.Kind.ONE_ADDRESS;
        return again;
    }

    /** Whether that has come of the first message. */
    private static boolean has(List<Result> all, Verdict verdict) {
        return all.stream().anyMatch(one -> one.what() == Case.SHOWS_MESSAGE && one.is(verdict));
    }

    private Trial.Conditions conditions(Network.Kind kind) {
        return new Trial.Conditions(kind,
                hasPassed(Case.PORT_AGAIN), P2.SIZES.entrySet().stream().filter(size -> hasPassed(size.getKey()))
                .mapToInt(Map.Entry::getValue).max().orElse(0));
    }

    private boolean hasPassed(Case one) {
        return results.containsKey(one) && results.get(one).is(Verdict.PASSED);
    }

    /** Whether what a case needs has failed, or could not be tried for a reason that is the submission's own. */
    private boolean isMissing(Case need) {
        Result result = results.get(need);
        return result == null || result.is(Verdict.FAILED) || result.is(Verdict.NOT_GRADED) && result.most() > 0;
    }

    /** What has failed, where a case is missing only because it could not be tried itself. */
    private Case cause(Case missing) {
        return missing.needs().stream().filter(this::isMissing).findFirst().map(this::cause).orElse(missing);
    }

    private Result notGraded(Case one, String why, boolean isLost) {
        int points = settings.weights().of(one);
        return new Result(one, Verdict.NOT_GRADED, 0, isLost ? points : 0, points, "", "", why, List.of(),
                Duration.ZERO);
    }

    private void put(Result result) {
        results.put(result.what(), result);
        if (!lab.isClosed()) {
            lab.spectator().judged(result);
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
