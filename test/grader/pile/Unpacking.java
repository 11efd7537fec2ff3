package grader.pile;

import grader.pile.Archive.Content;
import grader.pile.Archive.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One archive on its way into a folder. Each thing in it belongs to an owner, a folder in the archive: what is wrong
 * with it is the owner's fault, and is told of no other. Links are made in the end, so nothing is written through one.
 */
final class Unpacking {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int PERMISSIONS = 0777;
    private static final int READ = 0400;
    private static final int READ_WRITE = 0600;

    private final Path folder;
    private final Function<Path, Path> ownerOf;
    private final Function<Path, Budget> newBudget;
    private final Budget all;
    private final Map<Path, Budget> budgets = new HashMap<>();
    private final Map<Path, String> links = new LinkedHashMap<>();
    private final Map<Path, String> refused = new LinkedHashMap<>();

    private Unpacking(Path folder, Function<Path, Path> ownerOf, Function<Path, Budget> newBudget, Budget all) {
        this.folder = folder;
        this.ownerOf = ownerOf;
        this.newBudget = newBudget;
        this.all = all;
    }

    /**
     * Unpacks the archive of one student.
     *
     * @throws Refusal if anything in it is not as it should be
     */
    static void ofStudent(Path archive, Path folder, Budget budget) throws IOException {
        Path all = Path.of("");
        Unpacking unpacking = new Unpacking(folder, path -> all, owner -> budget, budget);
        unpacking.run(archive);
        if (unpacking.refused.containsKey(all)) {
            throw new Refusal(unpacking.refused.get(all));
        }
    }

    /**
     * Unpacks an archive with the submissions of many.
     *
     * @param ownerOf the first part of a path, by which it is known whose it is
     * @return why something of an owner was not unpacked; the empty path owns what would lie elsewhere
     * @throws IOException if the archive itself is broken
     */
    static Map<Path, String> ofCourse(Path archive, Path folder, Function<Path, Path> ownerOf) throws IOException {
        Unpacking unpacking = new Unpacking(folder, ownerOf, owner -> Budget.ofStudent(), Budget.ofCourse());
        unpacking.run(archive);
        return unpacking.refused;
    }

    private void run(Path archive) throws IOException {
        Files.createDirectories(folder);
        Archive.read(archive, all, this::unpack);
        for (Map.Entry<Path, String> link : links.entrySet()) {
            makeLink(link.getKey(), link.getValue());
        }
    }

    private void unpack(Entry entry, Content content) throws IOException {
        Path harmless = EntryPath.harmlessPart(entry.name());
        Path owner = ownerOf.apply(harmless);
        if (EntryPath.isJunk(harmless) || refused.containsKey(owner)) {
            return;
        }
        all.takeEntry();
        Budget budget = budgets.computeIfAbsent(owner, newBudget);
        try {
            if (budget != all) {
                budget.takeEntry();
            }
            Path path = EntryPath.of(entry.name());
            if (!path.toString().isEmpty()) {
                make(entry, path, owner, budget, content);
            }
        } catch (FileSystemException e) {
            refused.put(owner, EntryPath.shown(entry.name()) + " cannot be unpacked: it, or a folder above it, is a "
                    + "file as well");
        } catch (Refusal e) {
            refused.put(owner, e.getMessage());
        } catch (IOException e) {
            refused.put(owner, EntryPath.shown(entry.name()) + " cannot be unpacked: " + e.getMessage());
        }
    }

    private void make(Entry entry, Path path, Path owner, Budget budget, Content content) throws IOException {
        Path file = folder.resolve(path);
        switch (entry.kind()) {
            case FOLDER -> Files.createDirectories(file);
            case FILE -> {
                budget.mustHave(entry.size());
                write(file, entry.mode(), budget, content);
            }
            case LINK -> {
                if (!EntryPath.isInside(owner.relativize(path), entry.target())) {
                    throw new Refusal("a link leads out of its folder: " + EntryPath.shown(entry.name()));
                }
                links.put(path, entry.target());
            }
            case HARD_LINK -> {
                Path original = EntryPath.of(entry.target());
                if (!ownerOf.apply(original).equals(owner) || !Files.isRegularFile(folder.resolve(original))) {
                    throw new Refusal("a hard link to what is not in its folder: " + EntryPath.shown(entry.name()));
                }
                if (!original.equals(path)) {
                    write(file, entry.mode(), budget, () -> Files.newInputStream(folder.resolve(original)));
                }
            }
            default -> throw new Refusal(EntryPath.shown(entry.name())
                    + " is encrypted or a special file");
        }
    }

    /** The last of several with one name counts, as for tar and unzip. */
    private void write(Path file, int mode, Budget budget, Content content) throws IOException {
        Files.createDirectories(file.getParent());
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(file);
        }
        try (InputStream in = content.open(); OutputStream out = Files.newOutputStream(file,
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                budget.take(count);
                if (budget != all) {
                    all.take(count);
                }
                out.write(buffer, 0, count);
            }
        }
        if ((mode & PERMISSIONS) != 0) {
            Files.setPosixFilePermissions(file, permissions(mode));
        }
    }

    /** As they were, but the owner can always read and write. */
    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = new HashSet<>();
        PosixFilePermission[] all = PosixFilePermission.values(); // from the owner's to read on
        for (int bit = 0; bit < all.length; bit++) {
            if (((mode | READ_WRITE) << bit & READ) != 0) {
                permissions.add(all[bit]);
            }
        }
        return permissions;
    }

    private void makeLink(Path path, String target) {
        Path owner = ownerOf.apply(path);
        try {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.createSymbolicLink(folder.resolve(path), Path.of(target));
        } catch (IOException | IllegalArgumentException e) {
            refused.putIfAbsent(owner, "a link cannot be made: " + EntryPath.shown(path.toString()));
        }
    }
}
