package demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The time of the sequence chart, which goes downwards and is not linear: whatever happens has a row of its own, in the
 * order of time, and a longer time between two rows is a larger distance, by its logarithm. The axis is cut
 * into bands where nothing is under way, so that a printed page ends between two of them.
 */
final class Axis {

    /** More than this without an event is marked, in nanoseconds. */
    static final long SILENCE = TimeUnit.SECONDS.toNanos(1);

    private static final long CUT = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int SILENCE_HEIGHT = 30;
    private static final int MARGIN = 10;
    private static final double LARGEST_STEP = 6;

    /** How much room a row needs above its line: for the time alone, for a label at the line, for one above it. */
    enum Room {
        END(22), LOCAL(28), ARROW(33);

        private final int height;

        Room(int height) {
            this.height = height;
        }
    }

    /** Something that needs a row. */
    record Mark(Happening happening, Room room) {
    }

    /** A row, with the nanoseconds since the one before; {@code y} counts from the top of its band. */
    record Row(Happening happening, int band, double y, long gap) {
    }

    private final Map<Happening, Row> rows = new HashMap<>();
    private final List<List<Row>> bands = new ArrayList<>();
    private final List<Double> heights = new ArrayList<>();

    private Axis() {
    }

    static Axis of(List<Mark> marks, List<Arrow> arrows, long zero) {
        Axis axis = new Axis();
        long before = zero;
        for (Mark mark : marks.stream().sorted(Comparator.comparingLong(one -> one.happening().time())).toList()) {
            axis.place(mark, before, arrows);
            before = mark.happening().time();
        }
        return axis;
    }

    private void place(Mark mark, long before, List<Arrow> arrows) {
        long time = mark.happening().time();
        long gap = time - before;
        boolean isUnderWay = arrows.stream().anyMatch(arrow -> arrow.from().time() < time && arrow.to().time() >= time);
        if (bands.isEmpty() || gap > CUT && !isUnderWay) {
            bands.add(new ArrayList<>());
            heights.add((double) MARGIN);
        }
        int band = bands.size() - 1;
        double y = heights.get(band) - (bands.get(band).isEmpty() ? 0 : MARGIN) + mark.room().height
                + (gap > SILENCE ? SILENCE_HEIGHT : 0) + LARGEST_STEP * Math.log10(1 + gap / 10_000.0);
        Row row = new Row(mark.happening(), band, y, gap);
        rows.put(mark.happening(), row);
        bands.get(band).add(row);
        heights.set(band, Math.ceil(y) + MARGIN);
    }

    Row row(Happening happening) {
        return rows.get(happening);
    }

    List<List<Row>> bands() {
        return bands;
    }

    int height(int band) {
        return (int) Math.ceil(heights.get(band));
    }

    /** Where the words about the time without an event stand: in the upper part of the gap before a row. */
    static double silenceY(Row row, Room room) {
        return row.y() - room.height - SILENCE_HEIGHT / 2.0;
    }
}
