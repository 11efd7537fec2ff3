package demo;

import java.util.List;

/** The page about a run: one file, which needs no network and no program but a browser. */
final class Page {

    private static final String TITLE = "How one loop chats";
    private static final String HINT = "Point at a part of a chart, tap it, or go to it with Tab.";

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
        int count = story.peers().size();
        paragraph(names() + " have chatted: " + count
                + " processes of peerchat on one machine, each a single thread that runs through one loop. In every "
                + "turn the loop asks all its sources, one after the other: is there a new connection, has something "
                + "arrived, was something typed? Everything on this page is drawn from the traces that the " + count
                + " programs wrote of themselves (--trace-file); their clock is the same. P1 to P4, D3 "
                + "and D4 are the clauses of the assignment. " + HINT
                + " The lines of the trace appear at the bottom.");
        sequence();
        Choice.of(story).ifPresent(this::zoom);
        markup.add("<h2>The numbers of this run</h2>");
        markup.add("<div class=\"wide\">").addPlain(Numbers.table(story.peers())).add("</div>");
        paragraph(Numbers.sentence(story.peers()));
        markup.add("</main><div id=\"says\" aria-live=\"polite\">%s</div>", HINT);
        markup.add("<script>").addPlain(SCRIPT).add("</script></body></html>");
    }

    private void sequence() {
        markup.add("<h2>Who did what, and when</h2>");
        paragraph("Time goes downwards, but not evenly: everything has a row of its own, and a longer time is a "
                + "larger gap only by its logarithm. On the left are the seconds since the first event, or, with a "
                + "plus, how soon after the row above it happened.");
        markup.addPlain(Legend.ofSequence());
        markup.add("<figure class=\"sequence\">").addPlain(Sequence.of(story)).add("</figure>");
    }

    private void zoom(Choice choice) {
        markup.add("<h2>One message, closely</h2>");
        paragraph(choice.words());
        paragraph("Each bar is the one thread of a peer, divided into the steps of its turns; the strip above it is "
                + "the gear of its pace. Time goes evenly to the right. Steps narrower than 0.3 pixels are merged with "
                + "their neighbours. Where a trace only counts its empty turns, the bar is plain.");
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
