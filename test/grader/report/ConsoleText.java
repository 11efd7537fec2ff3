package grader.report;

import grader.verdict.Result;
import grader.verdict.Transcript.Kind;
import grader.verdict.Transcript.Line;
import grader.verdict.Transcript;
import java.util.Locale;
import java.util.stream.Collectors;

/** Consoles in plain text. */
final class ConsoleText {

    private ConsoleText() {
    }

    /** All consoles of a case, one under another; empty if there are none. */
    static String of(Result result) {
        return result.consoles().stream().map(console -> title(console) + "\n"
                + console.lines().stream().map(line -> row(line) + "\n").collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    static String title(Transcript console) {
        return "console of " + PlainText.row(console.name()) + ": " + PlainText.row(console.command());
    }

    /** Second, sign, text. */
    static String row(Line line) {
        return String.format(Locale.ROOT, "%8.2f %s %s", line.seconds(), sign(line.kind()), PlainText.row(line.text()))
                .stripTrailing();
    }

    static String sign(Kind kind) {
        return switch (kind) {
            case TYPED -> ">";
            case SHOWN -> " ";
            case HAPPENED -> "*";
        };
    }
}
