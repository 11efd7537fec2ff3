package grader.tests;

import grader.verdict.Case;
import grader.verdict.Report;
import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import grader.verdict.Transcript.Kind;
import grader.verdict.Transcript.Line;
import grader.verdict.Transcript;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** For the tests of the reports: submissions that never were, one of which has much ill will. */
final class MadeUpReports {

    static final String SCRIPT =
            "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";
    static final String ENDS = "]]> --> </td></table></style> &amp; %s %d \"double\" 'single'";
    static final String EMOJI = "\ud83d\ude80 \ud83d\udc69\u200d\ud83d\udcbb caf\u00e9 \u65e5\u672c";
    static final String RIGHT_TO_LEFT = "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627";
    static final String CONTROLS = "a\u001b[31mb\u0000c\u0007d\u009be\u202ef\ud800g\uffffh\u2028i\rj";
    static final String CONTROLS_VISIBLE = "a\\x1b[31mb\\x00c\\x07d\\x9be\\u202ef\\ud800g\\uffffh\\u2028i\\x0dj";
    static final String LONG = "x".repeat(4_000);

    static final String HOSTILE_NAME = "=cmd|'/c calc',\"<b>\u001b[2J\n" + RIGHT_TO_LEFT;

    private static final Instant WHEN = Instant.parse("2026-03-05T10:20:30.456Z");

    private MadeUpReports() {
    }

    /** Of all cases but these. */
    static int pointsWithout(Case... without) {
        return Arrays.stream(Case.values()).filter(one -> !List.of(without).contains(one)).mapToInt(Case::points).sum();
    }

    /** What {@link #mixed()} gets, and the most that it could have had. */
    static String scoreOfMixed() {
        return pointsWithout(Case.SHOWN_WHILE_TYPING, Case.REUSES, Case.CLOSES_IDLE, Case.IDLE_CPU, Case.INTERRUPT)
                + " of "
                + pointsWithout(Case.IDLE_CPU);
    }

    /** Everything passed. */
    static Report good() {
        return report("alice", "java -jar chat.jar {port}", Map.of());
    }

    /**
     * All but five passed: three failed, one was not graded because of that, and one for no fault of the submission.
     */
    static Report mixed() {
        return report("bob", "./peer {port} {table}", results(
                failed(Case.SHOWN_WHILE_TYPING, "the console of bob shows \"are you there?\" within 2 s, while "
                        + "\"alice/I am w\" is typed and Enter is not",
                        "it was shown after 6.1 s, when Enter had been typed:\n"
                        + "    alice/I am writing\n    carol: are you there?", twoConsoles()),
                failed(Case.REUSES, "one connection from alice to bob for both messages",
                        "two: the first was closed 0.1 s after the first message", twoConsoles()),
                notGraded(Case.CLOSES_IDLE, Case.CLOSES_IDLE.points(), "P3.2.2 failed: where every message has a "
                        + "connection of its own there is none that could be idle"),
                notGraded(Case.IDLE_CPU, 0, "the machine was too busy: its load was 17.2"),
                failed(Case.INTERRUPT, "no process of the submission 2 s after Ctrl-C",
                "process 4711 was still running",
                        List.of(manyLines()))));
    }

    /** As {@link #mixed()}, with everything in it that could break a report. */
    static Report hostile() {
        String all = String.join("\n", SCRIPT, ENDS, EMOJI, RIGHT_TO_LEFT, CONTROLS, LONG);
        List<Line> lines = new ArrayList<>();
        for (String text : all.split("\n")) {
            lines.add(new Line(0.25, Kind.SHOWN, text));
        }
        lines.add(new Line(1.5, Kind.TYPED, "alice/" + SCRIPT));
        lines.add(new Line(12.345, Kind.HAPPENED, LONG));
        List<Transcript> consoles = List.of(new Transcript(SCRIPT, LONG, lines),
                new Transcript(RIGHT_TO_LEFT, ENDS, lines));
        return report(HOSTILE_NAME, "sh -c " + SCRIPT + LONG, results(
                failed(Case.UTF_8, all, all, consoles),
                failed(Case.GARBAGE, LONG, CONTROLS, consoles),
                notGraded(Case.HALF_A_LINE, 0, all)));
    }

    /** It did not compile, and all its points are lost. */
    static Report unbuilt() {
        return report("carol", "./peer {port}", results(Arrays.stream(Case.values()).map(one -> one == Case.BUILDS
                ? failed(one, "make ends with 0", "it ended with 2:\npeer.cpp:12: expected ';'", List.of())
                : notGraded(one, one.points(), "U3.1 failed")).toArray(Result[]::new)));
    }

    /**
     * Two failed without each other's fault, and a third that needs the first of them. The results are in the opposite
     * of the order in which cases build on each other.
     */
    static Report withoutTable() {
        List<Case> failed = List.of(Case.READS_TABLE, Case.SHOWS_MESSAGE, Case.PORT_AGAIN);
        List<Case> passed = List.of(Case.BUILDS, Case.LISTENS, Case.INTERRUPT);
        List<Result> results = new ArrayList<>(Arrays.stream(Case.values()).map(one -> failed.contains(one)
                ? failed(one, "it works", "it does not", List.of())
                : passed.contains(one) ? passed(one) : notGraded(one, one.points(), "it needs U1.1")).toList());
        Collections.reverse(results);
        return new Report("erin", "./peer {port}", "", "", WHEN, Duration.ofMillis(12), results);
    }

    /** One case failed, and others that need it could not have been graded anyway. */
    static Report withoutTimeout() {
        return report("gina", "./peer {port}", results(failed(Case.REUSES, "it works", "it does not", List.of()),
                notGraded(Case.CLOSES_IDLE, 0, "TIMEOUT was not given"),
                notGraded(Case.NOT_BEFORE, 0, "TIMEOUT was not given"),
                notGraded(Case.RECONNECTS, 0, "TIMEOUT was not given")));
    }

    /** Everything passed but these cases, which were not graded for no fault of the submission. */
    static Report uncounted(Case... uncounted) {
        return report("frank", "./peer {port}", results(Arrays.stream(uncounted)
                .map(one -> notGraded(one, 0, "it cannot be told")).toArray(Result[]::new)));
    }

    static Report named(String name) {
        return report(name, "./peer {port}", Map.of());
    }

    static Report withoutResults() {
        return new Report("dave", "./peer {port}", "", "", WHEN, Duration.ofMillis(12), List.of());
    }

    private static Report report(String name, String command, Map<Case, Result> others) {
        return new Report(name, command, "make -C {folder}", "each user had a machine", WHEN,
                Duration.ofMillis(252_600),
                Arrays.stream(Case.values()).map(one -> others.getOrDefault(one, passed(one))).toList());
    }

    private static Map<Case, Result> results(Result... results) {
        return Arrays.stream(results).collect(Collectors.toMap(Result::what, Function.identity(), (one, other) -> one,
                () -> new EnumMap<>(Case.class)));
    }

    private static Result passed(Case what) {
        return new Result(what, Verdict.PASSED, what.points(), what.points(), what.points(), "", "", "",
                what == Case.BUILDS ? List.of() : twoConsoles(), Duration.ofMillis(1_234));
    }

    private static Result failed(Case what, String expected, String seen, List<Transcript> consoles) {
        return new Result(what, Verdict.FAILED, 0, what.points(), what.points(), expected, seen, "", consoles,
                Duration.ofMillis(8_050));
    }

    private static Result notGraded(Case what, int most, String why) {
        return new Result(what, Verdict.NOT_GRADED, 0, most, what.points(), "", "", why, List.of(),
                Duration.ZERO);
    }

    private static List<Transcript> twoConsoles() {
        return List.of(
                new Transcript("alice", "./peer 5000", List.of(new Line(0.04, Kind.SHOWN, "listening on 5000"),
                        new Line(0.31, Kind.TYPED, "bob/hello"), new Line(0.35, Kind.SHOWN, "connected to bob"),
                        new Line(2.5, Kind.TYPED, "bob/again"))),
                new Transcript("bob", "./peer 5001", List.of(new Line(0.06, Kind.SHOWN, "listening on 5001"),
                        new Line(0.36, Kind.SHOWN, "alice: hello"), new Line(2.55, Kind.SHOWN, "alice: again"),
                        new Line(4, Kind.HAPPENED, "ended with 1"))));
    }

    private static Transcript manyLines() {
        return new Transcript("erin", "./peer 5004", IntStream.rangeClosed(1, 40)
                .mapToObj(i -> new Line(i / 10.0, Kind.SHOWN, "line number " + i + ".")).toList());
    }
}
