package peerchat.console;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import peerchat.text.Text;

/**
 * The terminal of the console, and its two modes. In canonical mode, as it was found, it edits lines itself. Key by key
 * (noncanonical, without echo), it hands over every key at once. Java cannot change the mode; {@code stty} does. (D4)
 */
public final class Terminal {
    private static final String ARE_TERMINALS = "[ -t 0 ] && [ -t 1 ] && stty -g >&2 && stty size >&2";

    /** Ctrl-C stays a signal. Ctrl-Z becomes a key, because the mode is put back before the program stops. */
    private static final String KEY_BY_KEY =
            "-icanon -echo -ixon -iexten noflsh min 1 time 0 susp undef quit undef";

    /** Signals also reach this child: Ctrl-C, or a stop in the background. It must finish its work all the same. */
    private static final String UNDISTURBED_STTY = "trap '' INT QUIT TERM HUP TTOU; exec stty ";

    /** The foreground group of a program without a controlling terminal: it may read that of another session. */
    private static final String NO_GROUP = "-1";

    private static final String STOP_ALL = "kill -TSTP 0";
    private static final long CALL_TIMEOUT_SECONDS = 2;
    private static final int USUAL_COLUMNS = 80;
    private static final long CHECK_EVERY = TimeUnit.MILLISECONDS.toNanos(250);

    /** The mode as it was found, in the words of {@code stty -g}. */
    private final String foundMode;
    /** Whether the size, the mode or the foreground group may have changed. */
    private final AtomicBoolean hasChanged = new AtomicBoolean();
    private int columns;
    private volatile boolean isKeyByKey;
    private boolean isClosed;
    private long lastCheck;

    private Terminal(String foundMode, int columns) {
        this.foundMode = foundMode;
        this.columns = columns;
    }

    /** The terminal of the console. Empty if there is none, if it is dumb or stty fails, or in the background. */
    static Optional<Terminal> find() {
        if (!mayBeTerminal(0) || !mayBeTerminal(1) || isDumb() || !isForeground()) {
            return Optional.empty();
        }
        return call(ARE_TERMINALS).map(answer -> {
            String[] lines = answer.split("\n");
            Terminal terminal = new Terminal(lines[0], columnsIn(lines[lines.length - 1]));
            onSignal("WINCH", terminal.hasChanged);
            onSignal("CONT", terminal.hasChanged);
            return terminal;
        });
    }

    /** Switches to key by key, if this program is in the foreground. */
    synchronized void keyByKey() {
        lastCheck = System.nanoTime();
        isKeyByKey = !isClosed && isForeground();
        if (isKeyByKey) {
            call(UNDISTURBED_STTY + KEY_BY_KEY);
        }
    }

    /** Returns true if this program has the terminal; else the shell has it, and perhaps somebody types there. */
    boolean isOurs() {
        return isKeyByKey && isForeground(); // a shell takes the terminal back without a signal
    }

    /** Puts back the mode that was found, for good. May be called from any thread, and twice. */
    synchronized void close() {
        isClosed = true;
        putBack();
    }

    /** Puts back the mode that was found, unless the shell has the terminal: then it has set the mode itself. */
    private synchronized void putBack() {
        if (isOurs()) {
            call(UNDISTURBED_STTY + foundMode);
        }
        isKeyByKey = false;
    }

    /** Stops this program, as Ctrl-Z does, until the shell continues it. Without job control it goes on at once. */
    void suspend() {
        putBack();
        call(STOP_ALL); // returns when this program is continued, because the child is stopped, too
        keyByKey();
    }

    /** Returns true if standard error is this terminal, too. */
    boolean isStandardErrorToo() {
        try {
            return new ProcessBuilder("sh", "-c", "exec 3>&1 4>&2 && [ \"$(tty <&3)\" = \"$(tty <&4)\" ]").inheritIO()
                    .start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (IOException e) {
            return true; // there is no shell to ask; most probably it is the same terminal
        }
    }

    /** Returns true if the size, the mode or the foreground group may have changed since {@link #update()}. */
    boolean mayHaveChanged() {
        if (!isKeyByKey && System.nanoTime() - lastCheck >= CHECK_EVERY) {
            lastCheck = System.nanoTime();
            hasChanged.compareAndSet(false, isForeground()); // a shell gives the terminal back without a signal
        }
        return hasChanged.get();
    }

    /** Lets {@link #mayHaveChanged()} return true, because the user has pressed Ctrl-L. */
    void requestUpdate() {
        hasChanged.set(true);
    }

    /** Switches to key by key again, and asks for the size. */
    void update() {
        hasChanged.set(false);
        keyByKey();
        columns = call("stty size >&2").map(Terminal::columnsIn).orElse(columns);
    }

    int columns() {
        return columns;
    }

    private static boolean isDumb() {
        String type = System.getenv("TERM");
        return type == null || type.isEmpty() || type.equals("dumb");
    }

    private static int columnsIn(String size) {
        String[] numbers = size.strip().split(" ");
        int columns = numbers.length == 2 && Text.isNumber(numbers[1], 5) ? Integer.parseInt(numbers[1]) : 0;
        return columns > 0 ? columns : USUAL_COLUMNS;
    }

    /**
     * Runs a command of the shell on this terminal.
     *
     * @return its standard error, because standard output is the terminal; empty if the command failed
     */
    private static Optional<String> call(String command) {
        try {
            Process shell = new ProcessBuilder(List.of("sh", "-c", command)).redirectInput(Redirect.INHERIT)
                    .redirectOutput(Redirect.INHERIT).start();
            try {
                boolean ended = shell.waitFor(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
                return ended && shell.exitValue() == 0
                        ? Optional.of(new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                        : Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty(); // there is no shell
        }
    }

    /** Returns false if the descriptor surely is no terminal. This saves the start of a shell. */
    private static boolean mayBeTerminal(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return target.startsWith("/dev") && !target.equals(Path.of("/dev/null"));
        } catch (IOException e) {
            return true; // this system has no /proc
        }
    }

    /** Returns true in the foreground. In the background, this program would be stopped for setting the mode. */
    private static boolean isForeground() {
        String[] groups = groups();
        return groups[0].equals(groups[1]);
    }

    /** Returns true if this program would be stopped for reading from its terminal. */
    static boolean isInBackground() {
        String[] groups = groups();
        return !groups[0].equals(groups[1]) && !groups[1].equals(NO_GROUP);
    }

    /** The process group of this program, and the foreground group of its terminal; both empty if unknown. */
    private static String[] groups() {
        try (InputStream file = new FileInputStream("/proc/self/stat")) { // read for each key, and a stream is quickest
            String stat = new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" "); // state, parent, group, ...
            return new String[] {fields[2], fields[5]};
        } catch (IOException e) {
            return new String[] {"", ""};
        }
    }

    /** From now on a signal sets a flag. Not every JDK has the undocumented class for that; Ctrl-L does the same. */
    private static void onSignal(String name, AtomicBoolean flag) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object setFlag = Proxy.newProxyInstance(Terminal.class.getClassLoader(), new Class<?>[] {handler},
                    (proxy, method, arguments) -> {
                        flag.set(true);
                        return null;
                    });
            signal.getMethod("handle", signal, handler).invoke(null,
                    signal.getConstructor(String.class).newInstance(name), setFlag);
        } catch (ReflectiveOperationException e) {
            flag.set(true); // no signal will come: update once now, and whenever Ctrl-L is pressed
        }
    }
}
