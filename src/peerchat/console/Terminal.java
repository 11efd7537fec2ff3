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
 * The terminal of the console, and its two modes: as it was found, where it edits lines itself, and key by key, where
 * every key comes at once and is not shown. Java has no word for that; {@code stty} does it. (D4)
 */
public final class Terminal {
    private static final String ARE_TERMINALS = "[ -t 0 ] && [ -t 1 ] && stty -g >&2 && stty size >&2";

    /** Ctrl-C stays a signal. Ctrl-Z becomes a key, for the mode is put back before the program stops. */
    private static final String KEY_BY_KEY =
            "-icanon -echo -ixon -iexten noflsh min 1 time 0 susp undef quit undef";

    /** Ctrl-C goes to this child, too, and must not end it before its work is done; nor must the background. */
    private static final String UNDISTURBED_STTY = "trap '' INT QUIT TERM HUP TTOU; exec stty ";

    /** The group that has the terminal of a program without one: standard input is the terminal of another session. */
    private static final String NO_GROUP = "-1";

    private static final String STOP_ALL = "kill -TSTP 0";
    private static final long LONGEST_CALL_SECONDS = 2;
    private static final int USUAL_COLUMNS = 80;
    private static final long LOOKS_EVERY = TimeUnit.MILLISECONDS.toNanos(250);

    private final String found;
    /** Whether its size, its mode or who has it may have changed. */
    private final AtomicBoolean hasChanged = new AtomicBoolean();
    private int columns;
    private volatile boolean isKeyByKey;
    private boolean isClosed;
    private long lastLook;

    private Terminal(String found, int columns) {
        this.found = found;
        this.columns = columns;
    }

    /** The terminal that this program reads from and writes to, if it is one and can be told to hand over keys. */
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

    /** Keys are handed over one by one from now on, as long as this program is the one that has the terminal. */
    synchronized void keyByKey() {
        lastLook = System.nanoTime();
        isKeyByKey = !isClosed && isForeground();
        if (isKeyByKey) {
            call(UNDISTURBED_STTY + KEY_BY_KEY);
        }
    }

    /** Whether this program has the terminal; else the shell has it, and perhaps somebody types there. */
    boolean isOurs() {
        return isKeyByKey && isForeground(); // a shell takes it back without a word
    }

    /** Puts the terminal back as it was found, for good. May be called from any thread, and twice. */
    synchronized void close() {
        isClosed = true;
        putBack();
    }

    /** If the shell has the terminal back, it has set the mode as it needs it. */
    private synchronized void putBack() {
        if (isOurs()) {
            call(UNDISTURBED_STTY + found);
        }
        isKeyByKey = false;
    }

    /** Stops this program, as Ctrl-Z does, until the shell lets it go on; without such a shell it goes on at once. */
    void suspend() {
        putBack();
        call(STOP_ALL); // stops with this program, so it comes back when this program goes on
        keyByKey();
    }

    /** Whether what goes to standard error is seen on this terminal, too. */
    boolean isStandardErrorToo() {
        try {
            return new ProcessBuilder("sh", "-c", "exec 3>&1 4>&2 && [ \"$(tty <&3)\" = \"$(tty <&4)\" ]").inheritIO()
                    .start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (IOException e) {
            return true; // there is no shell to ask; most probably it is
        }
    }

    /** Whether its size, its mode or who has it may have changed since {@link #lookAgain()}. */
    boolean mayHaveChanged() {
        if (!isKeyByKey && System.nanoTime() - lastLook >= LOOKS_EVERY) {
            lastLook = System.nanoTime();
            hasChanged.compareAndSet(false, isForeground()); // a shell does not tell that it gives the terminal back
        }
        return hasChanged.get();
    }

    /** The user sees that something is wrong with it. */
    void doubt() {
        hasChanged.set(true);
    }

    /** Looks again at what may have changed. */
    void lookAgain() {
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
     * @return what it said on standard error, for standard output is the terminal; empty if it failed
     */
    private static Optional<String> call(String command) {
        try {
            Process shell = new ProcessBuilder(List.of("sh", "-c", command)).redirectInput(Redirect.INHERIT)
                    .redirectOutput(Redirect.INHERIT).start();
            try {
                boolean ended = shell.waitFor(LONGEST_CALL_SECONDS, TimeUnit.SECONDS);
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

    /** A first guess, before a shell is started to know for sure. */
    private static boolean mayBeTerminal(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return target.startsWith("/dev") && !target.equals(Path.of("/dev/null"));
        } catch (IOException e) {
            return true; // this system has no /proc
        }
    }

    /** Whether this program has the terminal; in the background it would be stopped for touching the mode. */
    private static boolean isForeground() {
        String[] groups = groups();
        return groups[0].equals(groups[1]);
    }

    /** Whether this program would be stopped for reading from its terminal. */
    static boolean isInBackground() {
        String[] groups = groups();
        return !groups[0].equals(groups[1]) && !groups[1].equals(NO_GROUP);
    }

    /** The process group of this program, and the one that has its terminal; both are empty if this is not known. */
    private static String[] groups() {
        try (InputStream file = new FileInputStream("/proc/self/stat")) { // read for each key, and a stream is quickest
            String stat = new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" "); // state, parent, group, ...
            return new String[] {fields[2], fields[5]};
        } catch (IOException e) {
            return new String[] {"", ""};
        }
    }

    /** The JDK's own signal class is no part of its documented interface; without it Ctrl-L looks again. */
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
            flag.set(true); // nobody will tell: look once more now, and whenever Ctrl-L is pressed
        }
    }
}
