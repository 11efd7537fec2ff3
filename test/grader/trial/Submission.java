package grader.trial;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import support.Session;

/** A student's folder, copied and built; each trial gets a fresh copy of that. */
public final class Submission implements AutoCloseable {

    /** In the order of make. */
    public static final List<String> MAKEFILES = List.of("GNUmakefile", "makefile", "Makefile");
    /** Builds all anew. */
    public static final String MAKE = "make -B";
    private static final Duration TO_BUILD = Duration.ofMinutes(2);
    /** Bytes. */
    private static final int MOST_OF_LOG = 3000;

    private final Path built;
    private final Lab lab;
    private final String build;
    private final List<String> removed;

    private Submission(Path built, String build, List<String> removed, Lab lab) {
        this.built = built;
        this.lab = lab;
        this.build = build;
        this.removed = List.copyOf(removed);
    }

    /**
     * @throws WrongUse if there is nothing to copy, or something that cannot be read
     * @throws IOException if there is no room for the copy
     */
    public static Submission copy(Path folder, Settings settings, Lab lab) throws IOException {
        Path built = lab.newFolder("built");
        try {
            lab.starter().copy(() -> Folders.copy(folder.toRealPath(), built));
        } catch (AccessDeniedException e) {
            throw new WrongUse(e.getFile() + " cannot be read: permission denied");
        }
        if (Folders.isEmpty(built)) {
            throw new WrongUse(folder + " is empty: no file was handed in");
        }
        String build = settings.build().orElse(hasMakefile(built) ? MAKE : "");
        Submission submission = new Submission(built, build, build.isEmpty() ? List.of() : Compiled.remove(built), lab);
        lab.begin(submission);
        return submission;
    }

    /** The copy in which it is built. */
    public Path folder() {
        return built;
    }

    public static boolean hasMakefile(Path folder) {
        return MAKEFILES.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    /** The command that builds it, with what was removed before; empty if there is nothing to build. */
    public String build() {
        return build + (removed.isEmpty() ? "" : " (after the removal of compiled files: "
                + String.join(", ", removed) + ")");
    }

    /**
     * Builds it from its sources (U3).
     *
     * @throws Failure if the command fails, or does not end in time
     * @throws Undecided if there is nothing to build
     */
    public void build(Lab lab) {
        if (build.isEmpty()) {
            throw new Undecided("there is no Makefile, and BUILD was not given: nothing to build", false);
        }
        try {
            Path log = lab.newFolder("log").resolve("build");
            String mark = Family.newMark();
            Process process = lab.starter().start(Starter.prepare(
                    Session.of("sh", "-c", Starter.LIMITS + build), built, mark)
                    .redirectErrorStream(true).redirectOutput(log.toFile()));
            Family family = new Family((int) process.pid(), mark, log, Set.of(), lab);
            try {
                boolean hasEnded = Patience.until(TO_BUILD, () -> !process.isAlive());
                if (!hasEnded || process.exitValue() != 0) {
                    throw new Failure("exit status 0 within " + TO_BUILD.toSeconds() + " s: " + build(),
                            (hasEnded ? "it has ended with exit status " + process.exitValue()
                            : "it has not ended") + ":\n"
                            + lastOf(log));
                }
            } finally {
                family.kill();
            }
        } catch (IOException e) {
            throw new Failure("`" + build + "` can be run", e.getMessage());
        }
    }

    private static String lastOf(Path log) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - MOST_OF_LOG);
            byte[] end = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(end);
            return (start > 0 ? "…" : "") + new String(end, StandardCharsets.UTF_8).strip();
        }
    }

    /** A fresh copy. */
    public void copyTo(Path folder, Lab lab) throws IOException {
        lab.starter().copy(() -> Folders.copyCheaply(built, folder));
    }

    /** Ends what it has left behind, and deletes the copy. */
    @Override
    public void close() {
        lab.end(this);
        Folders.delete(built);
    }
}
