package grader.pile;

import java.nio.file.Path;

/**
 * One submission of a pile.
 *
 * @param name by which its reports are known; no two of a pile have the same
 * @param folder with its files
 */
public record Handed(String name, Path folder) {
}
