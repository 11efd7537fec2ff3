package grader.pile;

import grader.report.Csv;
import grader.trial.Settings;
import grader.trial.WrongUse;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The settings of each submission of a pile, as a table for a spreadsheet: the grader writes what it has used, people
 * correct what was wrong, and the grader reads it again. An empty cell says nothing.
 */
public final class SettingsFile {

    /** When nothing was said of any submission. */
    public static final SettingsFile NONE = new SettingsFile(Path.of(""), Map.of());

    private static final String FOLDER = "folder";
    private static final String REMARK = "remark";
    private static final List<String> VARIABLES = Stream.of(List.of("BUILD", "CMD"), Settings.OF_THE_TABLE,
            List.of("TABLE", "MESSAGE", "LOGIN", "QUIT")).flatMap(List::stream).toList();
    private static final List<String> COLUMNS =
            Stream.of(List.of(FOLDER), VARIABLES, List.of(REMARK)).flatMap(List::stream).toList();

    private final Path file;
    /** By the name of the submission. */
    private final Map<String, Row> rows;

    /**
     * What the table says of a submission.
     *
     * @param line where its row begins in the file
     * @param given variables by their names in the environment; only those that are not empty
     */
    private record Row(long line, Map<String, String> given) {
    }

    /**
     * What was used for a submission.
     *
     * @param settings variables by their names in the environment
     * @param remark for people; empty if there is nothing to say
     */
    public record Used(Map<String, String> settings, String remark) {
        public Used {
            settings = Map.copyOf(settings);
        }
    }

    private SettingsFile(Path file, Map<String, Row> rows) {
        this.file = file;
        this.rows = rows;
    }

    /**
     * Reads a table as the grader or a spreadsheet writes it: with commas, semicolons or tabs between the cells. If
     * only one submission is to be graded, the rows of others are passed over.
     *
     * @param names of all submissions, also of those that are refused
     * @throws WrongUse if it cannot be read, or says something of which it is not clear what it means
     */
    public static SettingsFile read(Path file, List<String> names) {
        String text = text(file);
        Map<String, Row> rows = new HashMap<>();
        try (CSVParser parser = new CSVParser(new StringReader(text), format(text))) {
            Iterator<CSVRecord> records = parser.iterator();
            List<String> columns = columns(records, file);
            for (long line = next(parser); records.hasNext(); line = next(parser)) {
                List<String> cells = records.next().stream().map(Csv::read).toList();
                if (cells.stream().allMatch(String::isBlank)) {
                    continue; // a spreadsheet leaves such rows at the end
                }
                String place = file + ":" + line + ": ";
                if (cells.stream().skip(columns.size()).anyMatch(cell -> !cell.isBlank())) {
                    throw new WrongUse(place + "there are more cells than columns: put quotes around a cell that has "
                            + "separators in it");
                }
                String name = cells.get(columns.indexOf(FOLDER));
                if (!names.contains(name) && names.size() > 1) {
                    throw new WrongUse(place + "DIR has no submission \"" + name + "\"");
                }
                Row before = rows.put(name, new Row(line, given(columns, cells)));
                if (before != null) {
                    throw new WrongUse(place + "\"" + name + "\" stands in line " + before.line() + " already");
                }
            }
        } catch (IOException e) {
            throw new WrongUse(file + ": " + e.getMessage());
        } catch (UncheckedIOException | IllegalStateException e) { // the iterator's way to say it
            throw new WrongUse(file + ": " + Optional.ofNullable(e.getCause()).orElse(e).getMessage());
        }
        if (rows.keySet().stream().noneMatch(names::contains)) {
            throw new WrongUse("SETTINGS=" + file + ": it has no row for " + String.join(", ", names));
        }
        return new SettingsFile(file, rows);
    }

    private static String text(Path file) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.startsWith(Csv.BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new WrongUse("SETTINGS=" + file + ": it is not in UTF-8; let the spreadsheet save it as CSV UTF-8");
        } catch (IOException e) {
            throw new WrongUse("SETTINGS=" + file + ": cannot be read");
        }
    }

    /** The heads of the columns hold no separators but those between them. */
    private static CSVFormat format(String text) {
        String heads = text.lines().findFirst().orElse("");
        char separator = heads.contains(";") ? ';' : heads.contains("\t") ? '\t' : ',';
        return CSVFormat.RFC4180.builder().setDelimiter(separator).setIgnoreEmptyLines(false).build();
    }

    /** @throws WrongUse if they are not the heads of such a table */
    private static List<String> columns(Iterator<CSVRecord> records, Path file) {
        List<String> columns = new ArrayList<>();
        if (records.hasNext()) {
            records.next().stream().map(String::strip).forEach(columns::add);
        }
        while (!columns.isEmpty() && columns.get(columns.size() - 1).isEmpty()) {
            columns.remove(columns.size() - 1);
        }
        for (String column : columns) {
            if (!COLUMNS.contains(column)) {
                throw new WrongUse(file + ":1: there is no column \"" + column + "\"; there are "
                        + String.join(", ", COLUMNS));
            }
            if (columns.indexOf(column) != columns.lastIndexOf(column)) {
                throw new WrongUse(file + ":1: the column \"" + column + "\" is there twice");
            }
        }
        if (!columns.contains(FOLDER)) {
            throw new WrongUse(file + ":1: the column \"" + FOLDER + "\" is missing: it names the submission of a row");
        }
        return columns;
    }

    private static long next(CSVParser parser) {
        return parser.getCurrentLineNumber() + 1;
    }

    private static Map<String, String> given(List<String> columns, List<String> cells) {
        Map<String, String> given = new TreeMap<>();
        for (int i = 0; i < Math.min(columns.size(), cells.size()); i++) {
            if (VARIABLES.contains(columns.get(i)) && !cells.get(i).isEmpty()) {
                given.put(Settings.PREFIX + columns.get(i), cells.get(i));
            }
        }
        return given;
    }

    /** Whether it was read from this file. @throws IOException if it cannot be said of one of the two */
    public boolean isFrom(Path other) throws IOException {
        return !rows.isEmpty() && Files.isSameFile(file, other);
    }

    /** Whether it says how just this submission is started. */
    public boolean hasCommand(Handed one) {
        return Optional.ofNullable(rows.get(one.name())).filter(row -> row.given().containsKey(Settings.PREFIX + "CMD"))
                .isPresent();
    }

    /** The variables for a submission: those of its row, and for the others those that hold for all. */
    public Map<String, String> settings(String name, Map<String, String> forAll) {
        Map<String, String> both = new TreeMap<>(forAll);
        Optional.ofNullable(rows.get(name)).ifPresent(row -> both.putAll(row.given()));
        return both;
    }

    /** @throws WrongUse if a value is wrong: said before anything is graded, with the line where it stands */
    public void mustBeRight(List<Handed> pile, Map<String, String> forAll) {
        for (Handed one : pile) {
            try {
                Settings.mustBeRight(settings(one.name(), forAll));
            } catch (WrongUse e) {
                throw rows.containsKey(one.name())
                        ? new WrongUse(file + ":" + rows.get(one.name()).line() + ": " + e.getMessage()) : e;
            }
        }
    }

    /**
     * The table of what was used.
     *
     * @param names of all submissions, also of those that are refused
     * @param used by the names of the submissions; for one that is missing there, the row says what was given
     */
    public String text(List<String> names, Map<String, Used> used) {
        List<List<String>> table = new ArrayList<>(List.of(COLUMNS));
        for (String name : names) {
            Used own = used.getOrDefault(name, new Used(settings(name, Map.of()), ""));
            table.add(COLUMNS.stream().map(column -> switch (column) {
                case FOLDER -> name;
                case REMARK -> own.remark();
                default -> own.settings().getOrDefault(Settings.PREFIX + column, "");
            }).map(Csv::exact).toList());
        }
        return Csv.BYTE_ORDER_MARK + Csv.text(table);
    }
}
