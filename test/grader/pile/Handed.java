package grader.pile;

import java.nio.file.Path;

/**
 * One submission of a pile.
 *
 * @param name by which its reports are known; no two of a pile have the same
 * @param label its whole name as it was exported; the identifiers by which Moodle or Canvas know it are in there
 * @param folder with its sources
 * @param whole the folder with all that was handed in for it; the sources may be deeper, or in an archive in it
 */
public record Handed(String name, String label, Path folder, Path whole) {

    /** One that was not exported from elsewhere, and has its sources at the top. */
    public Handed(String name, Path folder) {
        this(name, name, folder, folder);
    }
}
