package grader.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Tables for spreadsheets, in the form of RFC 4180. */
public final class Csv {

    /** Without it Excel takes UTF-8 for the character set of the country. */
    public static final String BYTE_ORDER_MARK = "\ufeff";
    /** A spreadsheet takes a cell for a formula if it begins with one of these. */
    private static final String FORMULA = "[=+\\-@\\t\\r]";

    private Csv() {
    }

    /** One record a row, with a carriage return and a line feed after each. */
    public static String text(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
            printer.printRecords(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A cell that is only read by people: no formula, and nothing in it that cannot be seen. */
    public static String shown(String text) {
        return (text.matches("(?s)" + FORMULA + ".*") ? "'" : "") + PlainText.visible(text);
    }

    /** A cell that is no formula, and of which {@link #read} makes the same text again. */
    public static String exact(String text) {
        return (text.matches("(?s)'*" + FORMULA + ".*") ? "'" : "") + text;
    }

    /** Undoes {@link #exact}. */
    public static String read(String cell) {
        return cell.matches("(?s)'+" + FORMULA + ".*") ? cell.substring(1) : cell;
    }
}
