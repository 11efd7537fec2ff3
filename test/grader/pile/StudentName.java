package grader.pile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose a file or folder is, as the systems for teaching put it into its name.
 *
 * @param student the student's name, or whatever stands for it
 * @param id the name together with numbers, of which no two are the same
 * @param rest what the student has called the file; empty for a folder
 */
record StudentName(String student, String id, String rest) {

    /** "First Last_12345_assignsubmission_file_", and behind it the name of a file, if there are no folders. */
    private static final Pattern MOODLE = Pattern.compile("((.+)_\\d+)_assignsubmission_[a-z]+(?:_(.*))?");
    /** "lastfirst_LATE_12345_678_chat.cpp": the number of the student, and of the submission. */
    private static final Pattern CANVAS = Pattern.compile("((.+?)(?:_LATE)?_\\d+_\\d+)_(.+)");
    /** The name is in a list beside it. */
    private static final Pattern GRADESCOPE = Pattern.compile("(submission_\\d+)");
    static final String LIST_OF_GRADESCOPE = "submission_metadata.yml";
    private static final int LARGEST_LIST = 50 << 20;
    private static final Pattern LIST_ENTRY = Pattern.compile("[\"']?(submission_\\d+)[\"']?:\\s*");
    private static final Pattern LIST_NAME = Pattern.compile("\\s*-?\\s*:name:\\s*[\"']?(.*?)[\"']?\\s*");

    /** Whose it is, if its name is one of these. */
    static Optional<StudentName> of(Path path) throws IOException {
        String name = path.getFileName().toString();
        Matcher moodle = MOODLE.matcher(name);
        if (moodle.matches()) {
            return Optional.of(new StudentName(moodle.group(2), moodle.group(1),
                    Optional.ofNullable(moodle.group(3)).orElse("")));
        }
        Matcher canvas = CANVAS.matcher(name);
        if (canvas.matches() && !Files.isDirectory(path)) {
            return Optional.of(new StudentName(canvas.group(2), canvas.group(1), canvas.group(3)));
        }
        Path list = path.resolveSibling(LIST_OF_GRADESCOPE);
        return GRADESCOPE.matcher(name).matches() && Files.isRegularFile(list)
                ? Optional.of(new StudentName(inList(list, name).orElse(name), name, "")) : Optional.empty();
    }

    static boolean isOfMoodle(String name) {
        return MOODLE.matcher(name).matches();
    }

    static boolean isOfCanvas(String name) {
        return CANVAS.matcher(name).matches();
    }

    static boolean isOfGradescope(String name) {
        return GRADESCOPE.matcher(name).matches();
    }

    private static Optional<String> inList(Path list, String submission) throws IOException {
        if (Files.size(list) > LARGEST_LIST) {
            return Optional.empty();
        }
        List<String> lines = new String(Files.readAllBytes(list), StandardCharsets.UTF_8).lines().toList();
        return lines.stream().dropWhile(line -> !isEntry(line, submission)).skip(1)
                .takeWhile(line -> !LIST_ENTRY.matcher(line).matches())
                .map(LIST_NAME::matcher).filter(Matcher::matches).map(found -> found.group(1)).findFirst()
                .filter(name -> !name.isBlank());
    }

    private static boolean isEntry(String line, String submission) {
        Matcher entry = LIST_ENTRY.matcher(line);
        return entry.matches() && entry.group(1).equals(submission);
    }
}
