package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grader.report.LiveReport;
import grader.trial.Spectator;
import grader.verdict.Case;
import grader.verdict.Result;
import grader.verdict.Result.Verdict;
import grader.verdict.Transcript.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import support.Await;

/** What a student sees of a trial while it runs. */
class LiveReportTest {

    private final List<String> shown = new ArrayList<>();

    private LiveReport live() {
        return new LiveReport(Set.of(Case.TWO_QUICK), this::show, OptionalInt::empty, false);
    }

    private synchronized void show(String row) {
        shown.add(row);
    }

    private synchronized List<String> rows() {
        return List.copyOf(shown);
    }

    /** The rows of the consoles. */
    private List<String> happenings() {
        return rows().stream().filter(row -> row.matches(" +[0-9]+\\.[0-9]{2} .*")).toList();
    }

    private static Spectator.Seat seat(LiveReport live, Case of) {
        return live.takeSeat(List.of(of), List.of("alice", "bob"));
    }

    private static Result result(Case what, Verdict verdict) {
        boolean isFailed = verdict == Verdict.FAILED;
        return new Result(what, verdict, 0, 1, 1, isFailed ? "the one" : "", isFailed ? "the other" : "", "", List.of(),
                Duration.ZERO);
    }

    @Test
    void rowsStandInTheOrderOfTime() {
        try (LiveReport live = live()) {
            Spectator.Seat seat = seat(live, Case.TWO_QUICK);
            seat.see("bob", 0.01, Kind.SHOWN, "hello\nbob> ");
            seat.see("alice", 0.02, Kind.TYPED, "bob/one\n");
            seat.see("bob", 0.03, Kind.SHOWN, "alice: o");
            seat.see("bob", 0.04, Kind.SHOWN, "ne\n\n");
            seat.see("bob", 0.05, Kind.HAPPENED, "killed");
            live.judged(result(Case.TWO_QUICK, Verdict.FAILED));
            seat(live, Case.SHOWN_ONCE);
            seat.see("bob", 0.06, Kind.SHOWN, "too late\n");
        }
        assertEquals(List.of("   0.01 bob     hello", "   0.01 bob     bob>", "   0.02 alice > bob/one",
                "   0.04 bob   … alice: one", "   0.04 bob", "   0.05 bob   * killed"), happenings());
        assertEquals("P2.3 two quick messages are shown separately", rows().get(1));
        int verdict = rows().indexOf("   0.05 bob   * killed") + 1;
        assertTrue(rows().get(verdict).startsWith("  × P2.3 "), rows().get(verdict));
        assertEquals(List.of("            expected: the one", "            seen:     the other"),
                rows().subList(verdict + 1, rows().size()));
    }

    @Test
    void whatOthersNeedIsShownIfItFails() {
        try (LiveReport live = live()) {
            seat(live, Case.LISTENS).see("alice", 0.01, Kind.SHOWN, "all is well\n");
            live.judged(result(Case.LISTENS, Verdict.PASSED));
            seat(live, Case.SECOND).see("alice", 0.01, Kind.SHOWN, "oh dear\n");
            live.judged(result(Case.SECOND, Verdict.FAILED));
            live.judged(result(Case.SIXTH_CONNECTION, Verdict.NOT_GRADED));
        }
        assertEquals(List.of("   0.01 alice   oh dear"), happenings());
        assertEquals("needed first: U4.1 on start it listens on the port that it was given: passed", rows().get(0));
        assertTrue(rows().contains("            seen:     the other"), () -> "" + rows());
        assertTrue(rows().stream().noneMatch(row -> row.contains("P1.2")), () -> "" + rows());
    }

    /** Then another one is graded, whose build may fail before there is a trial of it. */
    @Test
    void theConsolesOfOneSubmissionAreNotShownAsThoseOfTheNext() {
        try (LiveReport live = live()) {
            Spectator.Seat seat = seat(live, Case.SECOND);
            seat.see("alice", 0.01, Kind.SHOWN, "all is well\n");
            live.judged(result(Case.SECOND, Verdict.PASSED));
            live.flush();
            seat.see("alice", 0.02, Kind.SHOWN, "too late\n");
            live.judged(result(Case.BUILDS, Verdict.FAILED));
        }
        assertEquals(List.of(), happenings());
        assertTrue(rows().contains("            seen:     the other"), () -> "" + rows());
    }

    /** A prompt has no end. */
    @Test
    void aRowWithoutItsEndIsShownSoon() {
        try (LiveReport live = live()) {
            seat(live, Case.TWO_QUICK).see("bob", 0.01, Kind.SHOWN, "bob> ");
            Await.until(() -> happenings().equals(List.of("   0.01 bob     bob>")), () -> "not shown: " + rows());
        }
    }

    /** With a pager, or Ctrl-S on the terminal. */
    @Test
    void whoReadsSlowlyDoesNotStopTheTrial() {
        CountDownLatch isReadOn = new CountDownLatch(1);
        try (LiveReport live = new LiveReport(Set.of(Case.TWO_QUICK), row -> {
            Await.until(() -> isReadOn.getCount() == 0, () -> "the trial waits for its reader");
            show(row);
        }, OptionalInt::empty, false)) {
            Spectator.Seat seat = seat(live, Case.TWO_QUICK);
            seat.see("bob", 0.01, Kind.SHOWN, "hello\n");
            live.judged(result(Case.TWO_QUICK, Verdict.PASSED));
            isReadOn.countDown();
        }
        assertEquals(List.of("   0.01 bob     hello"), happenings());
    }

    @Test
    void whatPrintsForEverIsShownUpToABound() {
        try (LiveReport live = live()) {
            Spectator.Seat seat = seat(live, Case.TWO_QUICK);
            seat.see("bob", 0.01, Kind.SHOWN, "for ever\n".repeat(100_000));
            seat.see("bob", 0.02, Kind.HAPPENED, "killed");
        }
        assertEquals(402, happenings().size());
        assertEquals(List.of("   0.01 bob   * the rest is not shown: too many lines", "   0.02 bob   * killed"),
                happenings().subList(400, 402));
    }
}
