package grader.report;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A submission of which there is no report.
 *
 * @param name the folder's name
 * @param reason why it could not be graded
 */
public record Ungraded(String name, String reason) {

    public static Ungraded because(Path folder, Exception cause) {
        return new Ungraded(Optional.ofNullable(folder.getFileName()).orElse(folder).toString(), inWords(cause));
    }

    /** What went wrong. The message of some exceptions is only a path, so their name is told as well. */
    public static String inWords(Exception cause) {
        if (cause instanceof UncheckedIOException unchecked) {
            return inWords(unchecked.getCause());
        }
        if (cause instanceof FileSystemException e) {
            return Optional.ofNullable(e.getReason()).orElseGet(() -> words(e))
                    + Optional.ofNullable(e.getFile()).map(file -> ": " + file).orElse("");
        }
        return Optional.ofNullable(cause.getMessage()).filter(text -> !text.isBlank()).orElseGet(() -> words(cause));
    }

    /** Such as "not directory" for a NotDirectoryException. */
    private static String words(Exception cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "does not exist";
        }
        return cause.getClass().getSimpleName().replaceFirst("Exception$", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
