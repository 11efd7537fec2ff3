package grader.tests;

import static grader.tests.MadeArchive.tar;
import static grader.tests.MadeArchive.tarred;
import static grader.tests.MadeArchive.zip;
import static grader.tests.MadeArchive.zippedFile;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import grader.report.Csv;
import grader.tests.MadeArchive.InTar;
import grader.tests.MadeArchive.InZip;
import grader.tests.PileSamples.Made;
import grader.trial.Folders;
import grader.trial.Network;
import grader.verdict.Case;
import grader.verdict.Result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Grades a class as a lecturer does: one archive, as Moodle exports it, with TIMEOUT and nothing else. What cannot be
 * found out is corrected in the table of settings. A line for each submission; the last line says how many were found
 * out. Ends with 1 if these are too few, or a verdict is wrong. Arguments: the folder with the tests, a folder for
 * everything else, and perhaps CLAUSE for a short look.
 */
public final class PileCheck {

    private static final int FEWEST = 25;
    /** The status if there was a submission that could not be graded. */
    private static final int UNGRADED = 1;
    private static final String SETTINGS = "settings.csv";

    private final Path folder;
    private final Path reports;
    private final Map<String, String> settings = new HashMap<>(Map.of("TIMEOUT", "5"));
    private final Map<String, Made> submissions = new LinkedHashMap<>();

    private PileCheck(Path tests, Path folder, List<String> clause) throws IOException {
        Folders.delete(folder); // what an earlier run has graded
        this.folder = Files.createDirectories(folder);
        this.reports = folder.resolve("reports");
        if (!clause.isEmpty()) {
            settings.put("CLAUSE", String.join(" ", clause));
        }
        List<Made> all = new PileSamples(tests.toAbsolutePath(), folder.resolve("compiled-in.txt")).all();
        for (Made one : all) {
            boolean isAlone = all.stream().filter(other -> other.name().equals(one.name())).count() == 1;
            submissions.put(isAlone ? one.name() : one.name() + "_" + (10_000 + submissions.size()), one);
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> all = List.of(arguments);
        PileCheck test = new PileCheck(Path.of(all.get(0)), Path.of(all.get(1)).toAbsolutePath(),
                all.subList(2, all.size()));
        System.exit(test.isRight() ? 0 : 1);
    }

    private boolean isRight() throws IOException, InterruptedException {
        Path pile = folder.resolve("pile.zip");
        settings.put("DIR", pile.toString());
        zip(pile, inZip().toArray(InZip[]::new));
        boolean hasEnded = grade("first.txt");
        Map<String, String> wrong = new LinkedHashMap<>();
        Map<String, String> kept = new HashMap<>();
        int foundOut = 0;
        for (Map.Entry<String, Made> one : submissions.entrySet()) {
            String before = one.getValue().canBeFoundOut() ? wrongVerdicts(one.getKey(), one.getValue())
                    : wrongRemark(one.getKey(), one.getValue());
            if (Files.exists(graded(one.getKey()))) {
                kept.put(one.getKey(), Files.readString(graded(one.getKey())));
                foundOut++;
            }
            wrong.put(one.getKey(), before);
        }
        settings.put("SETTINGS", corrected().toString());
        hasEnded &= grade("second.txt");
        for (Map.Entry<String, Made> one : submissions.entrySet()) {
            if (!one.getValue().correction().isEmpty()) {
                wrong.merge(one.getKey(), wrongVerdicts(one.getKey(), one.getValue()), String::concat);
            } else if (kept.containsKey(one.getKey())
                    && !Files.readString(graded(one.getKey())).equals(kept.get(one.getKey()))) {
                wrong.merge(one.getKey(), " it was graded again", String::concat);
            }
        }
        wrong.forEach((name, what) -> System.out.println(name + " (" + submissions.get(name).what() + "): "
                + (what.isEmpty() ? "as expected" : what.strip())));
        long right = wrong.values().stream().filter(String::isEmpty).count();
        System.out.println(foundOut + " of " + wrong.size() + " found out by itself, " + right + " of " + wrong.size()
                + " graded as expected");
        long enough = Math.min(FEWEST, submissions.values().stream().filter(Made::canBeFoundOut).count());
        return hasEnded && foundOut >= enough && right == wrong.size();
    }

    /** Whether the grader could do its work. @param log what it says */
    private boolean grade(String log) throws IOException, InterruptedException {
        Path file = folder.resolve(log);
        System.out.println("the grader tells what it does in " + file);
        ProcessBuilder builder = Grader.builder(reports, folder, settings, Map.of());
        int status = builder.redirectErrorStream(true).redirectOutput(file.toFile()).start().waitFor();
        boolean isDone = status <= UNGRADED && Files.exists(reports.resolve(SETTINGS));
        if (!isDone) {
            System.out.println("the grader has ended with " + status);
        }
        return isDone;
    }

    private Path graded(String name) {
        return reports.resolve(name).resolve("graded.json");
    }

    private String wrongVerdicts(String name, Made made) throws IOException {
        if (!Files.exists(graded(name))) {
            return " not graded: " + remark(name);
        }
        Map<Case, Verdict> expected = new Subject(name, "", "", made.failed()).expected(Network.Kind.HOSTS);
        made.untold().forEach(one -> expected.put(one, Verdict.NOT_GRADED));
        JsonObject kept = JsonParser.parseString(Files.readString(graded(name))).getAsJsonObject();
        List<String> wrong = new ArrayList<>();
        for (JsonElement result : kept.getAsJsonObject("report").getAsJsonArray("results")) {
            JsonObject one = result.getAsJsonObject();
            Case what = Case.valueOf(one.get("what").getAsString());
            String verdict = one.get("verdict").getAsString();
            // Names have no points, and are not tried on every machine.
            if (what != Case.NAMES_SENDER && !verdict.equals(expected.get(what).name())) {
                wrong.add(what.number() + " is " + verdict + " (" + one.get("seen").getAsString() + ")");
            }
        }
        return wrong.isEmpty() ? "" : " " + String.join("; ", wrong) + "; graded with " + kept.get("settings");
    }

    /** What cannot be graded is named, with what is to be done, or with what is wrong with it. */
    private String wrongRemark(String name, Made made) throws IOException {
        String remark = remark(name);
        String wanted = made.correction().containsKey("TABLE") ? "TABLE" : made.isGradable() ? "CMD" : "";
        return Files.exists(graded(name)) ? " it was graded without the correction"
                : remark.isEmpty() || !remark.contains(wanted) ? " the remark does not help: " + remark : "";
    }

    private String remark(String name) throws IOException {
        for (String table : List.of(SETTINGS, "summary.csv")) {
            for (CSVRecord row : rows(reports.resolve(table))) {
                if (row.get(0).equals(name) && !row.get("remark").isEmpty()) {
                    return row.get("remark");
                }
            }
        }
        return "";
    }

    private static List<CSVRecord> rows(Path file) throws IOException {
        String text = Files.readString(file).substring(Csv.BYTE_ORDER_MARK.length());
        try (CSVParser parser = CSVParser.parse(text, CSVFormat.RFC4180.builder().setHeader().build())) {
            return parser.getRecords();
        }
    }

    /** The table of settings, as somebody completes it. */
    private Path corrected() throws IOException {
        List<List<String>> table = new ArrayList<>();
        for (CSVRecord row : rows(reports.resolve(SETTINGS))) {
            List<String> heads = row.getParser().getHeaderNames();
            if (table.isEmpty()) {
                table.add(heads);
            }
            Map<String, String> correction = submissions.get(row.get(0)).correction();
            table.add(heads.stream().map(head -> correction.getOrDefault(head, row.get(head))).toList());
        }
        return Files.writeString(folder.resolve("corrected.csv"), Csv.BYTE_ORDER_MARK + Csv.text(table));
    }

    /** As Moodle exports them: a folder for each student. */
    private List<InZip> inZip() {
        List<InZip> all = new ArrayList<>();
        int number = 10_000;
        for (Made one : submissions.values()) {
            String top = one.name() + "_" + number++ + "_assignsubmission_file_/";
            Path file = folder.resolve("archives").resolve(Integer.toString(number));
            Map<String, String> files = one.files();
            switch (one.packing()) {
                case FOLDER -> all.addAll(zipped(files, top));
                case DEEP_FOLDER -> all.addAll(zipped(files, top + "Lab 4/peer to peer/src/"));
                case ZIP -> all.add(handedIn(top + "lab4.zip", file, zipped(files, "")));
                case HOSTILE -> all.add(handedIn(top + "lab4.zip", file, zipped(files, "")));
                case ZIP_OF_A_MAC -> {
                    List<InZip> inside = new ArrayList<>(zipped(files, "Lab 4/"));
                    inside.add(MadeArchive.zipped("Lab 4/.DS_Store", "Bud1"));
                    inside.add(MadeArchive.zipped("__MACOSX/Lab 4/._student.c", "int main() { return 1; }"));
                    all.add(handedIn(top + "Lab 4.zip", file, inside));
                }
                case TAR -> all.add(tarOf(top + "lab4.tar", file, files));
                case TAR_GZ -> all.add(tarOf(top + "lab4.tar.gz", file, files));
                default -> throw new IllegalStateException();
            }
        }
        return all;
    }

    private static InZip handedIn(String name, Path file, List<InZip> inside) {
        Path archive = file.resolveSibling(file.getFileName() + ".zip");
        zip(archive, inside.toArray(InZip[]::new));
        return zippedFile(name, archive);
    }

    private static InZip tarOf(String name, Path file, Map<String, String> files) {
        Path archive = file.resolveSibling(file.getFileName() + name.replaceFirst(".*(?=\\.tar)", ""));
        tar(archive, files.entrySet().stream().map(one -> tarred("lab4/" + one.getKey(), one.getValue()))
                .toArray(InTar[]::new));
        return zippedFile(name, archive);
    }

    private static List<InZip> zipped(Map<String, String> files, String top) {
        return files.entrySet().stream().map(one -> MadeArchive.zipped(top + one.getKey(), one.getValue()))
                .collect(Collectors.toList());
    }
}
