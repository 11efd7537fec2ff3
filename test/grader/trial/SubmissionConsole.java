package grader.trial;

import grader.report.PlainText;
import grader.verdict.Transcript.Kind;
import grader.verdict.Transcript.Line;
import grader.verdict.Transcript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What one terminal has shown, and what was typed at it. Colours and cursor movements are left out, for nothing is
 * judged by them. Shared by the thread that reads the terminal and the one that judges.
 */
public final class SubmissionConsole {

    /** Characters; a program that shows more than this in one trial is not listened to any longer. */
    public static final int MOST_SHOWN = 1 << 20;
    private static final int LONGEST_LINE = 400;
    private static final int MOST_LINES = 400;

    /** Escape sequences: with parameters (CSI), with a text (OSC), and the short ones. */
    private static final Pattern ESCAPES = Pattern.compile(
            "\u001b\\[[0-?]*[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*(\u0007|\u001b\\\\)|\u001b[()][0-9A-Z]"
                    + "|\u001b[=>78cDEHM]|\r");

    /** A row of a Java stack trace: what happened stands above it. */
    private static final Pattern FRAME = Pattern.compile("\\s+(at .*\\)|\\.\\.\\. [0-9]+ more)");

    /** Longer than the words of programs: long messages of the grader have no blanks. */
    private static final Pattern LONG_WORD = Pattern.compile("\\S{101,}");
    /** Characters of a long text that are told of its beginning, of its end, and from where it breaks off. */
    private static final int EXCERPT = 20;

    private record Piece(double seconds, Kind kind, String text) {
    }

    /** Is told at once what is kept here. */
    public interface Watcher {
        void see(double seconds, Kind kind, String text);
    }

    private final long start;
    private final Watcher watcher;
    private final StringBuilder raw = new StringBuilder();
    private final List<Piece> pieces = new ArrayList<>();

    /** @param start nanoTime of the beginning of the trial */
    public SubmissionConsole(long start, Watcher watcher) {
        this.start = start;
        this.watcher = watcher;
    }

    public synchronized void show(String text) {
        raw.append(text);
        keep(Kind.SHOWN, text, System.nanoTime());
        notifyAll();
    }

    public synchronized void typed(String text) {
        keep(Kind.TYPED, text, System.nanoTime());
    }

    public void happened(String text) {
        happened(text, System.nanoTime());
    }

    /** @param when nanoTime */
    public synchronized void happened(String text, long when) {
        keep(Kind.HAPPENED, text, when);
        notifyAll();
    }

    /** Since the trial began. @param when nanoTime */
    public double secondsAt(long when) {
        return (when - start) / 1e9;
    }

    private void keep(Kind kind, String text, long when) {
        pieces.add(new Piece(secondsAt(when), kind, text));
        watcher.see(secondsAt(when), kind, ESCAPES.matcher(text).replaceAll(""));
    }

    public synchronized boolean hasShownTooMuch() {
        return raw.length() > MOST_SHOWN;
    }

    /** Everything shown so far. */
    public synchronized String text() {
        return ESCAPES.matcher(raw).replaceAll("");
    }

    /** What was shown since the text was this long. */
    public String since(int length) {
        String text = text();
        return text.substring(Math.min(length, text.length()));
    }

    /**
     * Waits until what is shown is as wanted. @throws OutOfTime if there is no time left. @return whether it became so
     * in time
     */
    public synchronized boolean await(Predicate<String> wanted, Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!wanted.test(text())) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                wait(Math.max(1, Math.min(left / 1_000_000, 50)));
            } catch (InterruptedException e) {
                throw new OutOfTime();
            }
        }
        return true;
    }

    /** The row on which the cursor stands: a prompt, if the program shows one. */
    public String prompt() {
        String text = text();
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    /**
     * What was shown, without the prompt, and with one number for all, such as the time: also if the prompt tells the
     * time.
     */
    public static String general(String shown, String prompt) {
        String general = withoutNumbers(shown);
        String other = withoutNumbers(prompt);
        return other.isBlank() ? general : general.replace(other, "").replace(other.strip(), "");
    }

    private static String withoutNumbers(String text) {
        return text.replaceAll("[0-9]+", "0");
    }

    /** How often this has been shown. */
    public static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    /** The last lines, for a sentence in a report. */
    public String end() {
        List<String> lines = text().strip().lines().filter(row -> !FRAME.matcher(row).matches()).toList();
        String end = String.join("\n", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        return end.isEmpty() ? "nothing" : excerpt(end);
    }

    /** How much of a text is shown, for a sentence in a report; empty if that is so little that it may be chance. */
    public String beginning(String text) {
        String shown = text();
        int there = 0; // most often nothing is there
        while (there < text.length() && shown.contains(text.substring(0, there + 1))) {
            there++;
        }
        if (there > 0 && there < text.length() && Character.isLowSurrogate(text.charAt(there))) {
            there--;
        }
        String part = text.substring(0, there);
        int length = PlainText.length(part);
        if (length < EXCERPT) {
            return "";
        }
        String then = shown.substring(shown.indexOf(part) + there).lines().findFirst().orElse("");
        return "the first " + bytes(part) + " of its " + bytes(text) + " bytes, up to \""
                + visible(part.substring(part.offsetByCodePoints(there, -EXCERPT))) + "\"; then "
                + (then.isEmpty() ? "nothing" : "\"" + visible(then.substring(0, then.offsetByCodePoints(0,
                Math.min(EXCERPT, PlainText.length(then))))) + "\"");
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    public synchronized Transcript transcript(String name, String command) {
        List<Line> lines = new ArrayList<>();
        StringBuilder row = new StringBuilder();
        double last = 0; // of its text: a prompt may have stood there for long
        for (Piece piece : pieces) {
            if (piece.kind() != Kind.SHOWN) {
                add(lines, row, last);
                for (String line : piece.text().split("(?<=\n)")) {
                    lines.add(new Line(piece.seconds(), piece.kind(), visible(line.replace("\n", ""))));
                }
                continue;
            }
            for (String part : ESCAPES.matcher(piece.text()).replaceAll("").split("(?<=\n)")) {
                last = row.isEmpty() || !part.isBlank() ? piece.seconds() : last;
                row.append(part);
                if (part.endsWith("\n")) {
                    row.setLength(row.length() - 1);
                    lines.add(new Line(last, Kind.SHOWN, visible(row.toString())));
                    row.setLength(0);
                }
            }
        }
        add(lines, row, last);
        return new Transcript(name, command, shorten(withFirstFrames(lines)));
    }

    /** Where it happened is enough of a stack trace. */
    private static List<Line> withFirstFrames(List<Line> lines) {
        return IntStream.range(0, lines.size()).filter(i -> i == 0 || !isFrame(lines.get(i))
                || !isFrame(lines.get(i - 1))).mapToObj(lines::get).toList();
    }

    private static boolean isFrame(Line line) {
        return line.kind() == Kind.SHOWN && FRAME.matcher(line.text()).matches();
    }

    private static void add(List<Line> lines, StringBuilder row, double last) {
        if (!row.isEmpty()) {
            lines.add(new Line(last, Kind.SHOWN, visible(row.toString())));
            row.setLength(0);
        }
    }

    private static List<Line> shorten(List<Line> lines) {
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        int half = MOST_LINES / 2;
        List<Line> shorter = new ArrayList<>(lines.subList(0, half));
        shorter.add(new Line(lines.get(half).seconds(), Kind.HAPPENED,
                "(lines left out here: " + (lines.size() - 2 * half) + ")"));
        shorter.addAll(lines.subList(lines.size() - half, lines.size()));
        return shorter;
    }

    /** For a sentence in a report: of a text without blanks, if it is long, the beginning, the length and the end. */
    public static String excerpt(String text) {
        return visible(LONG_WORD.matcher(text).replaceAll(word -> {
            String all = word.group();
            return Matcher.quoteReplacement(all.substring(0, all.offsetByCodePoints(0, EXCERPT)) + " … ("
                    + bytes(all) + " bytes in all) … "
                    + all.substring(all.offsetByCodePoints(all.length(), -EXCERPT)));
        }));
    }

    /** Controls are shown, never obeyed; a very long line is shortened in the middle. */
    public static String visible(String line) {
        int tooMany = PlainText.length(line) - LONGEST_LINE;
        return PlainText.visible(tooMany <= 0 ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST_LINE / 2))
                + " … (" + tooMany + " left out) … " + line.substring(line.offsetByCodePoints(line.length(),
                -LONGEST_LINE / 2)));
    }
}
