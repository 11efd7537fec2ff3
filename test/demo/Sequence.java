package demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sequence chart: a lifeline for each peer, time downwards, arrows between them, and beside them what is local. */
final class Sequence {

    static final int WIDTH = 1240;

    private static final int FIRST = 140;
    private static final int LAST = 1200;
    private static final int TIME_END = 104;
    private static final int HEAD_HEIGHT = 34;
    /** Characters of a label: what fits between two lifelines. */
    private static final int LABEL = 60;
    /** Nanoseconds: what follows sooner is shown by its distance to the row before. */
    private static final long SOON = 1_000_000;

    private final Story story;
    private final Map<Happening, Axis.Room> rooms = new HashMap<>();
    private final Axis axis;
    private final Markup markup = new Markup();

    private Sequence(Story story) {
        this.story = story;
        story.locals().forEach(local -> rooms.put(local, Axis.Room.LOCAL));
        story.peers().stream().flatMap(peer -> Stream.of(first(peer), last(peer)))
                .forEach(end -> rooms.put(end, Axis.Room.LOCAL));
        story.arrows().forEach(arrow -> {
            rooms.put(arrow.from(), Axis.Room.ARROW);
            rooms.put(arrow.to(), Axis.Room.END);
        });
        List<Axis.Mark> marks = new ArrayList<>();
        rooms.forEach((happening, room) -> marks.add(new Axis.Mark(happening, room)));
        axis = Axis.of(marks, story.arrows(), story.zero());
    }

    static String of(Story story) {
        Sequence sequence = new Sequence(story);
        sequence.draw();
        return sequence.markup.toString();
    }

    private static Happening first(PeerTrace peer) {
        return peer.happenings().get(0);
    }

    private static Happening last(PeerTrace peer) {
        return peer.happenings().get(peer.happenings().size() - 1);
    }

    private void draw() {
        open("head band", HEAD_HEIGHT);
        for (PeerTrace peer : story.peers()) {
            markup.add("<text class=\"name\" text-anchor=\"middle\" x=\"%.0f\" y=\"22\">%s</text>", x(peer.name()),
                    Markup.escape(peer.name()));
        }
        markup.add("</svg></div>");
        for (int band = 0; band < axis.bands().size(); band++) {
            open("band", axis.height(band));
            for (PeerTrace peer : story.peers()) {
                lifeline(peer, band);
            }
            axis.bands().get(band).forEach(this::time);
            for (Arrow arrow : story.arrows()) {
                if (axis.row(arrow.from()).band() == band) {
                    arrow(arrow);
                }
            }
            for (Axis.Row row : axis.bands().get(band)) {
                if (rooms.get(row.happening()) == Axis.Room.LOCAL) {
                    local(row);
                }
            }
            markup.add("</svg></div>");
        }
    }

    private void open(String classes, int height) {
        markup.add("<div class=\"%s\"><svg viewBox=\"0 0 %d %d\">", classes, WIDTH, height);
    }

    /** From when it listens until it has left. */
    private void lifeline(PeerTrace peer, int band) {
        Axis.Row begin = axis.row(first(peer));
        Axis.Row end = axis.row(last(peer));
        if (begin.band() <= band && band <= end.band()) {
            markup.add("<line class=\"life\" x1=\"%1$.0f\" y1=\"%2$.1f\" x2=\"%1$.0f\" y2=\"%3$.1f\"/>", x(peer.name()),
                    begin.band() == band ? begin.y() : -1, end.band() == band ? end.y() : axis.height(band) + 1);
        }
    }

    private void time(Axis.Row row) {
        boolean isSoon = row.gap() < SOON && row.happening().time() > story.zero();
        String words = isSoon ? "+" + Markup.time(row.gap())
                : String.format(Locale.ROOT, "%.3f s", (row.happening().time() - story.zero()) / 1e9);
        markup.add("<text class=\"%s\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%s</text>",
                isSoon ? "time soon" : "time", TIME_END, row.y() + 5, words);
        if (row.gap() > Axis.SILENCE) {
            double y = Axis.silenceY(row, rooms.get(row.happening()));
            markup.add("<rect class=\"silence\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"22\"/>", FIRST - 14, y - 11,
                    LAST - FIRST + 28);
            markup.add("<text class=\"silence\" text-anchor=\"middle\" x=\"%d\" y=\"%.1f\">%.1f s without an event"
                    + "</text>", FIRST + (LAST - FIRST) / 4, y + 5, row.gap() / 1e9);
        }
    }

    private void arrow(Arrow arrow) {
        double x1 = x(arrow.from().peer());
        double x2 = x(arrow.to().peer());
        double y1 = axis.row(arrow.from()).y();
        double y2 = axis.row(arrow.to()).y();
        int way = x1 < x2 ? 1 : -1;
        String says = arrow.lines().stream().map(line -> line.line(story.zero())).collect(Collectors.joining("\n"));
        event("arrow " + arrow.kind().title(), says);
        markup.add("<path class=\"reach\" d=\"M%.0f %.1fL%.0f %.1f\"/>", x1, y1, x2, y2);
        markup.add("<path class=\"line\" d=\"M%.0f %.1fL%.0f %.1f\"/>", x1, y1, x2 - way, y2);
        markup.add("%s", Tip.of(arrow.kind(), x1, y1, x2 - way, y2));
        label(x1 + way * 12, y1 - 7, way < 0, arrow.clauses(), arrow.label());
        markup.add("</g>");
    }

    private void local(Axis.Row row) {
        Happening one = row.happening();
        boolean isEnd = story.peers().stream().anyMatch(peer -> one == first(peer) || one == last(peer));
        double x = x(one.peer());
        int way = x < LAST ? 1 : -1;
        event(isEnd ? "end" : "local", one.line(story.zero()));
        if (isEnd) {
            markup.add("<path class=\"line\" d=\"M%.0f %.1fh20\"/>", x - 10, row.y());
        } else {
            markup.add("<circle class=\"dot\" cx=\"%.0f\" cy=\"%.1f\" r=\"5\"/>", x, row.y());
        }
        label(x + way * 14, row.y() + 5, way < 0, one.clause(), switch (one.kind()) {
            case "half typed" -> one.kind() + ": " + one.quoted();
            case "listening" -> one.says().replaceFirst(": .*", "");
            case "left" -> one.says().replaceFirst(" \\(.*", "");
            default -> one.says();
        });
        markup.add("</g>");
    }

    private void event(String classes, String says) {
        String text = Markup.escape(says);
        markup.add("<g class=\"%s\" tabindex=\"0\" role=\"img\" data-says=\"%s\" aria-label=\"%s\">",
                (classes.equals("end") ? "" : "event ") + classes, text, text);
    }

    private void label(double x, double y, boolean endsThere, String clauses, String words) {
        markup.add("<text class=\"label\"%s x=\"%.0f\" y=\"%.1f\">%s%s</text>",
                endsThere ? " text-anchor=\"end\"" : "", x, y,
                clauses.isEmpty() ? "" : "<tspan class=\"clause\">" + Markup.escape(clauses) + "</tspan> ",
                Markup.escape(Markup.shorten(words, LABEL - clauses.length())));
    }

    private double x(String peer) {
        int count = story.peers().size();
        int place = story.peers().indexOf(story.peer(peer));
        return count == 1 ? FIRST : FIRST + (LAST - FIRST) * place / (count - 1.0);
    }
}
