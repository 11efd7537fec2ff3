package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that the figures belong to. */
final class Machine {

    private Machine() {
    }

    static String description() throws IOException {
        String cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name")).findFirst().orElse("unknown processor")
                .replaceFirst("^.*: ", "");
        return Runtime.getRuntime().availableProcessors() + " cores (" + cpu + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.version").replaceFirst("[^0-9.].*", "")
                + ", " + System.getProperty("java.vm.name") + " " + System.getProperty("java.version");
    }
}
