package grader.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import grader.verdict.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is kept of a grading beside its report, so that the tables of all can be made again without grading it again.
 *
 * @param fingerprints under which it is known: of what was given for it, and of that with what was guessed
 * @param settings with which it was graded, by their names in the environment
 * @param report without consoles
 */
public record Kept(List<String> fingerprints, Map<String, String> settings, Report report) {

    private static final String NAME = "graded.json";
    private static final int ASCII = 0x80;
    private static final Gson JSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping()
            .registerTypeAdapter(Instant.class, as(Instant::parse))
            .registerTypeAdapter(Duration.class, as(Duration::parse)).create();

    public Kept {
        fingerprints = List.copyOf(fingerprints);
        settings = Map.copyOf(settings);
        report = report.withoutConsoles();
    }

    private static <T> TypeAdapter<T> as(Function<String, T> parse) {
        return new TypeAdapter<>() {
            @Override
            public void write(JsonWriter json, T value) throws IOException {
                json.value(value.toString());
            }

            @Override
            public T read(JsonReader json) throws IOException {
                return parse.apply(json.nextString());
            }
        };
    }

    /** Comes last of what is written of a grading: if it is there, so is the report. */
    public void write(Path folder) throws IOException {
        ReportFiles.replace(folder.resolve(NAME), inAscii(JSON.toJson(this)) + "\n");
    }

    /** Half a surrogate pair, which a program may show, has no place in UTF-8. */
    private static String inAscii(String json) {
        return json.chars().mapToObj(one -> one < ASCII ? Character.toString(one) : String.format("\\u%04x", one))
                .collect(Collectors.joining());
    }

    /** What is kept in a folder; empty if nothing is, or nothing of this fingerprint. */
    public static Optional<Kept> read(Path folder, String fingerprint) {
        try {
            if (!Files.exists(folder.resolve(ReportFiles.PAGE))) {
                return Optional.empty();
            }
            String text = Files.readString(folder.resolve(NAME), StandardCharsets.UTF_8);
            // Only what this very grader has written is sure to have the form that it knows.
            return text.contains('"' + fingerprint + '"') ? Optional.ofNullable(JSON.fromJson(text, Kept.class))
                    : Optional.empty();
        } catch (IOException | JsonParseException e) {
            return Optional.empty();
        }
    }
}
