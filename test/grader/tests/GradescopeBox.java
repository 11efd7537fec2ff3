package grader.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import support.Networks;
import support.Started;

/**
 * A container of Gradescope, nearly: a system of files in which a folder is {@code /autograder}. It is this one's, or
 * the minimal Debian of {@code make test-gradescope}. Nothing of it is left, nor seen elsewhere.
 */
final class GradescopeBox {

    /** Names the folder of another system. */
    private static final String SYSTEM = "GRADESCOPE_SYSTEM";

    private static final List<List<String>> WAYS = List.of(List.of("unshare", "--mount"),
            List.of("unshare", "--user", "--map-root-user", "--mount"));

    /** A plain user's shell may not look there. */
    private static final String SBIN = "PATH=$PATH:/usr/sbin:/sbin; ";

    /** Arguments: an empty folder or one with a system, the folder that is to be /autograder, the path of programs. */
    private static final String SCRIPT = SBIN + """
            set -e
            root=$1 box=$2 path=$3
            mount --make-rprivate /
            if [ -e "$root/etc" ]; then
                mount --bind "$root" "$root"
                mount --rbind /dev "$root/dev"
                mount --rbind /proc "$root/proc"
            else
                mount -t tmpfs none "$root"
                for one in /*; do
                    if [ -L "$one" ]; then
                        cp -P "$one" "$root$one"
                    elif [ -d "$one" ]; then
                        mkdir "$root$one"
                        mount --rbind "$one" "$root$one"
                    fi
                done
            fi
            mkdir -p "$root/autograder"
            mount --bind "$box" "$root/autograder"
            cd "$root"
            pivot_root . .
            umount -l .
            exec env -i PATH="$path" sh -c 'cd /autograder && exec ./run_autograder'
            """;

    /** Whether the script can be run. */
    private static final String TRY = SBIN + "mount --make-rprivate / && command -v pivot_root";

    private GradescopeBox() {
    }

    /** Runs its run_autograder as Gradescope does. */
    static Started startOrSkip(Path box) {
        Optional<List<String>> way = WAYS.stream().filter(command ->
                Networks.works(command, "sh", "-c", TRY)).findFirst();
        assumeTrue(way.isPresent(), "the places of Gradescope take root or user namespaces, and unshare, mount and "
                + "pivot_root");
        Optional<String> system = Optional.ofNullable(System.getenv(SYSTEM)).filter(name -> !name.isEmpty());
        List<String> command = new ArrayList<>(way.get());
        command.addAll(List.of("sh", "-c", SCRIPT, "sh", system.orElse(emptyBeside(box)), box.toString(),
                system.map(name -> "/usr/sbin:/usr/bin:/sbin:/bin")
                .orElse(Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH"))));
        return new Started(new ProcessBuilder(command));
    }

    private static String emptyBeside(Path box) {
        try {
            return Files.createDirectory(box.resolveSibling(box.getFileName() + "-root")).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
