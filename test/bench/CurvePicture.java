package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Delay against CPU time, as a picture: one line of points for each kind of wait. Both scales are logarithmic. */
final class CurvePicture {

    private static final int LEFT = 70;
    private static final int TOP = 50;
    private static final int WIDTH = 480;
    private static final int HEIGHT = 300;
    /** CPU from 0.1 to 10 %, delays from 1 to 1,000 ms, in powers of ten. */
    private static final int LEAST_CPU = -1;
    private static final int CPU_DECADES = 2;
    private static final int DELAY_DECADES = 3;
    private static final String[] COLOURS = {"#0b62a4", "#c2410c"};

    /**
     * One length of a wait.
     *
     * @param cpu   percent of a core
     * @param delay milliseconds
     */
    record Point(String name, double cpu, double delay) {}

    private CurvePicture() {
    }

    static void write(Path file, Map<String, List<Point>> lines) throws IOException {
        StringBuilder svg = new StringBuilder();
        add(svg, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' "
                + "font-size='12'><rect width='100%%' height='100%%' fill='#fff'/>%n", LEFT + WIDTH + 40,
                TOP + HEIGHT + 60);
        add(svg, "<text x='%d' y='20' font-weight='bold'>the price of a wait: delay of another friend's first message"
                + "</text>%n", LEFT);
        for (int power = 0; power <= DELAY_DECADES; power++) {
            double y = y(Math.pow(10, power));
            add(svg, "<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='#ddd'/>", LEFT, y, LEFT + WIDTH, y);
            add(svg, "<text x='%d' y='%.1f' text-anchor='end'>%.0f ms</text>%n", LEFT - 6, y + 4, Math.pow(10, power));
        }
        for (int power = 0; power <= CPU_DECADES; power++) {
            double cpu = Math.pow(10, power + LEAST_CPU);
            add(svg, "<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='#ddd'/>", x(cpu), TOP, x(cpu), TOP + HEIGHT);
            add(svg, "<text x='%.1f' y='%d' text-anchor='middle'>%s %%</text>%n", x(cpu), TOP + HEIGHT + 18,
                    Row.number(cpu));
        }
        add(svg, "<text x='%d' y='%d' text-anchor='middle'>CPU time, of a core</text>%n", LEFT + WIDTH / 2,
                TOP + HEIGHT + 38);
        int line = 0;
        for (Map.Entry<String, List<Point>> entry : lines.entrySet()) {
            String colour = COLOURS[line];
            boolean isFirst = line == 0;
            add(svg, "<text x='%d' y='38' fill='%s'>%s</text>%n", LEFT + 100 * line++, colour, entry.getKey());
            add(svg, "<polyline fill='none' stroke='%s' stroke-width='2' points='", colour);
            entry.getValue().forEach(point -> add(svg, "%.1f,%.1f ", x(point.cpu), y(point.delay)));
            add(svg, "'/>%n");
            entry.getValue().forEach(point -> {
                add(svg, "<circle cx='%.1f' cy='%.1f' r='4' fill='%s'/>", x(point.cpu), y(point.delay), colour);
                // Right of the first line and left of the second: where they meet, no name lies on another.
                boolean isAbove = isFirst || point == entry.getValue().get(entry.getValue().size() - 1);
                add(svg, "<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>%n", x(point.cpu) + (isFirst ? 7 : -7),
                        y(point.delay) + (isAbove ? -5 : 14), isFirst ? "start" : "end", point.name);
            });
        }
        add(svg, "</svg>%n");
        Files.writeString(file, svg);
    }

    private static double x(double cpu) {
        return LEFT + WIDTH * (Math.log10(cpu) - LEAST_CPU) / CPU_DECADES;
    }

    private static double y(double delay) {
        return TOP + HEIGHT * (DELAY_DECADES - Math.log10(delay)) / DELAY_DECADES;
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
