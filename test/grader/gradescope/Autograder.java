package grader.gradescope;

import grader.report.Gradescope;
import grader.report.Ungraded;
import grader.trial.Settings;
import grader.trial.WrongUse;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import support.Session;

/**
 * Writes the archive that a course uploads to Gradescope: the grader with its libraries, and the settings that are in
 * the environment. Arguments: the archive, and the folder with the scripts.
 */
public final class Autograder {

    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    /** Where Gradescope unpacks it, and where it puts what was handed in. */
    private static final Path UNPACKED = Path.of("/autograder/source");
    private static final String SUBMISSION = "/autograder/submission";

    private static final String DIR = Settings.PREFIX + "DIR";
    private static final String CMD = Settings.PREFIX + "CMD";

    private Autograder() {
    }

    public static void main(String[] arguments) {
        Path archive = Path.of(arguments[0]);
        try {
            Settings settings = Settings.mustBeRight(System.getenv());
            Path aside = archive.resolveSibling("." + archive.getFileName() + "." + ProcessHandle.current().pid());
            try {
                write(aside, Path.of(arguments[1]));
                Files.move(aside, archive, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(aside);
            }
            System.out.println(archive + ": upload it to Gradescope as it is, and enter " + settings.points()
                    + " as the total points" + (System.getenv().getOrDefault(CMD, "").isBlank()
                    ? "; CMD was not given: it is found out for each submission" : ""));
        } catch (WrongUse e) {
            System.err.println("gradescope: " + e.getMessage());
            System.exit(WRONG_USE);
        } catch (IOException e) {
            System.err.println("gradescope: " + archive + " cannot be written: " + Ungraded.inWords(e));
            System.exit(FAILED);
        }
    }

    private static void write(Path archive, Path scripts) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(archive,
                Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
            Path root = zip.getPath("/");
            for (String script : List.of("setup.sh", "run_autograder")) {
                Path copy = Files.copy(scripts.resolve("gradescope").resolve(script), root.resolve(script));
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Files.copy(scripts.resolve("hosts.sh"), root.resolve("hosts.sh"));
            Path libraries = Files.createDirectory(root.resolve("lib"));
            for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
                Files.copy(Path.of(jar), libraries.resolve(Path.of(jar).getFileName().toString()));
            }
            Files.writeString(root.resolve("failed.json"), Gradescope.graderFailed(), StandardCharsets.UTF_8);
            Files.writeString(root.resolve("settings.sh"), settings(root), StandardCharsets.UTF_8);
        }
    }

    /** A script that sets the variables as they are here, letter by letter. */
    private static String settings(Path root) throws IOException {
        Map<String, String> variables = new TreeMap<>();
        System.getenv().forEach((name, value) -> {
            if (name.matches(Settings.PREFIX + "[A-Z_]+") && !value.isEmpty()) {
                variables.put(name, value);
            }
        });
        variables.put(DIR, SUBMISSION);
        variables.remove(Settings.PREFIX + "SETTINGS"); // of a class on the teacher's machine
        for (String setting : Settings.FILES) {
            String name = Settings.PREFIX + setting;
            String value = variables.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                Path file = Path.of(value);
                Path copy = Files.createDirectory(root.resolve(name)).resolve(file.getFileName().toString());
                Files.copy(file, copy);
                variables.put(name, UNPACKED + copy.toString());
            }
        }
        StringBuilder script = new StringBuilder();
        variables.forEach((name, value) -> script.append("export ").append(name).append('=')
                .append(Session.quoted(List.of(value))).append('\n'));
        return script.toString();
    }
}
