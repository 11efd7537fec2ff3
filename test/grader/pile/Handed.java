package grader.pile;

import java.nio.file.Path;

/**
 * One submission of a pile.
 *
 * @param name by which its reports are known; no two of a pile have the same
 * @param label its whole name as it was exported; the identifiers by which Moodle or Canvas know it are in there
 * @param folder with its sources
 */
public record Handed(String name, String label, Path folder) {

    /** One that was not exported from elsewhere. */
    public Handed(String name, Path folder) {
        this(name, name, folder);
    }
}
