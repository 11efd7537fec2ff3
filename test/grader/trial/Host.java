package grader.trial;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import support.Libc;
import support.Session;

/**
 * A machine of a trial, on which one user's program runs: a process with namespaces of its own, or, on loopback, this
 * machine itself.
 *
 * @param address IPv4, the machine's own
 * @param sockets those of the machine
 * @param keeper the process that keeps the namespaces; empty on loopback
 * @param first the first process of its namespace, to which orphans come; 0 on loopback
 */
public record Host(String address, SharedList<Endpoint> sockets, Optional<Process> keeper, int first) {

    private static final boolean HAS_SETPRIV = Session.isOnPath("setpriv");
    /** With these a program could look behind its own /proc. */
    private static final List<String> WITHOUT_POWERS = List.of("setpriv", "--bounding-set=-sys_admin,-sys_ptrace",
            "--inh-caps=-sys_admin,-sys_ptrace");

    static Host onLoopback(String address, SharedList<Endpoint> sockets) {
        return new Host(address, sockets, Optional.empty(), 0);
    }

    /** @throws IOException if the keeper has ended */
    static Host of(String address, Process keeper) throws IOException {
        Path sockets = folder(keeper).resolve("net");
        return new Host(address, new SharedList<>(() -> Endpoint.all(sockets)), Optional.of(keeper),
                RunningProcess.childOf(keeper).orElseThrow(() -> new IOException("a machine has ended at once")));
    }

    private static Path folder(Process keeper) {
        return Path.of("/proc", Long.toString(keeper.pid()));
    }

    private static String network(Process keeper) {
        return folder(keeper).resolve("ns/net").toString();
    }

    /** Whether the programs of this machine see neither the processes nor the network of others. */
    public boolean isApart() {
        return keeper.isPresent();
    }

    /** Whether it was one of its own, and has been switched off. */
    boolean isGone() {
        return keeper.isPresent() && !keeper.get().isAlive();
    }

    /** The command line that runs a command on this machine. */
    public List<String> running(List<String> command) {
        List<String> all = new ArrayList<>();
        keeper.ifPresent(one -> all.addAll(List.of("nsenter", "--net=" + network(one),
                "--mount=" + folder(one).resolve("ns/mnt"), "--pid=" + folder(one).resolve("ns/pid_for_children"))));
        if (isApart() && HAS_SETPRIV) {
            all.addAll(WITHOUT_POWERS);
        }
        all.addAll(command);
        return all;
    }

    /** The command line that runs a command of this system, with the network of this machine. */
    List<String> configuring(String... command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net=" + network(keeper.orElseThrow())));
        all.addAll(List.of(command));
        return all;
    }

    /**
     * Runs it on a thread that is on this machine: a socket belongs to the network of the thread that makes it. It is
     * waited for also if this thread is interrupted, or what it has made would be lost, such as an open connection.
     *
     * @param task ends within a few seconds
     * @throws RuntimeException what the task throws
     */
    public <T> T call(Supplier<T> task) {
        if (keeper.isEmpty()) {
            return task.get();
        }
        FutureTask<T> future = new FutureTask<>(() -> {
            enterNetwork(network(keeper.get()));
            return task.get();
        });
        new Thread(future, "is on the machine " + address).start();
        try {
            return await(future);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private static <T> T await(FutureTask<T> future) throws ExecutionException {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void enterNetwork(String file) {
        try {
            int descriptor = Libc.CALL.open(file, Libc.O_CLOEXEC);
            try {
                Libc.CALL.setns(descriptor, Libc.CLONE_NEWNET);
            } finally {
                Libc.CALL.close(descriptor);
            }
        } catch (LastErrorException e) {
            throw new UncheckedIOException(new IOException(file + ": " + e.getMessage(), e));
        }
    }
}
