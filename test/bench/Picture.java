package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The latency distributions as a picture: one panel a row, one line a program. To the right come the rarer, slower
 * messages: half, one in ten, one in a hundred. Both scales are logarithmic.
 */
final class Picture {

    private static final int PANEL_WIDTH = 420;
    private static final int PANEL_HEIGHT = 300;
    private static final int LEFT = 60;
    private static final int TOP = 50;
    private static final int WIDTH = 330;
    private static final int HEIGHT = 200;
    /** From 1 µs to 100 ms, in powers of ten of a nanosecond. */
    private static final int LOWEST = 3;
    private static final int HIGHEST = 8;
    /** From every message to one in 10,000, in powers of ten. */
    private static final int RAREST = 4;
    private static final int POINTS = 200;

    private final StringBuilder svg = new StringBuilder();

    private Picture() {
    }

    static void write(Path file, Map<String, Map<Program, Histogram>> distributions) throws IOException {
        Picture picture = new Picture();
        int columns = 2;
        int rows = (distributions.size() + columns - 1) / columns;
        picture.add("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' "
                + "font-size='12'>%n", columns * PANEL_WIDTH, rows * PANEL_HEIGHT + 10);
        picture.add("<style>:root{--ink:#222;--paper:#fff;--grid:#ddd;--java:#0b62a4;--cpp:#c2410c}"
                + "@media(prefers-color-scheme:dark){:root{--ink:#ddd;--paper:#181818;--grid:#3a3a3a;"
                + "--java:#6cb6ff;--cpp:#ff9d5c}}text{fill:var(--ink)}</style>%n");
        picture.add("<rect width='100%%' height='100%%' fill='var(--paper)'/>%n");
        int panel = 0;
        for (Map.Entry<String, Map<Program, Histogram>> entry : distributions.entrySet()) {
            picture.add("<g transform='translate(%d %d)'>%n", panel % columns * PANEL_WIDTH,
                    panel / columns * PANEL_HEIGHT);
            picture.panel(entry.getKey(), entry.getValue());
            picture.add("</g>%n");
            panel++;
        }
        picture.add("</svg>%n");
        Files.writeString(file, picture.svg);
    }

    private void panel(String what, Map<Program, Histogram> programs) {
        add("<text x='%d' y='20' font-weight='bold'>%s</text>%n", LEFT, what);
        for (int power = LOWEST; power <= HIGHEST; power++) {
            double y = yOf(Math.pow(10, power));
            add("<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='var(--grid)'/>", LEFT, y, LEFT + WIDTH, y);
            add("<text x='%d' y='%.1f' text-anchor='end'>%s</text>%n", LEFT - 6, y + 4,
                    power < 6 ? (int) Math.pow(10, power - 3) + " µs" : (int) Math.pow(10, power - 6) + " ms");
        }
        String[] names = {"all", "1 in 10", "1 in 100", "1 in 1,000", "1 in 10,000"};
        for (int power = 0; power <= RAREST; power++) {
            double x = LEFT + WIDTH * power / (double) RAREST;
            add("<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='var(--grid)'/>", x, TOP, x, TOP + HEIGHT);
            add("<text x='%.1f' y='%d' text-anchor='middle' font-size='10'>%s</text>%n", x, TOP + HEIGHT + 16,
                    names[power]);
        }
        int key = 0;
        for (Map.Entry<Program, Histogram> entry : programs.entrySet()) {
            String colour = entry.getKey() == Program.JAVA ? "var(--java)" : "var(--cpp)";
            add("<text x='%d' y='38' style='fill:%s'>%s</text>%n", LEFT + 60 * key++, colour, entry.getKey().title());
            add("<polyline fill='none' stroke='%s' stroke-width='2' points='", colour);
            line(entry.getValue());
            add("'/>%n");
        }
        add("<text x='%d' y='%d' text-anchor='middle'>slower than this: share of the messages</text>%n",
                LEFT + WIDTH / 2, TOP + HEIGHT + 34);
    }

    /** As far to the right as there are messages for. */
    private void line(Histogram histogram) {
        double rarest = Math.min(RAREST, Math.log10(histogram.getTotalCount()));
        for (int i = 0; i <= POINTS; i++) {
            double rarity = rarest * i / POINTS;
            long nanos = histogram.getValueAtPercentile(100 - 100 / Math.pow(10, rarity));
            add("%.1f,%.1f ", LEFT + WIDTH * rarity / RAREST, yOf(nanos));
        }
    }

    private static double yOf(double nanos) {
        double power = Math.max(LOWEST, Math.min(HIGHEST, Math.log10(nanos)));
        return TOP + HEIGHT * (HIGHEST - power) / (HIGHEST - LOWEST);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
