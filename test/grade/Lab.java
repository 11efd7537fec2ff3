package grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Where submissions run: a temporary folder, and everything that is alive in it. Nothing is left of it when it closes. */
public final class Lab implements AutoCloseable {

    /** Processes of one peer; a program that has more is out of control. */
    private static final int MOST_PROCESSES = 100;
    private static final long PERIOD_MILLIS = 200;
    private static final Duration TO_CLEAN = Duration.ofSeconds(5);

    private final Path folder;
    private final Sockets sockets = new Sockets();
    private final Starter starter = new Starter();
    private volatile boolean isClosed;
    private final Set<Peer> alive = ConcurrentHashMap.newKeySet();
    private final Thread guard = new Thread(this::guard, "looks for programs out of control");

    private Lab(Path folder) {
        this.folder = folder;
        guard.setDaemon(true);
        guard.start();
    }

    /** @throws IOException if there is no room for it */
    public static Lab open() throws IOException {
        Family.adoptOrphans();
        return new Lab(Files.createTempDirectory("grade"));
    }

    public Path newFolder(String prefix) throws IOException {
        return Files.createTempDirectory(folder, prefix);
    }

    Sockets sockets() {
        return sockets;
    }

    Starter starter() {
        return starter;
    }

    /** From now on it is ended when the lab closes. @throws OutOfTime if it has closed already */
    void add(Peer peer) {
        alive.add(peer);
        if (isClosed) {
            end(peer);
            throw new OutOfTime();
        }
    }

    void end(Peer peer) {
        peer.end();
        alive.remove(peer);
    }

    private void guard() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                List<RunningProcess> all = RunningProcess.all();
                all.stream().filter(one -> one.isOrphan() && one.isZombie() && !starter.hasStarted(one.pid()))
                        .forEach(one -> Family.reap(one.pid()));
                Map<Integer, Long> sizes = all.stream()
                        .collect(Collectors.groupingBy(RunningProcess::session, Collectors.counting()));
                for (Peer peer : alive) {
                    if (sizes.getOrDefault(peer.family().leader(), 0L) > MOST_PROCESSES) {
                        peer.stop("it has more than " + MOST_PROCESSES + " processes");
                    }
                }
            }
        } catch (InterruptedException e) {
            return; // closed
        }
    }

    /** Ends what still runs, also what has got away from its family, and deletes what is on disk. */
    @Override
    public void close() {
        isClosed = true;
        guard.interrupt();
        alive.forEach(this::end);
        // When the grader is interrupted, trials may still be starting and writing something.
        boolean isClean = Wait.until(TO_CLEAN, () -> {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            return Folders.delete(folder) && RunningProcess.all().stream().noneMatch(one -> one.isOrphan() && !one.isZombie());
        });
        if (!isClean) {
            System.err.println("grade: " + folder + " cannot be deleted, or something of it still runs");
        }
    }
}
