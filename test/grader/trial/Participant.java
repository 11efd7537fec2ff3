package grader.trial;

import grader.verdict.Transcript;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import support.PseudoTerminal;

/** A copy of the submission at work, on a terminal of its own, for one user of the table. */
public final class Participant {

    private static final Duration TO_START = Duration.ofSeconds(20);
    private static final long TO_END_SECONDS = 3;

    private final TrialUser user;
    private final String command;
    private final SubmissionConsole console;
    private final PseudoTerminal terminal;
    private final Process process;
    private final Family family;
    private final SocketList sockets;
    private final Thread reader;
    private volatile String stoppedBecause = "";
    private boolean wasKilled;
    private boolean hasTerminal = true;

    private Participant(TrialUser user, String command, SubmissionConsole console, PseudoTerminal terminal,
            Process process, Family family,
            SocketList sockets) {
        this.user = user;
        this.command = command;
        this.console = console;
        this.terminal = terminal;
        this.process = process;
        this.family = family;
        this.sockets = sockets;
        this.reader = new Thread(this::readScreen, "reads the terminal of " + user.name());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it, whatever comes of it. */
    public static Participant start(TrialUser user, String command, Path folder, SubmissionConsole console, Lab lab) {
        try {
            PseudoTerminal terminal = PseudoTerminal.open();
            terminal.turnEchoOff();
            try {
                return start(user, command, folder, console, lab, terminal);
            } catch (IOException e) {
                terminal.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Participant start(TrialUser user, String command, Path folder, SubmissionConsole console, Lab lab,
            PseudoTerminal terminal)
            throws IOException {
        String commands = Starter.LIMITS + (Shell.isOneCommand(command) ? "exec " : "") + command;
        String mark = Family.newMark();
        ProcessBuilder builder = Starter.prepare(terminal.running(commands), folder, mark)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(Map.of("TERM", "dumb", "LC_ALL", "C.UTF-8"));
        Process process = lab.starter().start(builder);
        return new Participant(user, command, console, terminal, process,
                new Family((int) process.pid(), mark, Path.of(terminal.name())), lab.sockets());
    }

    private void readScreen() {
        try (Reader screen = new InputStreamReader(terminal.screen(), StandardCharsets.UTF_8)) {
            char[] part = new char[8192];
            for (int count = screen.read(part); count >= 0; count = screen.read(part)) {
                console.show(new String(part, 0, count));
                if (console.hasShownTooMuch() && isAlive()) {
                    stop("it has shown more than " + SubmissionConsole.MOST_SHOWN + " characters");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends a program that is out of control. */
    public void stop(String why) {
        stoppedBecause = why + ": ended by the grader";
        console.happened(stoppedBecause);
        family.kill();
    }

    /** In words, for a report. */
    private String howItEnded() {
        return stoppedBecause.isEmpty() ? "it has ended with " + process.exitValue() : stoppedBecause;
    }

    public String name() {
        return user.name();
    }

    public TrialUser user() {
        return user;
    }

    public SubmissionConsole console() {
        return console;
    }

    /** In words, for a report. */
    public String lastShown() {
        return name() + "'s console: " + console.end();
    }

    public Family family() {
        return family;
    }

    /** Types a line and Enter. */
    public void type(String line) {
        typeKeys(line + "\n");
    }

    public void typeKeys(String keys) {
        console.typed(keys);
        try {
            terminal.type(keys.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Presses Ctrl-C. */
    public void interrupt() {
        typeKeys("\u0003");
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until a process of this peer listens on the user's port. @throws Failure if none does in time */
    public void mustListen() {
        // To list all sockets of the machine takes long; as long as no process of the family has one, none listens.
        boolean listens = Patience.until(TO_START, () -> !isAlive()
                || family.hasSockets() && listener(sockets.recent()).isPresent());
        if (!listens || !isAlive()) {
            throw new Failure(name() + " listens on port " + user.port() + " within " + TO_START.toSeconds() + " s",
                    (isAlive() ? otherPorts() : howItEnded()) + "; its console: " + console.end());
        }
    }

    private String otherPorts() {
        List<Long> own = family.everybody().stream().flatMap(member -> member.sockets().stream()).toList();
        List<Integer> ports = sockets.now().stream().filter(end -> end.listens() && own.contains(end.inode()))
                .map(end -> end.local().port()).toList();
        return ports.isEmpty() ? "it listens on no port" : "it listens on " + ports;
    }

    /** The process that listens on the user's port. */
    public Optional<RunningProcess> listener() {
        return listener(sockets.now());
    }

    private Optional<RunningProcess> listener(List<Endpoint> endpoints) {
        List<Long> listening = endpoints.stream()
                .filter(end -> end.listens() && end.local().port() == user.port()).map(Endpoint::inode).toList();
        return listening.isEmpty() ? Optional.empty() : family.holderOf(listening);
    }

    /** The connections that its server has accepted and not closed. */
    public long accepted() {
        return sockets.now().stream().filter(end -> end.isHeld() && end.local().port() == user.port()).count();
    }

    /**
     * The sockets (their inodes) with which it is connected to a friend's server. Nobody else in the trial connects
     * there.
     */
    public List<Long> socketsTo(Participant friend) {
        return sockets.now().stream().filter(end -> end.isHeld() && end.remote().port() == friend.user.port())
                .map(Endpoint::inode).toList();
    }

    /** Whether it has not closed all of these. */
    public boolean hasOpen(List<Long> inodes) {
        return family.holderOf(inodes).isPresent();
    }

    /** Whether this process runs the program that listens: neither its shell, nor a tool that it has called. */
    public boolean isTheProgram(RunningProcess process) {
        return listener().filter(listener -> listener.program().equals(process.program())).isPresent();
    }

    /** @throws Failure if it has ended */
    public void mustBeAlive() {
        if (!isAlive()) {
            throw new Failure(name() + "'s chat goes on", howItEnded() + "; its console: " + console.end());
        }
    }

    /** Kills it as a power failure would. */
    public void kill() {
        console.happened("killed");
        wasKilled = true;
        end();
    }

    public boolean awaitEnd(Duration most) {
        return Patience.until(most, () -> !isAlive());
    }

    /** Ends whatever is left of it, and lets go of its terminal. Once more it does nothing. */
    public synchronized void end() {
        if (!hasTerminal) {
            return;
        }
        family.kill();
        terminal.hangUp();
        try {
            process.waitFor(TO_END_SECONDS, TimeUnit.SECONDS);
            reader.join(TimeUnit.SECONDS.toMillis(TO_END_SECONDS));
        } catch (InterruptedException e) {
            // the next wait of this thread will tell; here is nothing left to wait for
            Thread.currentThread().interrupt();
        }
        if (!reader.isAlive()) { // else somebody has got away with the terminal: the lab will find him in the end
            terminal.close();
        }
        hasTerminal = false;
    }

    /** For the transcript: how it ended, if it did so by itself. */
    public void noteEnd() {
        if (!isAlive() && !wasKilled) {
            console.happened("it has ended with " + process.exitValue());
        }
    }

    public Transcript transcript() {
        return console.transcript(name(), command);
    }
}
