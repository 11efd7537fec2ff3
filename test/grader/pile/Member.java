package grader.pile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of those that lie side by side: a folder, an archive, or the loose files of one student.
 *
 * @param names by which it can be known, from the shortest to the one that tells most
 * @param label its whole name as it was exported
 * @param student whose it is, if the name is one of a system for teaching
 * @param parts where it is
 */
record Member(List<String> names, String label, Optional<StudentName> student, List<Path> parts) {

    private static final String ONLY_TEXT = ".*_assignsubmission_onlinetext(_.*)?";

    /**
     * They are told apart by the part of the path that differs.
     *
     * @param nameDepth how many parts at the end of each path are the same for all
     */
    static List<Member> among(List<Path> paths, int nameDepth) throws IOException {
        Map<Object, Member> members = new LinkedHashMap<>();
        for (Path path : paths) {
            Path named = path;
            for (int depth = 0; depth < nameDepth; depth++) {
                named = named.getParent();
            }
            Member one = of(path, named);
            boolean isFolder = Files.isDirectory(path);
            boolean isLoose = !isFolder && one.student.isPresent();
            if (isLoose) {
                members.merge(one.student.get().id(), one, Member::with);
            } else if (isFolder || Archive.is(path) || Archive.isOther(path)) {
                members.put(path, one);
            }
        }
        return members.values().stream().filter(one -> !one.label.matches(ONLY_TEXT) || members.values().stream()
                .noneMatch(other -> !other.label.matches(ONLY_TEXT) && other.isOf(one.student))).toList();
    }

    /** @param named the path, or a folder above it, that tells whose it is */
    static Member of(Path path, Path named) throws IOException {
        Path last = named.normalize().getFileName();
        Path whole = last == null || last.toString().isEmpty() || last.toString().equals("..") ? named.toRealPath()
                : named.normalize();
        String label = String.valueOf(Optional.ofNullable(whole.getFileName()).orElse(whole));
        Optional<StudentName> student = StudentName.of(whole);
        List<String> names = new ArrayList<>();
        student.ifPresent(one -> names.addAll(List.of(one.student(), one.id())));
        if (student.isEmpty() && Archive.is(path)) {
            names.add(Archive.stem(whole));
        }
        names.add(label);
        String more = label;
        for (int at = whole.getNameCount() - 2; at >= 0; at--) {
            more = whole.getName(at) + "_" + more;
            names.add(more);
        }
        return new Member(names, label, student, List.of(path));
    }

    private Member with(Member other) {
        List<Path> all = new ArrayList<>(parts);
        all.addAll(other.parts);
        return new Member(names, label, student, all);
    }

    boolean isOf(Optional<StudentName> whose) {
        return student.isPresent() && whose.isPresent() && student.get().id().equals(whose.get().id());
    }

    boolean isFolder() {
        return parts.size() == 1 && Files.isDirectory(parts.get(0));
    }

    boolean isArchive() {
        return parts.size() == 1 && Archive.is(parts.get(0));
    }

    /** Whether what lies side by side was exported by a system for teaching. */
    static boolean areExported(List<String> names) {
        return names.stream().anyMatch(StudentName::isOfMoodle)
                || names.contains(StudentName.LIST_OF_GRADESCOPE)
                || !names.isEmpty() && names.stream().allMatch(StudentName::isOfCanvas);
    }
}
