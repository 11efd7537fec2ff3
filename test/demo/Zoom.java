package demo;

import java.util.List;

/** A stretch of time around one message, linearly to the right: a lane for each peer, and the message between two. */
final class Zoom {

    static final int LEFT = 90;
    static final int RIGHT = 1205;
    private static final int FIRST_LANE = 34;
    private static final int LANE_DISTANCE = 100;
    private static final int SCALE_HEIGHT = 44;
    private static final int MOST_TICKS = 10;
    /** Half of the width of a text in the middle, in pixels, so that it stays in the picture. */
    private static final int HALF_TEXT = 170;

    private final PeerTrace.Stretch window;
    private final Choice choice;
    private final List<PeerTrace> peers;
    private final Story story;
    private final Markup markup = new Markup();

    private Zoom(Story story, Choice choice, PeerTrace.Stretch window) {
        this.story = story;
        this.choice = choice;
        this.peers = choice.lanes(story);
        this.window = window;
    }

    static String of(Story story, Choice choice, PeerTrace.Stretch window) {
        Zoom zoom = new Zoom(story, choice, window);
        zoom.draw();
        return zoom.markup.toString();
    }

    private void draw() {
        int bottom = FIRST_LANE + peers.size() * LANE_DISTANCE;
        markup.add("<svg viewBox=\"0 0 %d %d\">", Sequence.WIDTH, bottom + SCALE_HEIGHT);
        scale(bottom);
        for (int i = 0; i < peers.size(); i++) {
            markup.add("<text class=\"name\" x=\"4\" y=\"%d\">%s</text>", y(i) + Lane.BAR_TOP + 24,
                    Markup.escape(peers.get(i).name()));
            new Lane(markup, peers.get(i), window, this::x).draw(y(i));
        }
        mark(choice.sender(), choice.message().from(), y(0), "sent", y(0) - 10);
        mark(choice.receiver(), choice.message().to(), y(1), "found", y(1) + Lane.HEIGHT + 20);
        arrow();
        markup.add("</svg>");
    }

    private void scale(int bottom) {
        long step = roundStep();
        long zero = choice.message().from().time();
        long first = Math.floorDiv(window.from() - zero, step) * step + step;
        for (long tick = first; tick <= window.to() - zero; tick += step) {
            double x = x(zero + tick);
            markup.add("<line class=\"grid\" x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\"/>", x,
                    FIRST_LANE - 4, bottom);
            markup.add("<text class=\"time\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>", x, bottom + 20,
                    tick == 0 ? "0" : (tick < 0 ? "−" : "") + inUnitOf(step, Math.abs(tick)));
        }
        markup.add("<text class=\"time\" text-anchor=\"end\" x=\"%d\" y=\"%d\">since the sending began</text>",
                RIGHT, bottom + 40);
    }

    /** All ticks have the same unit. */
    private static String inUnitOf(long step, long nanos) {
        return step < 1_000 ? nanos + " ns" : step < 1_000_000 ? Markup.number(nanos / 1_000) + " µs"
                : Markup.number(nanos / 1_000_000) + " ms";
    }

    /** One, two or five times a power of ten nanoseconds. */
    private long roundStep() {
        for (long power = 1; ; power *= 10) {
            for (long step : new long[] {power, 2 * power, 5 * power}) {
                if (window.length() / step <= MOST_TICKS) {
                    return step;
                }
            }
        }
    }

    /** A frame around the turn in which it happened, and its number; at the edge if that was before all this. */
    private void mark(PeerTrace peer, Happening happening, int top, String what, int textY) {
        long early = window.from() - happening.time();
        String when = early > 0 ? " " + Markup.time(early) + " before this picture" : "";
        peer.turnAt(happening.time()).ifPresent(turn -> {
            double from = x(turn.from());
            double to = x(turn.to());
            if (turn.touches(window)) {
                markup.add("<rect class=\"mark\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", from - 1.5,
                        top + Lane.BAR_TOP - 3, to - from + 3, Lane.BAR_HEIGHT + 6);
            }
            markup.add("<text class=\"label\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s%s, in turn %s</text>",
                    Math.max(LEFT + HALF_TEXT, Math.min(RIGHT - HALF_TEXT, x(happening.time()))), textY, what, when,
                    Markup.number(turn.number()));
        });
    }

    private void arrow() {
        Arrow message = choice.message();
        double x1 = x(message.from().time());
        double x2 = x(message.to().time());
        int y1 = y(0) + Lane.HEIGHT;
        int y2 = y(1) + Lane.BAR_TOP - 1;
        String says = Markup.escape(message.from().line(story.zero()) + "\n" + message.to().line(story.zero()));
        markup.add("<g class=\"flight\" tabindex=\"0\" role=\"img\" data-says=\"%s\" aria-label=\"%s\">", says, says);
        for (String part : new String[] {"reach", "line"}) {
            markup.add("<path class=\"%s\" d=\"M%.1f %dL%.1f %d\"/>", part, x1, y1, x2, y2);
        }
        markup.add("%s</g>", Tip.of(message.kind(), x1, y1, x2, y2));
    }

    private static int y(int lane) {
        return FIRST_LANE + lane * LANE_DISTANCE;
    }

    private double x(long time) {
        long within = Math.max(window.from(), Math.min(window.to(), time));
        return LEFT + (RIGHT - LEFT) * (double) (within - window.from()) / window.length();
    }
}
