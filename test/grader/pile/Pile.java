package grader.pile;

import grader.report.Ungraded;
import grader.trial.WrongUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is to be graded: all that was handed in.
 *
 * @param refused what cannot be graded as it is, and why
 */
public record Pile(List<Handed> handed, List<Ungraded> refused) {

    /** Where archives are unpacked, in the folder for the reports. */
    public static final String UNPACKED = "unpacked";

    /** What else is in the folder for the reports. */
    private static final Set<String> OTHER_FILES = Set.of(UNPACKED, "summary.csv", "summary.html", "settings.csv",
            "settings.old.csv", "moodle.csv", "canvas.csv");

    /**
     * The submissions that are meant.
     *
     * @param wish a folder, an archive, or a pattern such as {@code subs/*}{@code /lab4}
     * @param reports the folder for the reports
     * @throws WrongUse if nothing is meant
     * @throws IOException if the folders cannot be read, or nothing can be written
     */
    public static Pile of(String wish, Path reports) throws IOException {
        if (wish.isBlank()) {
            throw new WrongUse("DIR is missing: the folder of the submission, or several, as DIR='submissions/*', or "
                    + "an archive");
        }
        Places places = Places.of(wish);
        Intake intake = new Intake(places.found(), reports.resolve(UNPACKED));
        if (places.isLiteral()) {
            Path only = places.found().get(0);
            if (!Files.isDirectory(only) && !Archive.is(only)) {
                throw new WrongUse("DIR=" + wish + ": it is neither a folder nor an archive (" + Archive.KINDS + ")");
            }
            intake.takeAlone(Member.of(only, only));
        } else {
            List<Member> members = Member.among(places.found(), places.nameDepth());
            if (members.isEmpty()) {
                throw new WrongUse("DIR=" + wish + ": no folder or archive is there");
            }
            members.forEach(intake::take);
        }
        return intake.pile(new FolderNames(OTHER_FILES));
    }

    /**
     * The submission of one student, whatever is in its folder: on Gradescope nobody else's is there.
     *
     * @param name under which it is graded
     * @throws IOException if nothing can be written
     */
    public static Pile ofStudent(Path folder, String name, Path reports) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new WrongUse("DIR=" + folder + ": no such folder");
        }
        Intake intake = new Intake(List.of(folder), reports.resolve(UNPACKED));
        intake.takeStudent(new Member(List.of(name), name, Optional.empty(), List.of(folder)));
        return intake.pile(new FolderNames(OTHER_FILES));
    }

    /** Of all, also of those that are refused. */
    public List<String> names() {
        return Stream.concat(handed.stream().map(Handed::name), refused.stream().map(Ungraded::name)).toList();
    }
}
