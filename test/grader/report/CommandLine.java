package grader.report;

import grader.trial.Settings;
import grader.verdict.Case;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import support.Session;

/**
 * The command line with which a student, in the own folder and with the grader beside it, sees on the own machine what
 * the grader has seen.
 */
public final class CommandLine {

    /** What a submission is asked depends on these. The others say what that is worth, and how fast it goes. */
    private static final List<String> VARIABLES = Stream.of(List.of("CMD", "BUILD", "TIMEOUT"),
            Settings.OF_THE_TABLE, List.of("TABLE", "LOGIN", "MESSAGE", "QUIT", "NETWORK"))
            .flatMap(List::stream).toList();

    private static final String HERE = "\"$PWD\"/";
    private static final String TABLE_HERE = " TABLE=" + HERE;

    private CommandLine() {
    }

    /** @param environment with the settings, as {@link Settings} reads them */
    public static String of(Map<String, String> environment) {
        return "make -C ../peerchat grade DIR=\"$PWD\"" + VARIABLES.stream()
                .filter(name -> !environment.getOrDefault(Settings.PREFIX + name, "").isBlank())
                .map(name -> " " + name + "=" + word(name, environment.get(Settings.PREFIX + name)))
                .collect(Collectors.joining());
    }

    /** What a student needs to type it. @param commandLine as {@link #of} writes it */
    static String needs(String commandLine) {
        return "to try it in your own folder, with "
                + (commandLine.contains(TABLE_HERE) ? "your course's table in it and the grader"
                : "the grader of your course") + " in ../peerchat: ";
    }

    /** What shows one case of it again. @param commandLine as {@link #of} writes it */
    static String again(String commandLine, Case what) {
        return commandLine + " CLAUSE=" + what.number();
    }

    /** The student's copy of the table is in the own folder. */
    private static String word(String name, String value) {
        return name.equals("TABLE") ? HERE + word(Path.of(value.strip()).getFileName().toString()) : word(value);
    }

    private static String word(String word) {
        return word.matches("[A-Za-z0-9_./-]+") ? word : Session.quoted(List.of(word));
    }
}
