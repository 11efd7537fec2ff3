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
import grader.trial.Failure;
import grader.trial.Lab;
import grader.trial.OutOfTime;
import grader.trial.Plan;
import grader.trial.Settings;
import grader.trial.Submission;
import grader.trial.Trial;
import grader.trial.TrialTable;
import grader.trial.Undecided;
import grader.verdict.Case;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import java.io.IOException;
import java.nio.file.Path;
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
import java.util.function.IntConsumer;

/** Grades one submission: builds it, tries what every other trial needs, then all the others, several at a time. */
public final class Grading {

    /** What others need comes first. What is in one list is independent of each other. */
    private static final List<List<Plan>> FIRST = List.of(List.of(U.LISTENS), List.of(P1.PORT_AGAIN, U.READS_TABLE),
            List.of(R.IDLE_CPU, P3.REUSES));

    private static final List<Plan> OTHERS = List.of(P4.IDLE, D1.ONE_PROCESS, P1.ALL_PAIRS, P1.SIXTH_CONNECTION,
            D3.NO_SLASH,
            D3.UNKNOWN_FRIEND, D4.HALF_TYPED, P2.SHOWN_ONCE, P2.TWO_QUICK, P2.BYTES_200, P2.BYTES_1000, P2.BYTES_4000,
            P3.SPACES, P3.SLASHES, P3.UTF_8, P3.NO_EARLY_CONNECTION, P3.REPLY, R.OFFLINE_FRIEND,
            R.RESTARTED_FRIEND, R.SILENT_STRANGER, R.GARBAGE, R.HALF_A_LINE, R.INTERRUPT);

    /** So many times the idle timeout are waited for in the trial of P4. */
    private static final int IDLE_TIMES = 3;

    private final Settings settings;
    private final Lab lab;
    private final Submission submission;
    private final Set<Case> wanted;
    private final Set<Case> needed;
    private final Map<Case, Result> results = new ConcurrentHashMap<>();
    private final IntConsumer progress;

    private Grading(Submission submission, Settings settings, Lab lab, IntConsumer progress) {
        this.submission = submission;
        this.settings = settings;
        this.lab = lab;
        this.wanted = settings.clauses();
        this.needed = EnumSet.copyOf(wanted);
        wanted.forEach(one -> addNeeds(one, needed));
        this.progress = progress;
    }

    /** @param progress is told how many cases are judged so far */
    public static Report grade(Path folder, Settings settings, Lab lab, IntConsumer progress) throws IOException {
        Instant when = Instant.now();
        Submission submission = Submission.copy(folder, settings, lab);
        Grading grading = new Grading(submission, settings, lab, progress);
        grading.judgeAll();
        List<Result> inOrder = grading.results.values().stream().filter(grading::isOfInterest)
                .sorted(Comparator.comparing(Result::what, Case.IN_REPORTS)).toList();
        return new Report(submission.name(), settings.command(), submission.build(), when,
                Duration.between(when, Instant.now()), inOrder);
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
        Duration limit = settings.limit().plus(settings.timeout().orElse(Duration.ZERO).multipliedBy(IDLE_TIMES));
        if (settings.compiledTable().isPresent()) {
            limit = limit.plus(TrialTable.BUSY.multipliedBy(FIRST.size() + OTHERS.size()));
        }
        long deadline = System.nanoTime() + limit.toNanos();
        inTime(deadline, List.of(this::judgeBuild), 1);
        FIRST.forEach(plans -> judge(plans, deadline, settings.jobs()));
        // Several programs that never sleep, at once, would keep the grader itself from being on time.
        boolean isBusy = results.containsKey(Case.IDLE_CPU) && results.get(Case.IDLE_CPU).is(Verdict.FAILED);
        judge(OTHERS, deadline, isBusy ? 1 : settings.jobs());
        for (Case one : Case.values()) {
            if (!results.containsKey(one)) {
                put(notGraded(one, new OutOfTime().getMessage(), true));
            }
        }
    }

    private void judge(List<Plan> plans, long deadline, int jobs) {
        inTime(deadline, plans.stream().<Runnable>map(plan -> () -> judge(plan)).toList(), jobs);
    }

    /** What has not ended by then is interrupted, which ends every wait; what has not begun does not begin. */
    private void inTime(long deadline, List<Runnable> tasks, int jobs) {
        ExecutorService workers = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (Runnable task : tasks) {
                futures.add(workers.submit(task));
            }
            workers.shutdown();
            if (!workers.awaitTermination(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
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
        if (plan.cases().stream().noneMatch(needed::contains)) {
            return;
        }
        Optional<Case> missing = plan.cases().stream().flatMap(one -> one.needs().stream())
                .filter(need -> !plan.cases().contains(need)).filter(this::isMissing).findFirst();
        if (missing.isPresent()) {
            plan.cases().forEach(one -> put(notGraded(one, Result.needs(cause(missing.get())), true)));
        } else {
            boolean mayReuse = results.containsKey(Case.PORT_AGAIN) && results.get(Case.PORT_AGAIN).is(Verdict.PASSED);
            settings.compiledTable().filter(table -> !mayReuse).ifPresent(table -> table.awaitFreePorts(lab.sockets()));
            Trial.run(plan, submission, settings, lab).forEach(this::put);
        }
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
        progress.accept(results.size());
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
