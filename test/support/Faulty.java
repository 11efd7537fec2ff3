package support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** The program with an error in it: one class is put before its own, which throws on whatever is typed. */
public final class Faulty {

    private Faulty() {
    }

    /** The command that starts a user's chat so; {@code folder} takes the class. */
    public static List<String> command(Path folder, Table table, String name, String... options) {
        Path source = folder.resolve("Commands.java");
        try {
            String original = Files.readString(Path.of("src/peerchat/Commands.java"));
            Files.writeString(source, original.replace("trace.happened(Kind.TYPED, \"typed: \" + Text.excerpt(line));",
                    "if (true) { throw new IllegalStateException(\"a fault made for a test\"); }"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", Peer.jar().toString(),
                "-d", folder.toString(), source.toString()) != 0) {
            throw new AssertionError("the fault could not be compiled");
        }
        List<String> command = new ArrayList<>(List.of(
                Jdk.java(), "-cp", folder + ":" + Peer.jar(),
                "peerchat.Main"));
        command.addAll(List.of(options));
        command.addAll(List.of("--users", table.file().toString(), Integer.toString(table.port(name))));
        return command;
    }
}
