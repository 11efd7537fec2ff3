package demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import support.Await;
import support.Table;

/**
 * Three friends chat for half a minute, as real processes; their consoles are shown side by side. Then their traces
 * become a page, on which can be seen how one loop each did it. Arguments: a folder for what it writes, and perhaps
 * {@code quick}.
 */
public final class Demo {

    private static final String QUICK = "quick";
    private static final int WRONG_USAGE = 2;
    /** Seconds that a process is given to leave before it is killed. */
    private static final long LEAVE_SECONDS = 2;

    private final Path folder;
    private final Script script;
    private final PrintStream out;

    private Demo(Path folder, Script script, PrintStream out) {
        this.folder = folder;
        this.script = script;
        this.out = out;
    }

    public static void main(String[] arguments) {
        boolean quick = arguments.length == 2 && arguments[1].equals(QUICK);
        if (arguments.length != 1 && !quick || System.getProperty("peerchat.jar") == null) {
            System.err.println("usage: java -Dpeerchat.jar=FILE demo.Demo FOLDER [" + QUICK + "]");
            System.exit(WRONG_USAGE);
        }
        AtomicBoolean isEnding = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            isEnding.set(true);
            endProcesses();
        }, "ends the processes"));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try {
            new Demo(Path.of(arguments[0]), quick ? Script.QUICK : Script.FOR_PEOPLE, out).run();
        } catch (IOException | RuntimeException | AssertionError e) {
            if (!isEnding.get()) { // else it is the consequence of Ctrl-C
                System.err.println("demo: " + (e.getMessage() == null ? e : e.getMessage()));
                System.exit(1);
            }
        }
    }

    private void run() throws IOException {
        Files.createDirectories(folder);
        for (String name : Script.FRIENDS) {
            Files.deleteIfExists(traceOf(name));
        }
        Path merged = folder.resolve("demo.json");
        Files.deleteIfExists(merged);
        int messages = talk();
        List<PeerTrace> traces = new ArrayList<>();
        for (String name : Script.FRIENDS) {
            traces.add(TraceReader.read(traceOf(name)));
        }
        TraceReader.merge(Script.FRIENDS.stream().map(this::traceOf).toList(), merged);
        Path page = folder.resolve("demo.html");
        Files.writeString(page, Page.of(traces));
        out.println();
        out.println(messages + " messages were shown; the page: " + page
                + "; the trace, for a viewer such as Perfetto: " + merged);
    }

    /** @return how many messages the consoles have shown */
    private int talk() {
        Table table = Table.of(Script.FRIENDS.get(0), Script.FRIENDS.get(1), Script.FRIENDS.get(2), Script.OFFLINE);
        SideBySide consoles = SideBySide.on(out, Script.FRIENDS);
        List<Friend> friends = new ArrayList<>();
        try {
            for (String name : Script.FRIENDS) {
                friends.add(Friend.start(table, name, traceOf(name), script.idleSeconds(), consoles));
            }
            script.play(friends.get(0), friends.get(1), friends.get(2));
            return consoles.messages();
        } finally {
            friends.forEach(Friend::close);
        }
    }

    private Path traceOf(String name) {
        return folder.resolve("demo-" + name + ".json");
    }

    /** Whatever happened, nobody is left behind, nor one that was just being started. */
    private static void endProcesses() {
        List<ProcessHandle> running = ProcessHandle.current().descendants().toList();
        running.forEach(ProcessHandle::destroy);
        try {
            Await.until(() -> running.stream().noneMatch(ProcessHandle::isAlive), LEAVE_SECONDS, () -> "still running");
        } catch (AssertionError e) {
            running.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
