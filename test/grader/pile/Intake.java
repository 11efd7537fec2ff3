package grader.pile;

import grader.report.Ungraded;
import grader.trial.Folders;
import grader.trial.WrongUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Takes one after the other: unpacks archives, finds out whose they are, and where the sources are. */
final class Intake {

    /** Archives in archives of one student. */
    private static final int DEEPEST = 5;

    private final List<Path> given;
    private final Path unpacked;
    private final FolderNames namesOfUnpacked = new FolderNames(Set.of());
    private final List<Taken> taken = new ArrayList<>();
    private boolean isPrepared;

    private interface Taking {
        void take() throws IOException;
    }

    /** @param folder nothing, if it was refused */
    private record Taken(List<String> names, String label, Optional<Path> folder, Path whole, String refusal) {
    }

    /**
     * @param given where everything is that will be taken
     * @param unpacked the folder for what is in archives; what is there is replaced as soon as there is an archive
     */
    Intake(List<Path> given, Path unpacked) {
        this.given = List.copyOf(given);
        this.unpacked = unpacked;
    }

    /** What was taken, under names that differ. */
    Pile pile(FolderNames names) {
        List<String> all = names.takeAll(taken.stream().map(Taken::names).toList());
        List<Handed> handed = new ArrayList<>();
        List<Ungraded> refused = new ArrayList<>();
        for (int at = 0; at < all.size(); at++) {
            Taken one = taken.get(at);
            String name = all.get(at);
            one.folder().ifPresentOrElse(folder -> handed.add(new Handed(name, one.label(), folder,
                    one.whole())),
                    () -> refused.add(new Ungraded(name, one.refusal())));
        }
        return new Pile(handed, refused);
    }

    /** Takes the submission of a student, or an export of a system for teaching. */
    void take(Member member) {
        take(member, false);
    }

    /** Takes what is alone, and so may hold the submissions of a course. */
    void takeAlone(Member member) {
        take(member, true);
    }

    private void take(Member member, boolean isAlone) {
        orRefuse(member, () -> {
            if (member.isFolder()) {
                takeFolder(member, isAlone);
            } else if (member.isArchive()) {
                takeArchive(member, isAlone);
            } else {
                takeStudent(member, collect(member), false);
            }
        });
    }

    /** Takes a folder of which is known that it is one student's, whatever is in it. */
    void takeStudent(Member member) {
        orRefuse(member, () -> takeStudent(member, member.parts().get(0), false));
    }

    private void orRefuse(Member member, Taking taking) {
        try {
            taking.take();
        } catch (IOException | UncheckedIOException e) {
            refuse(member, Ungraded.inWords(e));
        }
    }

    private void refuse(Member member, String reason) {
        taken.add(new Taken(member.names(), member.label(), Optional.empty(), member.parts().get(0), reason));
    }

    private void takeFolder(Member member, boolean isAlone) throws IOException {
        Path folder = member.parts().get(0);
        List<Path> children = Sources.children(folder);
        if (member.student().isEmpty() && Member.areExported(names(children))) {
            Member.among(children, 0).forEach(this::take);
            return;
        }
        List<Path> archives = children.stream().filter(Archive::is).toList();
        if (!isAlone || member.student().isPresent() || archives.isEmpty() || !Sources.places(folder).isEmpty()) {
            takeStudent(member, folder, isAlone);
        } else if (children.size() == 1) {
            takeArchive(new Member(member.names(), member.label(), Optional.empty(), archives), true);
        } else {
            Member.among(children, 0).forEach(this::take);
        }
    }

    private void takeArchive(Member member, boolean isAlone) throws IOException {
        Path archive = member.parts().get(0);
        Optional<Contents> contents = member.student().isPresent() ? Optional.empty()
                : Optional.of(Contents.of(archive));
        boolean isExported = contents.isPresent() && Member.areExported(contents.get().top());
        if (isExported || isAlone && contents.isPresent()) {
            takeCourse(member, archive, contents.get().base(), isExported);
        } else {
            Path folder = newFolder(member);
            unpack(archive, folder, Budget.ofStudent());
            takeStudent(member, within(folder), false);
        }
    }

    private void takeCourse(Member member, Path archive, Path base, boolean isExported) throws IOException {
        Path folder = newFolder(member);
        Path nobody = Path.of("");
        Function<Path, Path> ownerOf = path -> isBelow(path, base) ? path.subpath(0, depth(base) + 1) : nobody;
        Map<Path, String> refused = Unpacking.ofCourse(archive, folder, ownerOf);
        refused.keySet().stream().filter(owner -> !owner.equals(nobody))
                .forEach(owner -> Folders.delete(folder.resolve(owner)));
        Path top = folder.resolve(base);
        if (!isExported && !isOfMany(top, refused.keySet().stream().filter(owner -> !owner.equals(nobody)).count())) {
            if (!refused.isEmpty()) {
                Folders.delete(folder);
                throw new Refusal(cannotBeUnpacked(archive, refused.values().iterator().next()));
            }
            mustHaveFiles(archive, folder);
            takeStudent(member, within(top), false);
            return;
        }
        List<Member> guilty = new ArrayList<>();
        for (Map.Entry<Path, String> one : refused.entrySet()) {
            boolean isNobodys = one.getKey().equals(nobody);
            Member owner = isNobodys ? member : Member.of(folder.resolve(one.getKey()), folder.resolve(one.getKey()));
            guilty.add(owner);
            refuse(owner, one.getValue());
        }
        for (Member one : Member.among(Files.isDirectory(top) ? Sources.children(top) : List.of(), 0)) {
            if (guilty.stream().noneMatch(other -> other.isOf(one.student()))) {
                take(one);
            }
        }
    }

    /** Whether no system for teaching has named these folders and archives, but each can be a student's. */
    private static boolean isOfMany(Path top, long refused) throws IOException {
        List<Path> children = Files.isDirectory(top) ? Sources.children(top) : List.of();
        if (children.stream().anyMatch(Sources::isSource)) {
            return false;
        }
        long students = refused;
        for (Path child : children) {
            boolean isArchive = Archive.is(child) || Archive.isOther(child);
            students += isArchive || Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)
                    && (!Sources.places(child).isEmpty() || !archivesIn(child).isEmpty()) ? 1 : 0;
        }
        return students > 1;
    }

    /** What one student has handed in. Archives in it are unpacked only if there are no sources beside them. */
    private void takeStudent(Member member, Path folder, boolean isAlone) throws IOException {
        Budget budget = Budget.ofStudent();
        Path root = folder;
        Optional<Path> place = Sources.in(root);
        List<Path> archives = place.isPresent() ? List.of() : archivesIn(root);
        for (int depth = 1; !archives.isEmpty(); depth++) {
            if (depth > DEEPEST) {
                throw new Refusal("archives are in archives, more than " + DEEPEST + " deep");
            }
            Path next = newFolder(member);
            FolderNames names = new FolderNames(Set.of());
            for (Path archive : archives) {
                unpack(archive, next.resolve(names.take(Archive.stem(archive))), budget);
            }
            root = next;
            place = Sources.in(root);
            archives = place.isPresent() ? List.of() : archivesIn(root);
        }
        if (place.isEmpty() && !isAlone) {
            mustHaveNoOther(root);
        }
        Path without = isAlone || root.equals(folder) ? folder : within(root);
        taken.add(new Taken(member.names(), member.label(), Optional.of(place.orElse(without)), folder, ""));
    }

    private static void mustHaveNoOther(Path folder) throws IOException {
        Optional<Path> other = filesIn(folder).stream().filter(Archive::isOther).findFirst();
        if (other.isPresent()) {
            throw new Refusal(other.get().getFileName() + " cannot be unpacked: only " + Archive.KINDS + " can");
        }
    }

    private static void unpack(Path archive, Path folder, Budget budget) throws IOException {
        try {
            Unpacking.ofStudent(archive, folder, budget);
        } catch (IOException e) {
            Folders.delete(folder);
            throw new Refusal(cannotBeUnpacked(archive, Ungraded.inWords(e)));
        }
        mustHaveFiles(archive, folder);
    }

    private static String cannotBeUnpacked(Path archive, String why) {
        return archive.getFileName() + " cannot be unpacked: " + why;
    }

    private static void mustHaveFiles(Path archive, Path folder) throws IOException {
        if (filesIn(folder).isEmpty()) {
            throw new Refusal(archive.getFileName() + ": there is no file in it");
        }
    }

    /** The loose files of a student, under the names that the student has given them. */
    private Path collect(Member member) throws IOException {
        Path folder = newFolder(member);
        Files.createDirectories(folder);
        for (Path file : member.parts()) {
            String name = StudentName.of(file).map(StudentName::rest).filter(rest -> !rest.isEmpty())
                    .filter(rest -> Files.notExists(folder.resolve(rest))).orElse(file.getFileName().toString());
            Files.copy(file, folder.resolve(name));
        }
        return folder;
    }

    private Path newFolder(Member member) {
        if (!isPrepared) {
            Path mine = unpacked.toAbsolutePath().normalize();
            Optional<Path> lost = given.stream().filter(one -> one.toAbsolutePath().normalize().startsWith(mine))
                    .findFirst();
            if (lost.isPresent()) {
                throw new WrongUse("DIR: " + lost.get() + " is in " + unpacked
                        + ", which is replaced by what is unpacked now: move it to another place");
            }
            Folders.delete(unpacked);
            isPrepared = true;
        }
        return unpacked.resolve(namesOfUnpacked.take(member.label()));
    }

    /** The folder that is alone in a folder, and so on. */
    private static Path within(Path folder) throws IOException {
        List<Path> children = Sources.children(folder);
        return children.size() == 1 && Files.isDirectory(children.get(0), LinkOption.NOFOLLOW_LINKS)
                ? within(children.get(0)) : folder;
    }

    private static List<Path> archivesIn(Path folder) throws IOException {
        return filesIn(folder).stream().filter(Archive::is).toList();
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Path top = folder.toRealPath();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path sub, BasicFileAttributes attributes) {
                return !sub.equals(top) && Sources.isLeftover(sub) ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !file.getFileName().toString().startsWith(".")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files.stream().sorted().toList();
    }

    private static List<String> names(List<Path> paths) {
        return paths.stream().map(path -> path.getFileName().toString()).toList();
    }

    private static boolean isBelow(Path path, Path base) {
        return depth(path) > depth(base) && (depth(base) == 0 || path.startsWith(base));
    }

    private static int depth(Path path) {
        return path.toString().isEmpty() ? 0 : path.getNameCount();
    }
}
