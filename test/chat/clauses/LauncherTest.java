package chat.clauses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import support.Jdk;
import support.Peer;
import support.Started;
import support.Table;

/** The jar starts itself, with flags for the JVM and an archive of its classes, which may be missing or stale. */
class LauncherTest {

    @TempDir
    private Path folder;

    private final Table table = Table.of("alice", "bob");

    private final Path archive = Path.of(Peer.jar().toString().replaceFirst("jar$", "jsa"));

    @Test
    void theJarIsAProgram() throws IOException {
        assertTrue(Files.isExecutable(Peer.jar()), "the jar cannot be executed");
        assertQuietStart(started("env", "JAVA_HOME=" + System.getProperty("java.home"), copy().toString()));
    }

    @Test
    void javaMinusJarStartsItToo() throws IOException {
        assertQuietStart(started(java(), "-jar", copy().toString()));
    }

    @Test
    void theClassesComeFromTheArchive() {
        assumeTrue(Runtime.version().feature() >= 21 || Peer.jar().toUri().getRawPath().equals(Peer.jar().toString()),
                "JDK 17 puts no class of a jar with a blank in its path into an archive");
        try (Started alice = new Started(new ProcessBuilder("env", "PEERCHAT_JVM_OPTIONS=-Xlog:class+load",
                "JAVA_HOME=" + System.getProperty("java.home"), Peer.jar().toString(), "--users",
                table.file().toString(), Integer.toString(table.port("alice"))))) {
            alice.awaitLine(line -> line.contains("peerchat.Main source: shared objects file"), "class of the archive");
            alice.awaitLineWith("peerchat.PeerChat source: shared objects file");
        }
    }

    @Test
    void aMissingArchiveIsNoError() throws IOException {
        Path jar = copy();
        assertFalse(Files.exists(jar.resolveSibling("peerchat.jsa")));
        assertQuietStart(started("env", "JAVA_HOME=" + System.getProperty("java.home"), jar.toString()));
    }

    @Test
    void aStaleArchiveIsNoError() throws IOException {
        Path jar = copy();
        Files.copy(archive, jar.resolveSibling("peerchat.jsa"));
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        assertQuietStart(started("env", "JAVA_HOME=" + System.getProperty("java.home"), jar.toString()));
    }

    @Test
    void aBrokenArchiveIsNoError() throws IOException {
        Path jar = copy();
        for (String content : List.of("", "no archive", "x".repeat(100_000))) {
            Files.writeString(jar.resolveSibling("peerchat.jsa"), content);
            assertQuietStart(started("env", "JAVA_HOME=" + System.getProperty("java.home"), jar.toString()));
        }
    }

    @Test
    void onlyVerboseKeepsTheStackTraces() throws IOException {
        try (Peer alice = Peer.start(table, "alice"); Peer bob = Peer.start(table, "bob", "--verbose")) {
            assertTrue(flags(alice).contains("-XX:-StackTraceInThrowable"), flags(alice));
            assertTrue(flags(bob).contains("-XX:+StackTraceInThrowable"), flags(bob));
        }
    }

    private static String flags(Peer peer) throws IOException {
        Path commandLine = Path.of("/proc", Long.toString(peer.process().pid()), "cmdline");
        assumeTrue(Files.exists(commandLine), "there is no /proc here to read command lines in");
        return Files.readString(commandLine);
    }

    /** Each contradicts a flag of the launcher: with any of them a JVM would not start. */
    @ParameterizedTest
    @ValueSource(strings = {"_JAVA_OPTIONS=-Xmx8m", "_JAVA_OPTIONS=-Xms1g", "JAVA_TOOL_OPTIONS=-XX:+UseG1GC",
        "JDK_JAVA_OPTIONS=-XX:+UseParallelGC"})
    void optionsForEveryJvmDoNotKeepItFromStarting(String setting) throws IOException {
        assertQuietStart(started("env", setting, "JAVA_HOME=" + System.getProperty("java.home"), copy().toString()));
    }

    @Test
    void aLocaleWithoutTheLettersOfThePathAndTheOptionsIsNoHindrance() throws IOException {
        Path place = Files.createDirectories(folder.resolve("\u00dcbung 4"));
        Files.copy(Peer.jar(), place.resolve("peerchat.jar"));
        Files.writeString(place.resolve("users.txt"), "j\u00fcrgen 127.0.0.1 " + table.port("alice") + "\n");
        for (String locale : List.of("LC_ALL=C", "LC_ALL=xx_XX.UTF-8", "LC_ALL=")) {
            try (Started chat = new Started(new ProcessBuilder("env", "-u", "LANG", "-u", "LC_CTYPE", locale,
                    "JAVA_HOME=" + System.getProperty("java.home"), "sh", "peerchat.jar", "--name", "j\u00fcrgen",
                    Integer.toString(table.port("alice"))).directory(place.toFile()))) {
                chat.awaitLine(line -> line.startsWith("* you are j\u00fcrgen, listening on "), "line of j\u00fcrgen");
                chat.type("/quit");
                assertEquals(0, chat.awaitExit());
                // Bash itself warns of a locale that is not there.
                assertEquals(List.of(), chat.errors().stream().filter(line -> !line.contains("setlocale")).toList());
            }
        }
    }

    @Test
    void whereNoLocaleHasTheLettersOfThePathOneLineSaysSo() throws IOException {
        Path place = Files.createDirectories(folder.resolve("\u00dcbung 4"));
        Files.copy(Peer.jar(), place.resolve("peerchat.jar"));
        Path tools = Files.createDirectories(folder.resolve("bin"));
        for (String[] tool : new String[][] {{"locale", "echo ANSI_X3.4-1968"}, {"java", "exit 1"}}) {
            Files.writeString(tools.resolve(tool[0]), "#!/bin/sh\n" + tool[1] + "\n");
            assertTrue(tools.resolve(tool[0]).toFile().setExecutable(true));
        }
        try (Started chat = new Started(new ProcessBuilder("env", "PATH=" + tools + ":" + System.getenv("PATH"),
                "JAVA_HOME=" + folder, "sh", "peerchat.jar", "5000").directory(place.toFile()))) {
            assertEquals(1, chat.awaitExit());
            assertEquals(List.of("peerchat: this path has letters that no locale here knows: " + place.toRealPath()
                    + "/peerchat.jar: move it, or install a UTF-8 locale"), chat.errors());
        }
    }

    @Test
    void withoutJavaOneLineSaysSo() throws IOException {
        Started started = new Started(new ProcessBuilder("env", "JAVA_HOME=/nowhere", "sh", copy().toString()));
        try (started) {
            assertEquals(127, started.awaitExit());
            assertEquals(List.of(
                    "peerchat: there is no /nowhere/bin/java: install a JDK, 17 or newer, or name its folder"
                    + " with JAVA_HOME=FOLDER"), started.errors());
        }
    }

    private Started started(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.command().addAll(List.of("--users", table.file().toString(), Integer.toString(table.port("alice"))));
        return new Started(builder);
    }

    private void assertQuietStart(Started alice) {
        try (alice) {
            alice.awaitLineWith("/quit leaves");
            assertEquals("* you are alice, listening on " + table.place("alice"), alice.lines().get(0));
            alice.type("/quit");
            assertEquals(0, alice.awaitExit());
            assertEquals(List.of(), alice.errors());
        }
    }

    private Path copy() throws IOException {
        Path jar = folder.resolve("peerchat.jar");
        Files.copy(Peer.jar(), jar);
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rwxr-xr-x"));
        return jar;
    }

    private static String java() {
        return Jdk.java();
    }
}
