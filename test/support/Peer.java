package support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The chat program as a process, started as a user would start it. */
public final class Peer extends Started {

    private Peer(ProcessBuilder builder) {
        super(builder);
    }

    private Peer(ProcessBuilder builder, Consumer<String> onLine) {
        super(builder, Optional.of(onLine));
    }

    /** Starts the user's chat, whose lines go to the consumer and are not kept, and waits until it listens. */
    public static Peer watch(Table table, String name, Consumer<String> onLine, String... options) {
        CountDownLatch listens = new CountDownLatch(1);
        Peer peer = new Peer(program(table.file(), options(table.port(name), options)), line -> {
            if (line.startsWith("* you are ")) {
                listens.countDown();
            }
            onLine.accept(line);
        });
        Await.until(() -> listens.getCount() == 0, () -> name + " does not listen: " + peer.errors());
        return peer;
    }

    /** Starts the user's chat and waits until it listens. */
    public static Peer start(Table table, String name, String... options) {
        Peer peer = new Peer(program(table.file(), options(table.port(name), options)));
        peer.awaitLineWith("listening on ");
        return peer;
    }

    /** Starts it with these arguments, whatever comes of it. */
    public static Peer startWith(String... arguments) {
        return new Peer(new ProcessBuilder(command(arguments)));
    }

    /** Starts what was built with {@link #program} or {@link #command}. */
    public static Peer start(ProcessBuilder builder) {
        return new Peer(builder);
    }

    public static ProcessBuilder program(Path table, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--users", table.toString()));
        all.addAll(List.of(arguments));
        return new ProcessBuilder(command(all.toArray(String[]::new)));
    }

    /** The command line: the jar starts itself, with the JVM of the tests, and these arguments. */
    public static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "JAVA_HOME=" + System.getProperty("java.home"), "sh",
                jar().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    public static Path jar() {
        return Path.of(System.getProperty("peerchat.jar"));
    }

    /** Types /quit and waits for the end. */
    public int quit() {
        type("/quit");
        return awaitExit();
    }

    private static String[] options(int port, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add(Integer.toString(port));
        return all.toArray(String[]::new);
    }
}
