package demo;

/** What the colours and the lines of the charts mean. */
final class Legend {

    private static final String[] STEPS = {"accept", "read", "keyboard", "send", "close", "show"};
    private static final String[] GEARS = {"talking: almost no waits", "typing: the shortest waits",
        "pausing: short waits", "silent: long waits"};

    private Legend() {
    }

    static String ofSequence() {
        Markup markup = new Markup().add("<ul class=\"legend\">");
        for (Arrow.Kind kind : Arrow.Kind.values()) {
            markup.add("<li><svg class=\"%1$s\" width=\"64\" height=\"16\" viewBox=\"0 0 64 16\" aria-hidden=\"true\">"
                    + "<path class=\"line\" d=\"M2 8H60\"/>%2$s</svg>%3$s</li>", kind.title(),
                    Tip.of(kind, 2, 8, 60, 8), switch (kind) {
                        case MESSAGE -> "a message, from sending it to finding it";
                        case CONNECT -> "a connection, from the first try until it is accepted";
                        case CLOSE -> "a close, from one end to the other";
                    });
        }
        markup.add("<li><svg class=\"local\" width=\"16\" height=\"16\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">");
        markup.add("<circle class=\"dot\" cx=\"8\" cy=\"8\" r=\"5\"/></svg>an event in one program</li>");
        return markup.add("</ul>").toString();
    }

    static String ofZoom() {
        Markup markup = new Markup().add("<ul class=\"legend\">");
        for (String step : STEPS) {
            swatch(markup, step, 18, step);
        }
        swatch(markup, "wait", 18, "a wait on one source");
        swatch(markup, "turn", 18, "the start of a turn: the trace is written, the pace decided");
        swatch(markup, "merged", 18, "several thin steps, with no wait between them");
        swatch(markup, "thinned", 18, "empty turns that the trace only counts");
        for (String gear : GEARS) {
            swatch(markup, gear.substring(0, gear.indexOf(':')), 8, gear);
        }
        return markup.add("</ul>").toString();
    }

    private static void swatch(Markup markup, String classes, int height, String words) {
        markup.add("<li><svg width=\"26\" height=\"18\" viewBox=\"0 0 26 18\" aria-hidden=\"true\"><rect class=\"%s\" "
                + "y=\"%d\" width=\"26\" height=\"%d\"/>%s</svg>%s</li>", classes, (18 - height) / 2, height,
                classes.equals("wait") ? Lane.hatching(0, 26, 9, height) : "", words);
    }
}
