package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

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
import support.Await;
import support.EmulatedTerminal;
import support.Session;
import support.Started;
import support.Table;
import support.TestTerminal;

/** U3: it compiles with one command. The Makefile, as users and lecturers meet it, in a checkout of its own. */
class U3OneCommandTest {

    /** On a machine that does much else. */
    private static final long BUILDING_SECONDS = 90;

    private static final String MAVEN_THAT_FETCHES_SOMETHING = "for a; do case $a in -DoutputDirectory=*) "
            + "echo wrong >\"${a#*=}/commons-cli-1.11.0.jar\";; esac; done";

    private static final String CANNOT_FETCH =
            "cannot fetch commons-cli:commons-cli:1.11.0: connect to the network once,"
            + " or name a jar in hand with COMMONS_CLI=FILE";

    @TempDir
    private Path folder;

    private Path checkout;

    private final Table table = Table.of("alice", "bob");

    /** In a folder as people have them. */
    @BeforeEach
    void copyTheCheckout() throws IOException {
        checkout = Files.createDirectories(folder.resolve("Lab 4/bob's \u00dcbung"));
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
        withoutAPortTheTableTellsWhichThereAre();
        FileTime built = Files.getLastModifiedTime(checkout.resolve("build/peerchat.jar"));
        try (Started again = make("run", "PORT=" + table.port("alice"), "ARGS=--name alice --users '"
                + table.file() + "'")) {
            again.awaitLineWith("listening on ");
            assertEquals(built, Files.getLastModifiedTime(checkout.resolve("build/peerchat.jar")), "was built again");
            List<ProcessHandle> inside = again.process().descendants().toList();
            try {
                again.signal("TERM");
                Await.until(() -> inside.stream().noneMatch(ProcessHandle::isAlive), () -> "the chat outlives make");
            } finally {
                inside.forEach(ProcessHandle::destroyForcibly);
            }
        }
        leavingWithCtrlCEndsMakeToo();
    }

    /**
     * A terminal sends the signal to make as well, which ends by it: it has nothing to report. GNU make waits for the
     * chat in the handler of the signal. If the system has not let it run since the chat left, the chat is reaped
     * before, and make misses a child that it has taken itself.
     */
    private void leavingWithCtrlCEndsMakeToo() {
        String command = "unset MAKEFLAGS MFLAGS MAKELEVEL; trap : INT; " + Session.quoted(withJar("run", "PORT="
                + table.port("alice"), "USERS=" + table.file())) + "; echo make has ended with $?; sleep 100";
        try (TestTerminal terminal = EmulatedTerminal.run(120, List.of("sh", "-c",
                "cd " + Session.quoted(List.of(checkout.toString())) + " && " + command))) {
            terminal.awaitLastRow("alice>");
            terminal.press("C-c");
            terminal.awaitLastRow(row -> row.matches("make has ended with [0-9]+"));
            List<String> lines = terminal.allLines();
            assumeFalse(lines.contains("make: *** wait: No child processes.  Stop."),
                    "make was so slow to see Ctrl-C that it lost its own child (GNU make 4.3)");
            assertEquals("make has ended with 130", lines.get(lines.size() - 1));
            assertEquals("* write friend/text, or */text to all; /help tells more, /quit leaves",
                    lines.get(lines.size() - 2));
        }
    }

    @Test
    void everyFileThatIsNamedMayHaveABlankInItsPath() throws IOException {
        Path place = Files.createDirectories(folder.resolve("in hand"));
        Path users = Files.copy(table.file(), place.resolve("my users.txt"));
        Path library = Files.copy(Path.of(System.getProperty("commons.cli")), place.resolve("the library.jar"));
        Path jdk = Files.createSymbolicLink(place.resolve("the jdk"), Path.of(System.getProperty("java.home")));
        Path link = Files.createSymbolicLink(folder.resolve("a link"), checkout);
        try (Started alice = start(List.of("make", "-C", link.toString(), "--no-print-directory", "COMMONS_CLI="
                + library,
                "JAVA_HOME=" + jdk, "USERS=" + users, "run", "PORT=" + table.port("alice")), folder)) {
            alice.awaitLine(("* you are alice, listening on " + table.place("alice"))::equals, BUILDING_SECONDS,
                    "chat that was built");
            alice.type("/quit");
            assertEquals(0, alice.awaitExit());
            assertEquals(List.of(), alice.errors());
        }
        assertTrue(Files.exists(checkout.resolve("build/peerchat.jsa")), "no class archive was made");
        Files.delete(jdk);
    }

    private void withoutAPortTheTableTellsWhichThereAre() {
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
            for (String target : List.of("make run PORT=5000", "make jar", "make test", "make clean", "USERS=",
                    "ARGS=")) {
                assertTrue(make.lines().stream().anyMatch(line -> line.contains(target)), target);
            }
        }
    }

    @Test
    void withoutMavenAndWithoutAJarOneLineSaysHowToMendIt() {
        List<String> command = List.of("make", "--no-print-directory", "MVN=no-such-mvn",
                "COMMONS_CLI=build/lib/commons-cli-1.11.0.jar", "jar");
        try (Started make = start(command, checkout)) {
            assertEquals(2, make.awaitExit());
            make.awaitErrorWith("no Maven to fetch commons-cli:commons-cli:1.11.0: install it, or name a jar in hand "
                    + "with COMMONS_CLI=FILE");
        }
    }

    @Test
    void aFetchedFileWithAnotherChecksumIsNotTaken() throws IOException {
        tool("mvn", MAVEN_THAT_FETCHES_SOMETHING);
        assertRefused("commons-cli:commons-cli:1.11.0 has SHA-256 "
                + "543df89fec85b1c280e5be7bc6a33e31203503cd6edb3084312de4db5a9b436c, expected "
                + "8f7f8605d68e15bf32db61ec94eac6fdafc51b1bdbe1e0e0802b57d23f387792: it is not the file that was "
                + "meant");
    }

    @Test
    void withoutAProgramThatMakesChecksumsOneLineSaysSo() throws IOException {
        tool("mvn", MAVEN_THAT_FETCHES_SOMETHING);
        tool("sha256sum", "exit 127");
        tool("shasum", "exit 127");
        assertRefused("cannot check commons-cli:commons-cli:1.11.0: neither sha256sum nor shasum is here; install "
                + "coreutils");
    }

    /** Maven's line begins with escape codes and the names of its own parts; what went wrong stands at its end. */
    @Test
    void whyMavenCouldNotFetchIsTold() throws IOException {
        String reason = "Could not transfer artifact a:b from/to central: " + "x".repeat(300) + ": Unknown host proxy";
        tool("mvn", "printf '\\033[0m\\033[0m[ERROR] Failed to execute goal c:d (default-cli) on project "
                + "standalone-pom: %s -> [Help 1]\\n[ERROR] \\n[ERROR] more\\nCaused by: UnknownHostException: Unknown "
                + "host proxy\\n' '"
                + reason + "'; exit 1");
        assertRefused(reason, CANNOT_FETCH);
    }

    /** Maven 3.9 tells the reason only with -e, in the last line that begins so. */
    @Test
    void whatMavenOnlyTellsInAStackTraceIsTold() throws IOException {
        tool("mvn", "echo '[ERROR] a:b could not be resolved:'; echo '[ERROR] \t-> [Help 1]'; echo 'Caused by: c: d "
                + "failed'; echo '    at e'; echo 'Caused by: f: no valid certificate'; echo '    at g'; exit 1");
        assertRefused("a:b could not be resolved: f: no valid certificate", CANNOT_FETCH);
    }

    /** Otherwise Maven fails in a folder with an umlaut, and with a small heap that is meant for small programs. */
    @Test
    void mavenHasALocaleAndNoOptionsThatAreMeantForEveryJvm() throws IOException {
        tool("mvn", "echo \"[ERROR] $LC_ALL ${_JAVA_OPTIONS-none}\"; exit 1");
        assertRefused("C.UTF-8 none", CANNOT_FETCH);
    }

    @Test
    void whatKeepsMavenFromStartingIsTold() throws IOException {
        tool("mvn", "echo 'The JAVA_HOME environment variable is not defined correctly' >&2; exit 1");
        assertRefused("The JAVA_HOME environment variable is not defined correctly", CANNOT_FETCH);
    }

    /** The last line is make's own. */
    private void assertRefused(String... errors) {
        try (Started make = start(List.of("make", "COMMONS_CLI=build/lib/commons-cli-1.11.0.jar", "jar"), checkout)) {
            assertEquals(2, make.awaitExit());
            List<String> said = make.errors();
            assertEquals(List.of(errors), said.subList(0, said.size() - 1));
            assertTrue(Files.notExists(checkout.resolve("build/lib/commons-cli-1.11.0.jar")));
        }
    }

    /** Puts a program of that name before all others. */
    private void tool(String name, String commands) throws IOException {
        Path tool = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(tool, "#!/bin/sh\n" + commands + "\n");
        assertTrue(tool.toFile().setExecutable(true));
    }

    /** A test in a new folder needs to be listed nowhere. */
    @Test
    void everyTestThatThereIsIsRun() throws IOException {
        Path tests = Path.of("test");
        try (Stream<Path> files = Files.walk(tests)) {
            List<String> classes = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                String inPackage = Files.readAllLines(file).stream().filter(line -> line.startsWith("package "))
                        .findFirst().orElseThrow().replaceFirst("package (.*);", "$1");
                classes.add(inPackage + "." + file.getFileName().toString().replaceFirst("\\.java$", ""));
            }
            for (String name : classes) {
                assertDoesNotThrow(() -> Class.forName(name), "is not among the tests: " + name);
            }
        }
    }

    private Started make(String... arguments) {
        return start(withJar(arguments), checkout);
    }

    private static List<String> withJar(String... arguments) {
        List<String> command = new ArrayList<>(List.of("make", "--no-print-directory",
                "COMMONS_CLI=" + Path.of(System.getProperty("commons.cli")).toAbsolutePath()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Started start(List<String> command, Path place) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(place.toFile());
        builder.environment().put("_JAVA_OPTIONS", "-Xmx8m"); // the build bears it
        builder.environment().merge("PATH", folder + "/bin", (path, tools) -> tools + ":" + path);
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
