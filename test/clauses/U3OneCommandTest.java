package clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import support.Started;
import support.Table;

/** U3: it compiles with one command. The Makefile, as users and lecturers meet it, in a checkout of its own. */
class U3OneCommandTest {

    /** On a machine that does much else. */
    private static final long BUILDING_SECONDS = 90;

    @TempDir
    private Path checkout;

    private final Table table = Table.of("alice", "bob");

    @BeforeEach
    void copyTheCheckout() throws IOException {
        for (String part : List.of("Makefile", "users.txt", "src")) {
            try (Stream<Path> files = Files.walk(Path.of(part))) {
                files.forEach(file -> copy(file, checkout.resolve(file.toString())));
            }
        }
    }

    @Test
    void makeRunBuildsAndStartsAndQuittingIsNoError() throws IOException {
        try (Started alice = make("run", "PORT=" + table.port("alice"), "USERS=" + table.file())) {
            alice.awaitLine(("* you are alice, listening on " + table.place("alice"))::equals, BUILDING_SECONDS,
                    "chat that was built");
            alice.type("/quit");
            assertEquals(0, alice.awaitExit());
            assertEquals(List.of(), alice.errors());
        }
        FileTime built = Files.getLastModifiedTime(checkout.resolve("build/peerchat.jar"));
        try (Started again = make("run", "PORT=" + table.port("alice"), "USERS=" + table.file(), "ARGS=--name alice")) {
            again.awaitLineWith("listening on ");
            assertEquals(built, Files.getLastModifiedTime(checkout.resolve("build/peerchat.jar")), "was built again");
            again.signal("TERM");
            again.awaitExit();
            assertEquals(0, again.process().descendants().count(), "the chat outlived make");
        }
    }

    @Test
    void withoutAPortTheTableTellsWhichThereAre() {
        try (Started make = make("run")) {
            make.awaitError(line -> line.startsWith("peerchat: "), BUILDING_SECONDS);
            assertEquals(2, make.awaitExit());
            make.awaitErrorWith("peerchat: PORT is missing: users.txt offers 5000 (alice), 5001 (bob), 5002 (carol), "
                    + "5003 (dave), 5004 (erin)");
            make.awaitErrorWith("usage: peerchat [options] PORT");
        }
    }

    @Test
    void makeAloneTellsWhatThereIs() {
        try (Started make = make()) {
            assertEquals(0, make.awaitExit());
            for (String target : List.of("make run PORT=5000", "make jar", "make test", "make clean", "USERS=", "ARGS=")) {
                assertTrue(make.lines().stream().anyMatch(line -> line.contains(target)), target);
            }
        }
    }

    @Test
    void withoutMavenAndWithoutAJarOneLineSaysHowToMendIt() {
        List<String> command = List.of("make", "--no-print-directory", "MVN=no-such-mvn", "COMMONS_CLI=build/lib/commons-cli-1.11.0.jar", "jar");
        try (Started make = start(command)) {
            assertEquals(2, make.awaitExit());
            make.awaitErrorWith("no Maven to fetch commons-cli:commons-cli:1.11.0: install it, or name a jar in hand with "
                    + "COMMONS_CLI=FILE");
        }
    }

    @Test
    void aFetchedFileWithAnotherChecksumIsNotTaken() throws IOException {
        Path maven = checkout.resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\nfor a; do case $a in -DoutputDirectory=*) "
                + "echo wrong >\"${a#*=}/commons-cli-1.11.0.jar\";; esac; done\n");
        assertTrue(maven.toFile().setExecutable(true));
        try (Started make = start(List.of("make", "MVN=./mvn", "COMMONS_CLI=build/lib/commons-cli-1.11.0.jar", "jar"))) {
            assertEquals(2, make.awaitExit());
            make.awaitErrorWith("commons-cli:commons-cli:1.11.0 has SHA-256 ");
            assertTrue(Files.notExists(checkout.resolve("build/lib/commons-cli-1.11.0.jar")));
        }
    }

    private Started make(String... arguments) {
        List<String> command = new ArrayList<>(List.of("make", "--no-print-directory",
                "COMMONS_CLI=" + Path.of(System.getProperty("commons.cli")).toAbsolutePath()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    private Started start(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(checkout.toFile());
        // Run by make itself, a test must not hand on what that make was told.
        builder.environment().keySet().removeIf(name -> name.startsWith("MAKE") || name.equals("MFLAGS"));
        return new Started(builder);
    }

    private static void copy(Path from, Path to) {
        try {
            if (Files.isDirectory(from)) {
                new File(to.toString()).mkdirs();
            } else {
                Files.copy(from, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
