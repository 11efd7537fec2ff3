package grader.report;

import grader.verdict.Transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The consoles of a trial as rows, one under another as things happen. Each user has a column if the terminal is wide
 * enough for that, else the user's name stands in front. Nothing stands to the right of a text: a character that is
 * wider than expected moves nothing else.
 */
public final class ConsoleRows {

    private static final String NO_SECOND = " ".repeat(7);
    private static final String BORDER = "│";
    /** Columns of a terminal; a user who has fewer could show hardly three words in a row. */
    private static final int LEAST_COLUMN = 24;
    private static final int LEAST_TEXT = 10;
    /** The sign and a blank. */
    private static final int SIGN_WIDTH = 2;

    private final List<String> names;
    /** How wide each user's column is, with the border on its left; 0 if names stand in front. */
    private final int column;
    private final int textWidth;

    /** @param width of the terminal, in columns; none if there is no terminal: nothing is wrapped then */
    public ConsoleRows(List<String> names, OptionalInt width) {
        this.names = List.copyOf(names);
        int most = width.orElse(0) - NO_SECOND.length() - 1; // in the last column some terminals begin a new row
        this.column = most / names.size() < LEAST_COLUMN ? 0 : most / names.size();
        int left = column == 0 ? most - PlainText.columns(front(names.get(0))) : column - BORDER.length();
        this.textWidth = width.isEmpty() ? Integer.MAX_VALUE : Math.max(LEAST_TEXT, left - SIGN_WIDTH);
    }

    /** The names above their columns; empty if they stand in front of each row. */
    public List<String> head() {
        if (column == 0) {
            return List.of();
        }
        StringBuilder head = new StringBuilder(NO_SECOND);
        for (String name : names) {
            String shown = PlainText.wrap(PlainText.row(name), textWidth).get(0);
            head.append(name.equals(names.get(0)) ? " " : BORDER).append(" ".repeat(SIGN_WIDTH)).append(shown)
                    .append(" ".repeat(column - BORDER.length() - SIGN_WIDTH - PlainText.columns(shown)));
        }
        return List.of(head.toString().stripTrailing());
    }

    /** A row, and more if the text is long: only the first has the second and the sign. */
    public List<String> rows(String name, Line line, String sign) {
        List<String> rows = new ArrayList<>();
        for (String part : PlainText.wrap(PlainText.row(line.text()), textWidth)) {
            String second = rows.isEmpty() ? String.format(Locale.ROOT, "%7.2f", line.seconds()) : NO_SECOND;
            rows.add((second + front(name) + (rows.isEmpty() ? sign : " ") + " " + part).stripTrailing());
        }
        return rows;
    }

    /** What stands between the second and the sign: the name, or the columns of others. */
    private String front(String name) {
        if (column == 0) {
            int width = names.stream().map(PlainText::row).mapToInt(PlainText::columns).max().orElse(0);
            String shown = PlainText.row(name);
            return " " + shown + " ".repeat(width - PlainText.columns(shown)) + " ";
        }
        String rest = " ".repeat(column - BORDER.length());
        int before = names.indexOf(name);
        return before == 0 ? " " : " " + rest + (BORDER + rest).repeat(before - 1) + BORDER;
    }
}
