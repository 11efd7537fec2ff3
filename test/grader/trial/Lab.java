package grader.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import support.Interrupts;

/**
 * Where submissions run: a temporary folder, and everything that is alive in it. Nothing is left of it when it closes.
 */
public final class Lab implements AutoCloseable {

    /** Processes of one peer; a program that has more is out of control. */
    private static final int MOST_PROCESSES = 100;
    private static final long PERIOD_MILLIS = 200;
    private static final Duration TO_CLEAN = Duration.ofSeconds(15);

    private final Path folder;
    private final Spectator spectator;
    private final SharedList<Endpoint> sockets = new SharedList<>(() -> Endpoint.all(Path.of("/proc/net")));
    private final SharedList<RunningProcess> processes = new SharedList<>(RunningProcess::all);
    private final Starter starter = new Starter();
    private volatile boolean isClosed;
    private final Set<Participant> alive = ConcurrentHashMap.newKeySet();
    /** The submissions that are graded now, each with the orphans that were there before. */
    private final Map<Submission, Set<ProcessHandle>> graded = new HashMap<>();
    private final Thread guard = new Thread(this::guard, "looks for programs out of control");
    private final Thread atExit = new Thread(this::close, "leaves nothing behind");
    private boolean hasClosed;

    private Lab(Path folder, Spectator spectator) {
        this.folder = folder;
        this.spectator = spectator;
        guard.setDaemon(true);
        guard.start();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Nobody looks on. */
    public static Lab open() throws IOException {
        return open(result -> { });
    }

    /** Closes by itself when the grader is interrupted. @throws IOException if there is no room for it */
    public static Lab open(Spectator spectator) throws IOException {
        Family.adoptOrphans();
        Interrupts.heed();
        Path temporary = Path.of(Optional.ofNullable(System.getenv("TMPDIR")).filter(name -> !name.isBlank())
                .orElse(System.getProperty("java.io.tmpdir")));
        if (!Files.isDirectory(temporary)) {
            throw new WrongUse("TMPDIR=" + temporary + ": no such folder");
        }
        Lab lab = new Lab(Files.createTempDirectory(temporary.toAbsolutePath(), "grade"), spectator);
        lab.mustRunPrograms(temporary);
        return lab;
    }

    /** A file system can be mounted so that nothing on it can be run (noexec): no submission is to blame for that. */
    private void mustRunPrograms(Path temporary) throws IOException {
        Path program = folder.resolve("try");
        starter.copy(() -> Files.writeString(program, "#!/bin/sh\n"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        try {
            starter.start(new ProcessBuilder(program.toString()));
        } catch (IOException e) {
            close();
            throw new WrongUse("no program can be run in " + temporary + " (is it mounted noexec?): name another "
                    + "folder, TMPDIR=FOLDER");
        }
    }

    public Path newFolder(String prefix) throws IOException {
        return Files.createTempDirectory(folder, prefix);
    }

    public Spectator spectator() {
        return spectator;
    }

    public SharedList<Endpoint> sockets() {
        return sockets;
    }

    public SharedList<RunningProcess> processes() {
        return processes;
    }

    public Starter starter() {
        return starter;
    }

    /** Whether nothing that is seen in it is to be believed any more: its programs are being ended. */
    public boolean isClosed() {
        return isClosed;
    }

    /** From now on it is ended when the lab closes. @throws OutOfTime if it has closed already */
    public void add(Participant peer) {
        alive.add(peer);
        if (isClosed) {
            end(peer);
            throw new OutOfTime();
        }
    }

    public void end(Participant peer) {
        peer.end();
        alive.remove(peer);
    }

    /** From now on, a new orphan may be this submission's. */
    void begin(Submission submission) {
        synchronized (graded) {
            graded.put(submission, orphans());
        }
    }

    /**
     * Ends the orphans that can be of no submission that is graded now: one that hides who it is would else be a burden
     * for all others.
     */
    void end(Submission submission) {
        synchronized (graded) {
            graded.remove(submission);
            Set<ProcessHandle> left = orphans();
            graded.values().forEach(left::retainAll);
            left.forEach(one -> {
                one.descendants().forEach(ProcessHandle::destroyForcibly);
                one.destroyForcibly();
            });
        }
    }

    private Set<ProcessHandle> orphans() {
        return starter.whileNothingStarts(() -> processes.now().stream().filter(this::isOrphan)
                .map(one -> ProcessHandle.of(one.pid())).flatMap(Optional::stream).collect(Collectors.toSet()));
    }

    private void guard() {
        Set<Integer> ended = Set.of();
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                try {
                    ended = guard(processes.recent(), ended);
                } catch (UncheckedIOException e) {
                    continue; // this machine is short of something: all the more it has to be looked at
                }
            }
        } catch (InterruptedException e) {
            return; // closed
        }
    }

    /** @return the orphans that have ended */
    private Set<Integer> guard(List<RunningProcess> all, Set<Integer> endedBefore) {
        boolean mayHideMany = all.stream().filter(this::isOrphan).count() > MOST_PROCESSES;
        for (Participant peer : alive) {
            if (peer.family().among(all, mayHideMany).size() > MOST_PROCESSES) {
                peer.stop("it has more than " + MOST_PROCESSES + " processes");
            }
        }
        return reap(all, endedBefore);
    }

    /**
     * Lets go of the orphans that had ended at the last look already. Those of now may be the grader's own children,
     * whose end is not waited for yet because they have only just started.
     *
     * @return those of now
     */
    private Set<Integer> reap(List<RunningProcess> all, Set<Integer> endedBefore) {
        Set<Integer> ended = all.stream().filter(one -> isOrphan(one) && one.isZombie()).map(RunningProcess::pid)
                .collect(Collectors.toSet());
        ended.stream().filter(endedBefore::contains).forEach(Family::reap);
        return ended;
    }

    /** Whether the grader is its parent now because its own one has ended. */
    boolean isOrphan(RunningProcess one) {
        return one.parent() == ProcessHandle.current().pid() && !starter.waitsFor(one.pid());
    }

    /** Those of the grader, and the orphans that have come to it. */
    private static Stream<RunningProcess> children() {
        return RunningProcess.all().stream()
                .filter(one -> one.parent() == ProcessHandle.current().pid() && !one.isZombie());
    }

    /** Ends what still runs, also what has got away from its family, and deletes what is on disk. */
    @Override
    public void close() {
        isClosed = true;
        guard.interrupt();
        closeOnce();
    }

    private synchronized void closeOnce() {
        if (hasClosed) {
            return;
        }
        alive.forEach(this::end);
        // When the grader is interrupted, trials may still be starting and writing something.
        boolean isGone = Patience.until(TO_CLEAN, () -> {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            // As long as one of its processes is a zombie here, a machine is not quite gone.
            List<RunningProcess> all = RunningProcess.all();
            reap(all, all.stream().map(RunningProcess::pid).collect(Collectors.toSet()));
            return Folders.delete(folder) && children().findAny().isEmpty();
        });
        if (!isGone) {
            System.err.println("grade: " + folder + " cannot be deleted, or something of it still runs: "
                    + children().map(one -> one.name() + " (" + one.pid() + ")").toList());
        }
        hasClosed = true;
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // it is this very hook that closes
        }
    }
}
