package grader.report;

import grader.pile.Handed;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;

/**
 * A submission of which there is no report.
 *
 * @param name by which its reports would be known
 * @param reason why it could not be graded
 */
public record Ungraded(String name, String reason) {

    public static Ungraded because(Handed one, Exception cause) {
        return new Ungraded(one.name(), inWords(cause));
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
