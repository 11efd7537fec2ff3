package chat.clauses;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import support.Jdk;
import support.Peer;
import support.Table;

/** U2: the same users.txt lies beside the program on every machine. */
class U2SameFileEverywhereTest {

    @TempDir
    private Path folder;

    @Test
    void theJarAndTheTableCopiedToTwoFoldersAreEnough() throws IOException {
        Table table = Table.of("alice", "bob");
        try (Peer alice = startCopy(table, "alice"); Peer bob = startCopy(table, "bob")) {
            alice.awaitLineWith("listening on ");
            bob.awaitLineWith("listening on ");
            alice.type("bob/from another folder");
            bob.awaitLine("alice: from another folder");
        }
    }

    private Peer startCopy(Table table, String name) throws IOException {
        Path home = Files.createDirectory(folder.resolve(name));
        Files.copy(Peer.jar(), home.resolve("peerchat.jar"));
        Files.copy(table.file(), home.resolve("users.txt"));
        String java = Jdk.java();
        return Peer.start(new ProcessBuilder(List.of(java, "-jar", "peerchat.jar", Integer.toString(table.port(name))))
                .directory(home.toFile()));
    }
}
