package grader.report;

import grader.verdict.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The reports on one submission as files; whoever reads one never sees the half of it. */
public final class ReportFiles {

    public static final String PAGE = "report.html";
    private static final String GRADESCOPE = "results.json";
    private static final String JUNIT = "junit.xml";

    private ReportFiles() {
    }

    /** @param folder is made if it is not there; what is in it under the same names is replaced */
    public static void write(Report report, Gradescope gradescope, Path folder) throws IOException {
        Files.createDirectories(folder);
        replace(folder.resolve(GRADESCOPE), gradescope.json(report));
        replace(folder.resolve(JUNIT), JUnitXml.xml(report));
        replace(folder.resolve(PAGE), HtmlReport.page(report, gradescope.commandLine()));
    }

    /** For a submission that cannot be graded as it was handed in: nothing stays in the folder but why. */
    public static void writeRefusal(String why, Gradescope gradescope, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(JUNIT));
        Files.deleteIfExists(folder.resolve(PAGE));
        replace(folder.resolve(GRADESCOPE), gradescope.refusal(why));
    }

    /** Writes a file anew; it has what it had until all is written. */
    public static void replace(Path file, String text) throws IOException {
        Path aside = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.writeString(aside, text, StandardCharsets.UTF_8);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
