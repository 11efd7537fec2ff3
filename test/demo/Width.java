package demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How wide the terminal is, whether it has colours, and how text is wrapped to a column of it. */
final class Width {

    private static final int USUAL = 110;
    private static final int FEWEST = 80;
    /** A line that goes on is set in by so much. */
    private static final String INDENT = "  ";

    private Width() {
    }

    static int ofTerminal() {
        int columns = number(System.getenv("COLUMNS")).or(Width::ofStty).orElse(USUAL);
        return Math.max(FEWEST, columns);
    }

    static boolean areColoured() {
        String no = System.getenv("NO_COLOR");
        return System.console() != null && (no == null || no.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    }

    /** Breaks between words where it can. */
    static List<String> wrap(String text, int width) {
        List<String> rows = new ArrayList<>();
        String rest = text;
        while (width(rest) > width) {
            int most = rest.offsetByCodePoints(0, width);
            int space = rest.lastIndexOf(' ', most);
            boolean isInText = space > INDENT.length();
            rows.add(rest.substring(0, isInText ? space : most));
            rest = INDENT + rest.substring(isInText ? space + 1 : most);
        }
        rows.add(rest);
        return rows;
    }

    static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static Optional<Integer> ofStty() {
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return number(size.substring(size.indexOf(' ') + 1)).filter(columns -> columns > 0);
        } catch (IOException e) {
            return Optional.empty(); // there is no stty here
        }
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text == null ? "" : text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
