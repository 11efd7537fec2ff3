package grader.tests;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import support.Jdk;
import support.Networks;
import support.Started;

/** The grader as a process, as make starts it. */
final class Grader {

    private static final List<String> IN_A_NETWORK = List.of("unshare", "--net", "sh", "-c",
            "ip link set lo up && exec \"$@\"", "sh");

    private Grader() {
    }

    /**
     * @param temporary where it may have temporary files
     * @param settings by the names that the Makefile's variables have
     */
    static Started grade(Path reports, Path temporary, Map<String, String> settings) {
        return new Started(builder(reports, temporary, settings, Map.of()));
    }

    /** Grades submissions that are shell scripts, {@link #script}. @param more settings, which replace these */
    static Started start(Path reports, Path temporary, Path pile, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("DIR", pile.toString(), "CMD", "sh run {port} {name}"));
        settings.putAll(more);
        return grade(reports, temporary, settings);
    }

    /** A submission that is a shell script, in a folder of submissions. */
    static Path script(Path folder, String name, String... lines) throws IOException {
        Path submission = Files.createDirectories(folder.resolve("submissions").resolve(name));
        Files.writeString(submission.resolve("run"), String.join("\n", lines) + "\n");
        return submission;
    }

    /** The source of a program that only listens, accepts, reads and shows; and sends. @param name of its class */
    static String inJava(String name) {
        return """
                import java.io.*;
                import java.net.*;
                import java.nio.file.*;
                import java.util.*;
                class %s {
                    public static void main(String[] arguments) throws Exception {
                        ServerSocket server = new ServerSocket(Integer.parseInt(arguments[0]));
                        new Thread(() -> {
                            try {
                                while (true) {
                                    try (Scanner friend = new Scanner(server.accept().getInputStream(), "UTF-8")) {
                                        System.out.println(friend.nextLine());
                                    }
                                }
                            } catch (IOException e) {
                                System.exit(1);
                            }
                        }).start();
                        Scanner keyboard = new Scanner(System.in);
                        while (keyboard.hasNextLine()) {
                            String[] parts = keyboard.nextLine().split("/", 2);
                            for (String line : Files.readAllLines(Path.of("users.txt"))) {
                                String[] user = line.split(" ");
                                if (user[0].equals(parts[0])) {
                                    try (Socket friend = new Socket(user[1], Integer.parseInt(user[2]))) {
                                        friend.getOutputStream().write((parts[1] + "\\n").getBytes("UTF-8"));
                                    }
                                }
                            }
                        }
                    }
                }
                """.formatted(name);
    }

    /**
     * By which a process of this run of the tests is known: what it sleeps for, longer than any of these tests.
     *
     * @param number another one for each process
     */
    static String seconds(int number) {
        return number + "." + ProcessHandle.current().pid();
    }

    /** Whether there is a process with this argument. */
    static boolean runs(String argument) {
        return ProcessHandle.allProcesses().anyMatch(one -> hasArgument(one, argument));
    }

    static boolean hasArgument(ProcessHandle process, String argument) {
        return process.info().arguments().filter(all -> List.of(all).contains(argument)).isPresent();
    }

    /** @param environment what else is in the environment */
    static ProcessBuilder builder(Path reports, Path temporary, Map<String, String> settings, Map<String,
            String> environment) {
        ProcessBuilder builder = new ProcessBuilder(java(System.getProperty("peerchat.grade"),
                "-XX:SharedArchiveFile=" + System.getProperty("peerchat.grade.archive"), "-Xlog:disable",
                "grader.Grade", reports.toString()));
        builder.environment().put("TMPDIR", temporary.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        settings.forEach((name, value) -> builder.environment().put("GRADE_" + name, value));
        return builder;
    }

    /** The archive for Gradescope, as make writes it. */
    static Started pack(Path archive, Map<String, String> settings) {
        ProcessBuilder builder = new ProcessBuilder(java(System.getProperty("peerchat.grade"),
                "grader.gradescope.Autograder", archive.toString(), "test/grader"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        settings.forEach((name, value) -> builder.environment().put("GRADE_" + name, value));
        return new Started(builder);
    }

    /** The grading of the grader, in a network of its own if possible: there it does not see the sockets of others. */
    static Started gradeTheGrader(String... arguments) {
        ProcessBuilder builder = test(Matrix.class, arguments);
        if (Networks.works(IN_A_NETWORK, "true")) {
            builder.command().addAll(0, IN_A_NETWORK);
        }
        return new Started(builder);
    }

    /** What it finds out about submissions, {@link Guesses}. */
    static Started guess(String... arguments) {
        return new Started(test(Guesses.class, arguments));
    }

    private static ProcessBuilder test(Class<?> main, String... arguments) {
        List<String> all = new ArrayList<>(List.of(main.getName()));
        all.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(java(System.getProperty("java.class.path"),
                all.toArray(String[]::new)));
        // A JDK that is only named is meant for submissions, too.
        builder.environment().merge("PATH", Path.of(Jdk.java()).getParent().toString(),
                (path, jdk) -> path + File.pathSeparator + jdk);
        return builder;
    }

    private static List<String> java(String classPath, String... rest) {
        List<String> command = new ArrayList<>(List.of("sh", "test/grader/hosts.sh", Jdk.java()));
        command.addAll(List.of(System.getProperty("peerchat.grade.flags").split(" ")));
        command.addAll(List.of("-cp", classPath));
        command.addAll(Arrays.asList(rest));
        return command;
    }
}
