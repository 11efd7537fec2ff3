package bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import support.Jdk;
import support.Peer;
import support.Session;
import support.Table;

/** A program that is measured: all are given the same work by the same driver. */
enum Program {

    JAVA("Java"),
    CPP("C++"),
    /** The same, of sources from which every line that speaks to the trace was taken out. */
    WITHOUT_TRACE("the chat whose only trace does nothing"),
    /** The same, with a trace being written. */
    TRACING("the chat with --trace-file");

    /** Longer than any silence that is measured. */
    private static final String IDLE_TIMEOUT_SECONDS = "300";

    private final String title;

    Program(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The command that starts this program as a user of the table, as {@code make run} does. */
    List<String> command(Table table, String user) {
        String port = Integer.toString(table.port(user));
        String users = table.file().toString();
        return switch (this) {
            case JAVA -> command(Peer.jar(), table, user);
            case WITHOUT_TRACE -> command(untraced(), table, user);
            case TRACING -> List.of("sh", Peer.jar().toString(), "--users", users, "--idle-timeout",
                    IDLE_TIMEOUT_SECONDS, "--trace-file", traceBeside(table), port);
            case CPP -> List.of(twin().toString(), port, users, IDLE_TIMEOUT_SECONDS);
        };
    }

    /** The command for a chat in that jar. */
    static List<String> command(Path jar, Table table, String user) {
        return List.of("sh", jar.toString(), "--users", table.file().toString(), "--idle-timeout", IDLE_TIMEOUT_SECONDS,
                Integer.toString(table.port(user)));
    }

    /** Those that can be measured here: without g++ there is no twin. */
    static List<Program> available() {
        return Files.isExecutable(twin()) ? List.of(JAVA, CPP) : List.of(JAVA);
    }

    /** Those that show what the trace costs. */
    static List<Program> aroundTheTrace() {
        return List.of(JAVA, WITHOUT_TRACE, TRACING);
    }

    private static Path untraced() {
        return Path.of(System.getProperty("peerchat.untraced"));
    }

    private static String traceBeside(Table table) {
        Path file = Path.of(table.file() + ".json");
        file.toFile().deleteOnExit();
        return file.toString();
    }

    private static Path twin() {
        return Path.of(System.getProperty("peerchat.twin"));
    }

    /** A JVM with the flags that everybody has, which only does what {@code main} of that class does. */
    static List<String> plainJvm(Class<?> main) {
        return List.of(Jdk.java(), "-cp", home(main),
                main.getName());
    }

    /** The same, with the flags of the chat. */
    static List<String> plainJvmWithFlags(Class<?> main) {
        List<String> command = new ArrayList<>(Peer.command());
        // What follows the name of the class is its arguments: the jar is one, and is not started.
        command.add(1, "PEERCHAT_JVM_OPTIONS=-cp " + home(main) + " " + main.getName());
        return command;
    }

    /** The jar of a class, from here: there are no blanks in that. */
    private static String home(Class<?> main) {
        return Path.of("").toAbsolutePath().relativize(Session.place(main)).toString();
    }
}
