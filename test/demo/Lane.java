package demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongToDoubleFunction;

/**
 * A peer in the zoom: the bar is its one thread, divided into the steps of its turns, with the waits over them; the
 * strip above it is its pace. Steps that are too thin to be seen are drawn as one, but never across a wait.
 */
final class Lane {

    static final int BAR_TOP = 14;
    static final int BAR_HEIGHT = 40;
    static final int HEIGHT = BAR_TOP + BAR_HEIGHT;

    private static final int WAIT_TOP = 22;
    private static final int WAIT_HEIGHT = 14;
    private static final int GEAR_HEIGHT = 8;
    /** Pixels: thinner slices are merged with their neighbours, until they are as wide as a pixel together. */
    private static final double THIN = 0.3;
    private static final double WIDE_ENOUGH = 1;
    /** Pixels: room for a line between two turns, for words in a slice. */
    private static final double TURN = 3;
    private static final double WORDS = 190;

    private final Markup markup;
    private final PeerTrace peer;
    private final PeerTrace.Stretch window;
    private final LongToDoubleFunction x;
    private int top;

    /** @param x where a time is, in pixels; a time out of the window is at its edge */
    Lane(Markup markup, PeerTrace peer, PeerTrace.Stretch window, LongToDoubleFunction x) {
        this.markup = markup;
        this.peer = peer;
        this.window = window;
        this.x = x;
    }

    /** @param y of its upper edge */
    void draw(int y) {
        top = y;
        for (PeerTrace.Gear gear : peer.gears()) {
            rect("gear " + gear.name(), gear, 0, GEAR_HEIGHT, peer.name() + ": the pace is " + gear.name() + ", "
                    + Markup.time(gear.length()));
        }
        for (PeerTrace.Thinned thinned : peer.thinned()) {
            thinned(thinned);
        }
        List<PeerTrace.Turn> turns = peer.turnsWithin(window);
        turns.forEach(this::turn);
        steps(turns);
        for (PeerTrace.Turn turn : turns) {
            for (PeerTrace.Wait wait : turn.waits()) {
                if (width(wait) >= THIN && wait.touches(window)) {
                    wait(turn, wait);
                }
            }
        }
    }

    /** Over the lower half of its step. */
    private void wait(PeerTrace.Turn turn, PeerTrace.Wait wait) {
        rect("step wait", wait, BAR_TOP + WAIT_TOP, WAIT_HEIGHT, inTurn(turn) + "wait on " + wait.on() + " with a "
                + "timeout of " + wait.atMostMillis() + " ms, took " + Markup.time(wait.length()));
        markup.add("%s", hatching(left(wait), right(wait), top + BAR_TOP + WAIT_TOP + WAIT_HEIGHT / 2, WAIT_HEIGHT));
    }

    /** Stripes around this height. */
    static String hatching(double from, double to, int y, int height) {
        return String.format(Locale.ROOT, "<path class=\"hatching\" stroke-width=\"%d\" d=\"M%.1f %dH%.1f\"/>",
                height, from, y, to);
    }

    private void thinned(PeerTrace.Thinned thinned) {
        String says = Markup.counted(thinned.turns(), "empty turn");
        rect("step thinned", thinned, BAR_TOP, BAR_HEIGHT, peer.name() + ", " + says
                + " that the trace only counts, with " + Markup.counted(thinned.waits(), "wait")
                + ", " + Markup.time(thinned.length()));
        if (thinned.touches(window) && width(thinned) > WORDS) {
            markup.add("<text class=\"within\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>",
                    (left(thinned) + right(thinned)) / 2, top + BAR_TOP + 25, says);
        }
    }

    /** Below its steps: before the first one, the trace of the turn before is written, and the pace decided. */
    private void turn(PeerTrace.Turn turn) {
        if (width(turn) >= THIN) {
            rect("turn", turn, BAR_TOP, BAR_HEIGHT, inTurn(turn) + Markup.time(turn.length()) + " in all");
        }
        if (width(turn) >= TURN) {
            markup.add("<line class=\"tick\" x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\"/>", left(turn),
                    top + BAR_TOP - 3, top + HEIGHT + 5);
        }
    }

    private void steps(List<PeerTrace.Turn> turns) {
        List<PeerTrace.Step> thin = new ArrayList<>();
        long firstTurn = 0;
        long lastTurn = 0;
        for (PeerTrace.Turn turn : turns) {
            if (!turn.waits().isEmpty() || turn.number() > lastTurn + 1) { // between the last step and the next one
                merged(thin, firstTurn, lastTurn);
            }
            for (PeerTrace.Step step : turn.steps()) {
                if (!step.touches(window)) {
                    continue;
                }
                if (width(step) >= THIN) {
                    merged(thin, firstTurn, lastTurn);
                    rect("step " + step.name(), step, BAR_TOP, BAR_HEIGHT, inTurn(turn) + step.name() + ", "
                            + Markup.time(step.length()));
                } else {
                    firstTurn = thin.isEmpty() ? turn.number() : firstTurn;
                    lastTurn = turn.number();
                    thin.add(step);
                    if (x.applyAsDouble(step.to()) - left(thin.get(0)) >= WIDE_ENOUGH) {
                        merged(thin, firstTurn, lastTurn);
                    }
                }
            }
        }
        merged(thin, firstTurn, lastTurn);
    }

    private void merged(List<PeerTrace.Step> thin, long firstTurn, long lastTurn) {
        if (!thin.isEmpty()) {
            PeerTrace.Step all = new PeerTrace.Step("merged", thin.get(0).from(), thin.get(thin.size() - 1).to());
            String words = thin.size() == 1 ? thin.get(0).name() : thin.size() + " short steps, drawn as one";
            rect("step merged", all, BAR_TOP, BAR_HEIGHT, peer.name() + ", turn"
                    + (firstTurn == lastTurn ? " " + firstTurn : "s " + firstTurn + " to " + lastTurn) + ": "
                    + words + ", " + Markup.time(all.length()));
            thin.clear();
        }
    }

    private void rect(String classes, PeerTrace.Part part, int y, int height, String says) {
        if (part.touches(window)) {
            markup.add("<rect class=\"%s\" x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\" data-says=\"%s\"/>",
                    classes, left(part), top + y, width(part), height, Markup.escape(says));
        }
    }

    private String inTurn(PeerTrace.Turn turn) {
        return peer.name() + ", turn " + turn.number() + ": ";
    }

    private double left(PeerTrace.Part part) {
        return x.applyAsDouble(part.from());
    }

    private double right(PeerTrace.Part part) {
        return x.applyAsDouble(part.to());
    }

    private double width(PeerTrace.Part part) {
        return right(part) - left(part);
    }
}
