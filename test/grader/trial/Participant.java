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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import support.PseudoTerminal;
import support.Session;

/** A copy of the submission at work, on a terminal of its own, for one user of the table. */
public final class Participant {

    private static final Duration TO_START = Duration.ofSeconds(20);
    private static final long TO_END_SECONDS = 3;
    private static final long TO_SHOW_THE_REST_MILLIS = 300;
    private static final int BY_SIGNAL = 128;
    /** Those by which programs end without being asked. */
    private static final Map<Integer, String> SIGNALS = Map.of(1, "SIGHUP", 2, "SIGINT", 4, "SIGILL", 6, "SIGABRT",
            7, "SIGBUS", 8, "SIGFPE (such as a division by zero)", 9, "SIGKILL", 11, "SIGSEGV (a wrong pointer)",
            13, "SIGPIPE (written to a connection that has ended)", 15, "SIGTERM");

    private final TrialUser user;
    private final Host host;
    private final String command;
    private final SubmissionConsole console;
    private final PseudoTerminal terminal;
    private final Process process;
    private final Family family;
    private final Thread reader;
    private final Thread witness;
    private volatile String stoppedBecause = "";
    private volatile boolean isEndedByGrader;
    private volatile boolean isInterrupted;
    private volatile long endedAt = System.nanoTime();
    private boolean hasTerminal = true;

    private Participant(TrialUser user, Host host, String command, SubmissionConsole console, PseudoTerminal terminal,
            Process process, Family family) {
        this.user = user;
        this.host = host;
        this.command = command;
        this.console = console;
        this.terminal = terminal;
        this.process = process;
        this.family = family;
        this.reader = new Thread(this::readScreen, "reads the terminal of " + user.name());
        reader.setDaemon(true);
        reader.start();
        this.witness = new Thread(this::noteEnd, "waits for the end of " + user.name());
        witness.setDaemon(true);
        witness.start();
    }

    /** Starts it on the user's machine, whatever comes of it. */
    public static Participant start(TrialUser user, Host host, String command, Path folder, SubmissionConsole console,
            Lab lab) {
        try {
            PseudoTerminal terminal = PseudoTerminal.open();
            terminal.turnEchoOff();
            try {
                return start(user, host, command, folder, console, lab, terminal);
            } catch (IOException | RuntimeException e) {
                terminal.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Participant start(TrialUser user, Host host, String command, Path folder, SubmissionConsole console,
            Lab lab, PseudoTerminal terminal) throws IOException {
        // Who enters a machine is in its root folder.
        String commands = "cd " + Session.quoted(List.of(folder.toString())) + "; " + Starter.LIMITS
                + (Shell.isOneCommand(command) ? "exec " : "") + command;
        String mark = Family.newMark();
        ProcessBuilder builder = Starter.prepare(host.running(terminal.running(commands)), folder, mark)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(Map.of("TERM", "dumb", "LC_ALL", "C.UTF-8"));
        Process process = lab.starter().start(builder);
        return new Participant(user, host, command, console, terminal, process,
                family(host, process, mark, Path.of(terminal.name()), lab));
    }

    /** On a machine of its own, it is a child of the process that has entered it. */
    private static Family family(Host host, Process process, String mark, Path terminal, Lab lab) {
        int launcher = (int) process.pid();
        if (!host.isApart()) {
            return new Family(launcher, mark, terminal, Set.of(), lab);
        }
        int[] leader = {launcher};
        Patience.until(TO_START, () -> {
            leader[0] = RunningProcess.childOf(process).orElse(launcher);
            return leader[0] != launcher || !process.isAlive();
        });
        return new Family(leader[0], mark, terminal, Set.of(host.first(), launcher), lab);
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

    /** In words, for a report, with the time when it was and what it has shown last. */
    private String howItEnded() {
        awaitNote();
        String how = stoppedBecause.isEmpty() ? exit() : stoppedBecause;
        return name() + ": " + how + String.format(Locale.ROOT, " at %.2f s; its console: ",
                console.secondsAt(endedAt)) + console.end();
    }

    /** A signal is told by its name: a shell, and Java, add 128 to its number. */
    private String exit() {
        int status = process.exitValue();
        return SIGNALS.containsKey(status - BY_SIGNAL) ? "it was ended by the signal " + SIGNALS.get(status - BY_SIGNAL)
                : "it has ended with exit status " + status;
    }

    /** What it has shown last may still be on its way when it has ended. */
    private void noteEnd() {
        try {
            process.waitFor();
            endedAt = System.nanoTime();
            reader.join(TO_SHOW_THE_REST_MILLIS);
        } catch (InterruptedException e) {
            return; // nobody interrupts this thread
        }
        if (hasEndedByItself()) {
            console.happened(exit(), endedAt);
        }
    }

    /** Until its end, if it has ended, is noted in the transcript. */
    void awaitNote() {
        try {
            if (!isAlive()) {
                witness.join(TimeUnit.SECONDS.toMillis(TO_END_SECONDS));
            }
        } catch (InterruptedException e) {
            throw new OutOfTime();
        }
    }

    /** Whether neither the grader has ended it, nor it still lives. */
    public boolean hasEndedByItself() {
        return !isAlive() && !isEndedByGrader && stoppedBecause.isEmpty();
    }

    /** For a report: how it ended, if the grader did not want that; else empty. */
    String unwantedEnd() {
        return hasEndedByItself() && !isInterrupted || !isAlive() && !stoppedBecause.isEmpty() ? howItEnded() : "";
    }

    public String name() {
        return user.name();
    }

    public TrialUser user() {
        return user;
    }

    /** On which it runs. */
    public Host host() {
        return host;
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

    /** Presses Ctrl-C: its end is wanted. */
    public void interrupt() {
        isInterrupted = true;
        typeKeys("\u0003");
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until a process of this peer listens on the user's port. @throws Failure if none does in time */
    public void mustListen() {
        // To list all sockets of the machine takes long; as long as no process of the family has one, none listens.
        boolean listens = Patience.until(TO_START, () -> !isAlive() || isListening());
        if (!listens || !isAlive()) {
            throw new Failure(name() + " listens on port " + user.port() + " within " + TO_START.toSeconds() + " s",
                    isAlive() ? otherPorts() + "; its console: " + console.end() : howItEnded());
        }
        List<Endpoint> servers = host.sockets().recent().stream().filter(this::isServer).toList();
        if (!servers.isEmpty() && servers.stream().noneMatch(end -> end.local().isReachedAt(place()))) {
            throw new Failure(name() + "'s server is reached at " + user.address() + ", the address of the table",
                    "it listens on port " + user.port() + " of another address, perhaps 127.0.0.1");
        }
    }

    private boolean isListening() {
        return family.hasSockets() && listener(host.sockets().recent()).isPresent();
    }

    private boolean isServer(Endpoint end) {
        return end.listens() && end.local().port() == user.port();
    }

    /** Where its server is, as the table says. */
    public Link.Place place() {
        return Link.Place.of(user.address(), user.port());
    }

    private String otherPorts() {
        long moment = System.nanoTime();
        Set<Long> own = ownSockets(moment);
        List<Integer> ports = host.sockets().since(moment).stream()
                .filter(end -> end.listens() && own.contains(end.inode())).map(end -> end.local().port()).toList();
        return ports.isEmpty() ? "it listens on no port" : "it listens on " + ports;
    }

    /** The process that listens on the user's port. */
    public Optional<RunningProcess> listener() {
        return listener(host.sockets().now());
    }

    private Optional<RunningProcess> listener(List<Endpoint> endpoints) {
        List<Long> listening = endpoints.stream().filter(this::isServer).map(Endpoint::inode).toList();
        return listening.isEmpty() ? Optional.empty() : family.holderOf(listening);
    }

    /** The connections that its server has accepted and not closed. */
    public long accepted() {
        return ofTheServer().filter(Endpoint::isHeld).count();
    }

    /** Whether its server has not accepted yet a connection that has come, or not closed one that has ended. */
    public boolean isBehind() {
        return ofTheServer().anyMatch(end -> !end.isHeld() || end.state() == Endpoint.State.CLOSE_WAIT);
    }

    /** Whether its server has not closed yet a connection that the other side has ended. */
    public boolean hasUnseenEnd() {
        return ofTheServer().anyMatch(end -> end.isHeld() && end.state() == Endpoint.State.CLOSE_WAIT);
    }

    private Stream<Endpoint> ofTheServer() {
        return host.sockets().now().stream().filter(end -> end.isConnected() && end.local().port() == user.port());
    }

    /** Its connections to a friend's server, as long as neither side has closed them. */
    public Set<Link> connectionsTo(Participant friend) {
        Link.Place server = friend.place();
        return connections(System.nanoTime()).filter(end -> end.state() == Endpoint.State.ESTABLISHED
                && end.remote().equals(server)).map(Endpoint::link).collect(Collectors.toSet());
    }

    /** The sockets (their inodes) with which it is connected to a friend, whoever has made the connection. */
    public List<Long> socketsTo(Participant friend) {
        long moment = System.nanoTime();
        Set<Link> ofTheFriend = friend.connections(moment).map(Endpoint::link).collect(Collectors.toSet());
        Link.Place server = friend.place();
        return connections(moment).filter(end -> end.remote().equals(server) || ofTheFriend.contains(end.link()))
                .map(Endpoint::inode).toList();
    }

    /** Its ends of connections. */
    private Stream<Endpoint> connections(long moment) {
        Set<Long> own = ownSockets(moment);
        return host.sockets().since(moment).stream().filter(end -> end.isHeld() && own.contains(end.inode()));
    }

    private Set<Long> ownSockets(long moment) {
        return family.everybody(moment).stream().flatMap(member -> member.sockets().stream())
                .collect(Collectors.toSet());
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
            throw new Failure(name() + "'s chat goes on", howItEnded());
        }
    }

    /** Stops it in the middle of whatever it does, and waits until it stands still. */
    public void freeze() {
        family.freeze();
        console.happened("stopped (SIGSTOP)");
    }

    public void thaw() {
        console.happened("goes on (SIGCONT)");
        family.thaw();
    }

    /** Kills it as a power failure would. */
    public void kill() {
        console.happened("killed");
        end();
    }

    /** From now on its end is the grader's doing. */
    void expectEnd() {
        isEndedByGrader = true;
    }

    public boolean awaitEnd(Duration most) {
        return Patience.until(most, () -> !isAlive());
    }

    /** Ends whatever is left of it, and lets go of its terminal. Once more it does nothing. */
    public synchronized void end() {
        if (!hasTerminal) {
            return;
        }
        isEndedByGrader = true;
        if (host.isGone()) {
            process.destroyForcibly(); // the launcher: it may be stopped
        } else {
            family.kill();
        }
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

    public Transcript transcript() {
        return console.transcript(name(), command);
    }
}
