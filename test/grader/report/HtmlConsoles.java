package grader.report;

import grader.verdict.Result.Verdict;
import grader.verdict.Result;
import grader.verdict.Transcript.Kind;
import grader.verdict.Transcript.Line;
import grader.verdict.Transcript;
import java.util.stream.Collectors;

/** The consoles of a case, to be unfolded: each is a table of its lines. */
final class HtmlConsoles {

    private HtmlConsoles() {
    }

    /** Unfolded where the case has failed; no markup where it has no consoles. */
    static Html of(Result result) {
        Html html = new Html();
        if (!result.consoles().isEmpty()) {
            String names = result.consoles().stream().map(Transcript::name).collect(Collectors.joining(", "));
            html.add("<details%s><summary>What the consoles showed: <bdi>%s</bdi></summary>",
                    Html.trusted(result.is(Verdict.FAILED) ? " open" : ""), PlainText.row(names));
            html.add("<div class=\"consoles\">");
            result.consoles().forEach(console -> add(html, console));
            html.add("</div></details>");
        }
        return html;
    }

    private static void add(Html html, Transcript console) {
        html.add("<table class=\"console\"><caption><strong><bdi>%s</bdi></strong> "
                + "<code><bdi>%s</bdi></code></caption>",
                PlainText.row(console.name()), PlainText.row(console.command()));
        html.add("<thead><tr><th scope=\"col\">second</th><th scope=\"col\">kind</th><th scope=\"col\">line</th></tr>");
        html.add("</thead><tbody>");
        console.lines().forEach(line -> add(html, line));
        html.add("</tbody></table>");
    }

    private static void add(Html html, Line line) {
        html.add("<tr class=\"%s\"><td>%.2f</td><td>%s</td><td><bdi>%s</bdi></td></tr>",
                word(line.kind()), line.seconds(), word(line.kind()), PlainText.row(line.text()));
    }

    /** What became of a line; also its class, by which it is set off. */
    private static String word(Kind kind) {
        return switch (kind) {
            case TYPED -> "typed";
            case SHOWN -> "shown";
            case HAPPENED -> "event";
        };
    }
}
