package grader.trial;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import support.Stopped;

/**
 * A process as /proc shows it.
 *
 * @param ticks CPU time of all its threads, in clock ticks
 */
public record RunningProcess(int pid, String name, char state, int parent, int group, int session, long ticks) {

    private static final Path PROC = Path.of("/proc");
    private static final int NEXT = 100;
    /** Bytes. */
    private static final int MOST_OF_STAT = 1024;

    /** Threads that a JVM makes for itself, when it likes, by the beginnings of their names. */
    private static final List<String> OF_THE_JVM = List.of("C1 ", "C2 ", "G1 ", "GC ", "VM ", "Gang worker",
            "Concurrent Mark",
            "Sweeper", "Signal Dispatch", "SIG", "Reference Handl", "Finalizer", "Common-Cleaner", "Cleaner-",
            "Service Thread", "Monitor Deflati", "Notification Th", "Attach Listener", "process reaper", "Java2D",
            "DestroyJavaVM", "String Dedup", "ParGC", "ParallelGC", "CMS ", "ZWorker", "ZDirector", "ZDriver", "ZStat",
            "XWorker", "Shenandoah");

    /** All processes that this one can see: those of the users' machines, too. */
    public static List<RunningProcess> all() {
        List<RunningProcess> all = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path folder : folders) {
                of(Integer.parseInt(folder.getFileName().toString())).ifPresent(all::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** Empty if it has ended. */
    public static Optional<RunningProcess> of(int pid) {
        try {
            String stat = stat(folder(pid));
            if (stat.isEmpty()) {
                return Optional.empty();
            }
            // The name stands in parentheses and may hold blanks and parentheses itself.
            int end = stat.lastIndexOf(')');
            String[] rest = stat.substring(end + 2).split(" ");
            return Optional.of(new RunningProcess(pid, stat.substring(stat.indexOf('(') + 1, end), rest[0].charAt(0),
                    Integer.parseInt(rest[1]), Integer.parseInt(rest[2]), Integer.parseInt(rest[3]),
                    Long.parseLong(rest[11]) + Long.parseLong(rest[12])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A child of this process; empty if it has none. Mostly its number is one of the next. */
    public static Optional<Integer> childOf(Process process) {
        int pid = (int) process.pid();
        return IntStream.rangeClosed(pid + 1, pid + NEXT).mapToObj(RunningProcess::of).flatMap(Optional::stream)
                .filter(one -> one.parent() == pid).findFirst()
                .or(() -> all().stream().filter(one -> one.parent() == pid).findFirst()).map(RunningProcess::pid);
    }

    private static String stat(Path folder) throws IOException {
        byte[] buffer = new byte[MOST_OF_STAT]; // read at once: this is asked most often
        try (FileInputStream file = new FileInputStream(folder.resolve("stat").toString())) {
            return new String(buffer, 0, Math.max(0, file.read(buffer)), StandardCharsets.ISO_8859_1);
        }
    }

    /** Whether every thread of it is stopped. */
    public boolean standsStill() {
        return Stopped.isStopped(pid);
    }

    /** Whether it has ended, and only waits for its parent to ask how. */
    public boolean isZombie() {
        return state == 'Z' || state == 'X';
    }

    /** Whether this is in its environment, which all its descendants have from it. */
    public boolean hasInEnvironment(String setting) {
        try {
            String environment = Files.readString(folder(pid).resolve("environ"), StandardCharsets.ISO_8859_1);
            return ('\0' + environment).contains('\0' + setting + '\0');
        } catch (IOException e) {
            return false; // ended meanwhile, or somebody else's
        }
    }

    /** The threads that the program has made, its first one included; what a JVM makes for itself does not count. */
    public List<String> threads() {
        List<String> names = new ArrayList<>();
        try (Stream<Path> tasks = Files.list(folder(pid).resolve("task"))) {
            for (Path task : tasks.toList()) {
                String thread = nameOf(task);
                if (!thread.isEmpty() && !(isJvm() && OF_THE_JVM.stream().anyMatch(thread::startsWith))) {
                    names.add(thread);
                }
            }
        } catch (IOException e) {
            return names; // ended meanwhile
        }
        return names;
    }

    /** How long its threads had something to do, and no core to do it on; 0 if this system does not tell. */
    public long nanosWaited() {
        try (Stream<Path> tasks = Files.list(folder(pid).resolve("task"))) {
            long nanos = 0;
            for (Path task : tasks.toList()) {
                nanos += Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[1]);
            }
            return nanos;
        } catch (IOException e) {
            return 0; // ended meanwhile
        }
    }

    private static String nameOf(Path task) {
        try {
            return Files.readString(task.resolve("comm"), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private boolean isJvm() {
        return program().endsWith("/java");
    }

    /** The file that it runs; empty if it has ended. */
    public String program() {
        try {
            return Files.readSymbolicLink(folder(pid).resolve("exe")).toString();
        } catch (IOException e) {
            return "";
        }
    }

    public boolean hasAny(List<Long> inodes) {
        return sockets().stream().anyMatch(inodes::contains);
    }

    public boolean hasSockets() {
        return !sockets().isEmpty();
    }

    /** The inodes of the sockets that it has open. */
    public List<Long> sockets() {
        return descriptors().stream().filter(target -> target.startsWith("socket:["))
                .map(target -> Long.valueOf(target.replaceAll("\\D", ""))).toList();
    }

    public boolean hasOpen(Path file) {
        return descriptors().contains(file.toString());
    }

    /** What its descriptors stand for: a file, or words such as {@code socket:[4711]}. */
    private List<String> descriptors() {
        List<String> targets = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(folder(pid).resolve("fd"))) {
            for (Path descriptor : descriptors) {
                target(descriptor).ifPresent(targets::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return targets; // ended meanwhile, or somebody else's
        }
        return targets;
    }

    private static Optional<String> target(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path folder(int pid) {
        return PROC.resolve(Integer.toString(pid));
    }
}
