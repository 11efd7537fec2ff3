package demo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page about a run: one file, which needs no network and no program but a browser. */
final class Page {

    private static final String TITLE = "How one loop chats";
    private static final String TALK = "Who did what, and when";
    private static final String MESSAGE = "One message, closely";
    private static final String NUMBERS = "The numbers of this run";
    /** Each clause of the assignment that happens in the demo, and what it says. */
    private static final String[][] CLAUSES = {
        {"P1", "A TCP server listens on a well-known port, and accepts at most 5 connections."},
        {"P2", "It reads the data of an accepted connection, extracts the message, and shows it on the console."},
        {"P3", "A message is read from standard input (P3.1). A client socket to the friend is created if there is "
                + "none (P3.2). The message is sent over it (P3.3)."},
        {"P4", "A client socket without activity is closed after a timeout."},
        {"D3", "A message is typed as friend name/text."},
        {"D4", "The user can always type a new message, also while one arrives. A half-typed line stays whole."}};
    private static final String HINT = "Point at a part of a chart, or tap it. Tab goes to events and arrows.";

    /** Shows what a part of a chart says: for the mouse, the keyboard and a finger. */
    private static final String SCRIPT = """
            const bar = document.getElementById('says');
            const show = event => {
                const part = event.target.closest && event.target.closest('[data-says]');
                if (part && bar.textContent !== part.dataset.says) {
                    bar.textContent = part.dataset.says;
                }
            };
            ['pointerover', 'focusin', 'click'].forEach(kind => document.addEventListener(kind, show));
            """;

    private final Story story;
    private final Markup markup = new Markup();

    private Page(Story story) {
        this.story = story;
    }

    static String of(List<PeerTrace> traces) {
        Page page = new Page(Story.of(traces));
        page.write();
        return page.markup.toString();
    }

    private void write() {
        markup.add("<!DOCTYPE html>").add("<html lang=\"en\" data-messages=\"%d\">", story.messages().size());
        markup.add("<head><meta charset=\"utf-8\">");
        markup.add("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
        markup.add("<title>%s</title><style>", TITLE).addPlain(PageStyle.sheet()).add("</style></head><body>");
        markup.add("<main><h1>%s</h1>", TITLE);
        Optional<Choice> choice = Choice.of(story);
        links(choice.isPresent() ? List.of(TALK, MESSAGE, NUMBERS) : List.of(TALK, NUMBERS));
        int count = story.peers().size();
        paragraph(names() + " have chatted: " + count
                + " processes of peerchat on one machine. In each, one thread runs through one loop. In every "
                + "turn the loop asks each connection whether something has arrived, and the keyboard whether "
                + "something was typed. It looks for new connections now and then. Everything on this page is drawn "
                + "from the traces that the " + count + " programs wrote of themselves (--trace-file); their clock is "
                + "the same. " + HINT + " The lines of the trace appear at the bottom.");
        clauses();
        sequence();
        choice.ifPresent(this::zoom);
        heading(NUMBERS);
        markup.add("<div class=\"wide\">").addPlain(Numbers.table(story.peers())).add("</div>");
        paragraph(Numbers.sentence(story.peers()));
        markup.add("</main><div id=\"says\" aria-live=\"polite\">%s</div>", HINT);
        markup.add("<script>").addPlain(SCRIPT).add("</script></body></html>");
    }

    private void links(List<String> parts) {
        markup.add("<p>%s</p>", parts.stream().map(part -> "<a href=\"#" + anchor(part) + "\">" + part + "</a>")
                .collect(Collectors.joining(" · ")));
    }

    private void heading(String part) {
        markup.add("<h2 id=\"%s\">%s</h2>", anchor(part), part);
    }

    private static String anchor(String part) {
        return part.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    }

    private void clauses() {
        markup.add("<p>Events name their clauses of the assignment:</p><ul class=\"clauses\">");
        for (String[] clause : CLAUSES) {
            markup.add("<li><b>%s</b> %s</li>", clause[0], clause[1]);
        }
        markup.add("</ul>");
    }

    private void sequence() {
        heading(TALK);
        paragraph("Time goes downwards, but not evenly. Each event has a row of its own. Longer times have larger "
                + "gaps, but not in proportion. On the left are the seconds since the first event. A plus means: since "
                + "the row above.");
        markup.addPlain(Legend.ofSequence());
        markup.add("<figure class=\"sequence\">").addPlain(Sequence.of(story)).add("</figure>");
    }

    private void zoom(Choice choice) {
        heading(MESSAGE);
        paragraph(choice.words());
        paragraph("Each bar is the thread of a loop, divided into the steps of its turns. The strip above it "
                + "shows its pace. Time goes evenly to the right. Steps narrower than 0.3 pixels are merged with their "
                + "neighbours, but never across a wait. Nothing happens in an empty turn. "
                + "Where the trace only counts empty turns, the bar is plain.");
        paragraph("A look for a new or ended connection waits 1 ms, even while talking. The server gets a look every "
                + "50 ms. Each connection gets one at least every second. In silence, looks come half as often. "
                + "Before a message is written to a connection that was quiet, that connection gets a look, too.");
        markup.addPlain(Legend.ofZoom()).add("<figure class=\"zoom\">");
        panel(choice, choice.coarse(), "around it");
        panel(choice, choice.fine(), "around it: single turns");
        markup.add("</figure>");
    }

    private void panel(Choice choice, PeerTrace.Stretch window, String words) {
        markup.add("<div class=\"panel\"><h3>%s %s</h3>", Markup.time(window.length()), words);
        markup.addPlain(Zoom.of(story, choice, window)).add("</div>");
    }

    private String names() {
        List<String> names = story.peers().stream().map(PeerTrace::name).toList();
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private void paragraph(String words) {
        markup.add("<p>%s</p>", Markup.escape(words));
    }
}
