package demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The consoles side by side, line by line as they come: time goes downwards. */
final class SideBySide {

    /** Cyan, green, magenta: the colours that the program itself gives to the first three of its table. */
    private static final String[] COLOURS = {"\u001b[36m", "\u001b[32m", "\u001b[35m"};
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String NORMAL = "\u001b[0m";

    private static final String BETWEEN = " │ ";
    private static final int TIME_WIDTH = 8;
    private static final String NOTICE = "* ";

    private final PrintStream out;
    private final List<String> names;
    private final int columnWidth;
    private final boolean isColoured;
    private final long start = System.nanoTime();
    private int messages;

    private SideBySide(PrintStream out, List<String> names, int width, boolean isColoured) {
        this.out = out;
        this.names = List.copyOf(names);
        this.columnWidth = (width - TIME_WIDTH) / names.size() - BETWEEN.length();
        this.isColoured = isColoured;
    }

    /** As wide as the terminal, in colours if it has them and wants them; the names first. */
    static SideBySide on(PrintStream out, List<String> names) {
        SideBySide consoles = new SideBySide(out, names, Width.ofTerminal(), Width.areColoured());
        consoles.print(" ".repeat(TIME_WIDTH), names, BOLD);
        consoles.out.println("─".repeat(TIME_WIDTH)
                + ("─┼─" + "─".repeat(consoles.columnWidth)).repeat(names.size()));
        return consoles;
    }

    /** A console shows a line. */
    synchronized void shows(String name, String line) {
        boolean isNotice = line.startsWith(NOTICE);
        messages += isNotice ? 0 : 1;
        printIn(name, line, isNotice ? DIM : "");
    }

    /** Somebody types a line, or the start of one. */
    synchronized void typed(String name, String line) {
        printIn(name, name + "> " + line, BOLD);
    }

    /** How many messages were shown by all of them. */
    synchronized int messages() {
        return messages;
    }

    private void printIn(String name, String text, String style) {
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        String time = String.format(Locale.ROOT, "%" + (TIME_WIDTH - 2) + ".2f s", seconds);
        for (String row : Width.wrap(text, columnWidth)) {
            List<String> cells = new ArrayList<>();
            names.forEach(column -> cells.add(column.equals(name) ? row : ""));
            print(time, cells, style);
            time = " ".repeat(TIME_WIDTH);
        }
    }

    private void print(String time, List<String> cells, String style) {
        StringBuilder row = new StringBuilder(time);
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            row.append(BETWEEN);
            row.append(isColoured && !cell.isEmpty() ? COLOURS[i % COLOURS.length] + style + cell + NORMAL : cell);
            row.append(" ".repeat(Math.max(0, columnWidth - Width.width(cell))));
        }
        out.println(row.toString().stripTrailing());
    }
}
