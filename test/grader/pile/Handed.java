package grader.pile;

import java.nio.file.Path;

/**
 * One submission of a pile.
 *
 * @param name by which its reports are known; no two of a pile have the same
 * @param folder with its files
 * @param label the name under which it was exported, which may tell whose it is
 */
public record Handed(String name, Path folder, String label) {

    public Handed(String name, Path folder) {
        this(name, folder, name);
    }
}
