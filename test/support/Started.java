package support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A process that a test started: its output line by line, its keyboard, its end. Closing it kills it. */
public class Started implements AutoCloseable {

    private static final long EXIT_SECONDS = 90;

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final Thread outputReader;
    private final Thread errorReader;

    public Started(ProcessBuilder builder) {
        this(builder, Optional.empty());
    }

    /** @param instead takes the lines of standard output, which are not kept then: for output too large to keep */
    protected Started(ProcessBuilder builder, Optional<Consumer<String>> instead) {
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        outputReader = collect(process.getInputStream(), instead.orElse(line -> keep(lines, line)));
        errorReader = collect(process.getErrorStream(), line -> keep(errors, line));
        Consoles.add(new Consoles.Console(process.pid(), lines, errors));
    }

    /** Types a line and Enter. */
    public void type(String line) {
        typeRaw((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public void typeRaw(byte[] bytes) {
        try {
            process.getOutputStream().write(bytes);
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until exactly this line was shown. */
    public void awaitLine(String line) {
        awaitLine(line::equals, "the line \"" + line + "\"");
    }

    public void awaitLineWith(String part) {
        awaitLine(line -> line.contains(part), "a line with \"" + part + "\"");
    }

    public void awaitLine(Predicate<String> wanted, String description) {
        Await.until(() -> lines().stream().anyMatch(wanted), () -> "no " + description + " in " + whatIsThere());
    }

    public void awaitLine(Predicate<String> wanted, long seconds, String description) {
        Await.until(() -> lines().stream().anyMatch(wanted), seconds, () -> "no " + description + " in "
                + whatIsThere());
    }

    /** The same for a program that says how far it is: it may take its time as long as lines still come. */
    public void awaitLineWhileOthersCome(Predicate<String> wanted, long secondsBetweenLines, String description) {
        while (lines().stream().noneMatch(wanted)) {
            int count = lines().size();
            Await.until(() -> lines().size() > count, secondsBetweenLines, () -> "no " + description + " in "
                    + whatIsThere());
        }
    }

    public void awaitError(Predicate<String> wanted, long seconds) {
        Await.until(() -> errors().stream().anyMatch(wanted), seconds, () -> "not the error in " + whatIsThere());
    }

    public void awaitErrorWith(String part) {
        Await.until(() -> errors().stream().anyMatch(line -> line.contains(part)),
                () -> "no \"" + part + "\" in " + errors());
    }

    public void awaitCount(Predicate<String> wanted, int count) {
        Await.until(() -> lines().stream().filter(wanted).count() >= count,
                () -> "not " + count + " such lines, but " + lines().stream().filter(wanted).count() + " in "
                + whatIsThere());
    }

    private String whatIsThere() {
        return lines() + (errors().isEmpty() ? "" : ", errors " + errors())
                + (process.isAlive() ? "" : ", and it has ended with " + process.exitValue());
    }

    /** What standard output has shown so far. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** The shown lines without the notices. */
    public List<String> messages() {
        return lines().stream().filter(line -> !line.startsWith("* ")).toList();
    }

    public List<String> errors() {
        synchronized (errors) {
            return List.copyOf(errors);
        }
    }

    public Process process() {
        return process;
    }

    /** Ends the keyboard's pipe. */
    public void closeKeyboard() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a signal by its name: TERM, INT, STOP, CONT. After STOP it stands still, every thread of it. The shell has
     * a command kill of its own: many systems have no program of that name.
     */
    public void signal(String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
            if (name.equals("STOP")) {
                Await.until(() -> Stopped.isStopped(process.pid()), () -> "it was stopped, and goes on");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end of the process and of its output. */
    public int awaitExit() {
        try {
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after " + EXIT_SECONDS + " s: " + lines() + errors());
            }
            outputReader.join(TimeUnit.SECONDS.toMillis(EXIT_SECONDS));
            errorReader.join(TimeUnit.SECONDS.toMillis(EXIT_SECONDS));
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void keep(List<String> lines, String line) {
        synchronized (lines) {
            lines.add(line);
        }
    }

    private static Thread collect(InputStream stream, Consumer<String> taker) {
        Thread reader = new Thread(() -> {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    taker.accept(line);
                }
            } catch (IOException e) {
                // The process was killed: what it wrote before was read.
            }
        }, "output of a started process");
        reader.setDaemon(true);
        reader.start();
        return reader;
    }
}
