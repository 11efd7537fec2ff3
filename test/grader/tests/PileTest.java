package grader.tests;

import static grader.tests.MadeArchive.tar;
import static grader.tests.MadeArchive.tarred;
import static grader.tests.MadeArchive.tarredFolder;
import static grader.tests.MadeArchive.tarredHardLink;
import static grader.tests.MadeArchive.tarredLink;
import static grader.tests.MadeArchive.tarredPipe;
import static grader.tests.MadeArchive.zip;
import static grader.tests.MadeArchive.zipped;
import static grader.tests.MadeArchive.zippedEmpty;
import static grader.tests.MadeArchive.zippedFile;
import static grader.tests.MadeArchive.zippedLink;
import static grader.tests.MadeArchive.zippedProgram;
import static grader.tests.MadeArchive.zippedZeros;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grader.pile.Handed;
import grader.pile.Pile;
import grader.report.Ungraded;
import grader.tests.MadeArchive.InTar;
import grader.tests.MadeArchive.InZip;
import grader.trial.WrongUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What teachers get from Moodle, Canvas and Gradescope, and what students pack, is taken as it comes. */
class PileTest {

    private static final String ANNA = "Anna Bär_11_assignsubmission_file_";
    private static final String BOB = "Bob Ng_12_assignsubmission_file_";

    @TempDir
    private Path folder;
    private Path subs;
    private Path reports;

    @BeforeEach
    void makeFolders() throws IOException {
        subs = Files.createDirectories(folder.resolve("subs"));
        reports = folder.resolve("reports");
    }

    /** Makes files, folders and archives in a folder. */
    private interface Making {
        void in(Path folder) throws IOException;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Making files(String... names) {
        return in -> {
            for (String name : names) {
                write(in.resolve(name), name);
            }
        };
    }

    private static Arguments shape(String what, String wish, Making making, String... expected) {
        return Arguments.of(what, wish, making, expected);
    }

    /** The name of each submission, and a file that must be in its folder; or why it is refused, behind a "!". */
    private static Stream<Arguments> shapes() {
        return Stream.of(
                shape("a folder that is the submission", "a", files("a/chat.c"), "a", "chat.c"),
                shape("a folder without sources stays as it is", "a", files("a/chat", "a/lib/x.so"), "a", "chat"),
                shape("sources in a folder", "a", files("a/lab4/src/chat.c", "a/info.txt"), "a", "chat.c"),
                shape("a src below a Makefile", "a", files("a/x/GNUmakefile", "a/x/src/c.c"), "a", "GNUmakefile"),
                shape("what tools leave", "a", files("a/x/c.py", "a/build/y.c", "a/node_modules/z.js", "a/.git/h.sh",
                        "a/__MACOSX/c.py", "a/e/pyvenv.cfg", "a/e/lib/l.py"), "a", "c.py"),
                shape("a script of any name", "a", in -> write(in.resolve("a/x/run"), "#!/bin/sh\n"), "a", "run"),
                shape("packages of Java", "a", in -> {
                    write(in.resolve("a/s/org/chat/ui/U.java"), "// x\npackage org.chat.ui;\n");
                    write(in.resolve("a/s/org/chat/net/N.java"), "package org.chat.net;\n");
                }, "a", "org/chat/ui/U.java"),
                shape("two places", "a", files("a/lab4/c.c", "a/old/lab4/c.c"), "a", "lab4/c.c"),
                shape("a pattern in every part", "s*/[a-b]*/lab4", files("s1/a/lab4/c.c", "s1/b/lab4/c.c",
                        "s2/b/lab4/c.c", "s2/c/lab4/c.c"), "a", "c.c", "s1_b", "c.c", "s2_b", "c.c"),
                shape("folders and archives", "*", in -> {
                    files("carl/c.c", "notes.txt", ".hidden/c.c").in(in);
                    zip(in.resolve("anna.zip"), zipped("c.c", ""));
                    tar(in.resolve("bob.tar.gz"), tarred("deep/deeper/c.c", ""));
                }, "anna", "c.c", "bob", "c.c", "carl", "c.c"),
                shape("a link to a folder with an archive", "l*", in -> {
                    zip(in.resolve("../real/lab.zip"), zipped("c.c", ""));
                    Files.createSymbolicLink(in.resolve("link"), in.resolve("../real"));
                }, "link", "c.c"),
                shape("a folder of archives", ".", in -> {
                    zip(in.resolve("anna.zip"), zipped("c.c", ""));
                    tar(in.resolve("bob.tgz"), tarred("c.c", ""));
                    tar(in.resolve("carl.tar"), tarred("c.c", ""));
                }, "anna", "c.c", "bob", "c.c", "carl", "c.c"),
                shape("an archive beside sources is left alone", "a", in -> {
                    files("a/x/c.c").in(in);
                    zip(in.resolve("a/old.zip"), zipped("c.c", ""));
                }, "a", "c.c"),
                shape("an archive of folders", "all.zip", in -> zip(in.resolve("all.zip"), zipped("lab/anna/c.c", ""),
                        zipped("lab/bob/x/y/c.c", ""), zipped("lab/.DS_Store", ""), zipped("__MACOSX/lab/._a", "")),
                        "anna", "c.c", "bob", "c.c"),
                shape("an archive of archives", "all.tar", in -> {
                    zip(in.resolve("../anna.zip"), zipped("c.c", ""));
                    tar(in.resolve("all.tar"), MadeArchive.tarredFile("anna.zip", in.resolve("../anna.zip")),
                            MadeArchive.tarredFile("bob.zip", in.resolve("../anna.zip")));
                }, "anna", "c.c", "bob", "c.c"),
                shape("the archive of one student", "anna.zip", in -> zip(in.resolve("anna.zip"),
                        zipped("lab4/Makefile", ""), zipped("lab4/src/c.c", ""), zipped("lab4/doc/x.pdf", "")),
                        "anna", "Makefile"),
                shape("Moodle, with folders", "all.zip", in -> {
                    zip(in.resolve("../lab.zip"), zipped("lab/c.c", ""));
                    zip(in.resolve("all.zip"), zippedFile(ANNA + "/lab.zip", in.resolve("../lab.zip")),
                            zipped(ANNA + "/report.pdf", ""), zipped(BOB + "/c.c", ""),
                            zipped(BOB.replace("file", "onlinetext") + "/onlinetext.html", ""));
                }, "Anna Bär", "c.c", "Bob Ng", "c.c"),
                shape("Moodle, unpacked by hand", "*", files(ANNA + "/c.c", BOB + "/c.c"),
                        "Anna Bär", "c.c", "Bob Ng", "c.c"),
                shape("Moodle, one student only", "all.zip", in -> zip(in.resolve("all.zip"),
                        zipped("x/" + ANNA + "/c.c", "")), "Anna Bär", "c.c"),
                shape("Moodle, without folders", ".", files(ANNA + "c.c", ANNA + "h.h", BOB + "c.c"),
                        "Anna Bär", "h.h", "Bob Ng", "c.c"),
                shape("Moodle, two of one name", "*", files("A B_1_assignsubmission_file_/c.c",
                        "A B_2_assignsubmission_file_/c.c", BOB + "/c.c"), "A B_1", "c.c", "A B_2", "c.c",
                        "Bob Ng", "c.c"),
                shape("Moodle, two exports of one student", "e*", files("e1/" + ANNA + "/c.c", "e2/" + ANNA + "/c.c"),
                        "e1_" + ANNA, "c.c", "e2_" + ANNA, "c.c"),
                shape("Canvas", "all.zip", in -> {
                    zip(in.resolve("../lab.zip"), zipped("lab/c.c", ""));
                    zip(in.resolve("all.zip"), zipped("baeranna_12345_678_chat.cpp", ""),
                            zipped("baeranna_12345_678_my_lib_1.h", ""), zippedFile("ngbob_LATE_23_99_lab.zip",
                            in.resolve("../lab.zip")));
                }, "baeranna", "my_lib_1.h", "ngbob", "c.c"),
                shape("Gradescope", "all.zip", in -> zip(in.resolve("all.zip"),
                        zipped("assignment_1_export/submission_metadata.yml", "---\nsubmission_11:\n  :submitters:\n"
                        + "  - :name: Anna Bär\n    :sid: '1'\nsubmission_12:\n  :submitters: []\n"),
                        zipped("assignment_1_export/submission_11/c.c", ""),
                        zipped("assignment_1_export/submission_12/c.c", "")),
                        "Anna Bär", "c.c", "submission_12", "c.c"),
                shape("names in the character set of MS-DOS", "all.zip", in -> zip(in.resolve("all.zip"), "IBM437",
                        false, zipped("Jürg/c.c", ""), zipped("Zoë/é.c", "")), "Jürg", "c.c", "Zoë", "é.c"),
                shape("UTF-8 without the flag", "all.zip", in -> zip(in.resolve("all.zip"), "UTF-8", false,
                        zipped("Jürg/c.c", ""), zipped("Łukasz/c.c", "")), "Jürg", "c.c", "Łukasz", "c.c"),
                shape("names from Windows", "all.zip", in -> zip(in.resolve("all.zip"), zipped("x\\anna\\c.c", ""),
                        zipped("x\\bob\\c.c", "")), "anna", "c.c", "bob", "c.c"),
                shape("names that differ in case only", "*", in -> {
                    files("Anna/c.c", "other/c.c").in(in);
                    zip(in.resolve("anna.zip"), zipped("c.c", ""), zipped("C.c", ""));
                }, "subs_Anna", "c.c", "anna.zip", "C.c", "other", "c.c"),
                shape("the name of a folder that is in use", "*", files("unpacked/c.c", "b/c.c"),
                        "b", "c.c", "subs_unpacked", "c.c"),
                shape("the same name twice in an archive", "a.tar", in -> tar(in.resolve("a.tar"), tarred("c.c", "1"),
                        tarred("c.c", "2")), "a", "c.c"),
                shape("an archive of a kind that is not known", "*", files("a/c.rar", "b/c.c"),
                        "a", "!c.rar cannot be unpacked: only zip, tar, tar.gz, tgz can", "b", "c.c"),
                shape("an archive without a file", "*", in -> zip(in.resolve("a.zip")),
                        "a", "!a.zip: there is no file in it"),
                shape("a broken archive", "*", in -> {
                    files("a.zip", "b/c.c").in(in);
                    write(in.resolve("c.tgz"), "\u001f\u008b");
                }, "a", "!.+", "b", "c.c", "c", "!.+"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void takesWhatComes(String what, String wish, Making making, String... expected) throws IOException {
        making.in(subs);
        assertTaken(Pile.of(subs.resolve(wish).toString(), reports), expected);
    }

    private static void assertTaken(Pile pile, String... expected) {
        Map<String, String> taken = new TreeMap<>();
        for (Handed one : pile.handed()) {
            taken.put(one.name(), "");
        }
        for (Ungraded one : pile.refused()) {
            taken.put(one.name(), "!" + one.reason());
        }
        Map<String, String> wanted = new TreeMap<>();
        IntStream.range(0, expected.length / 2).forEach(at -> wanted.put(expected[2 * at], expected[2 * at + 1]));
        assertEquals(wanted.keySet(), taken.keySet(), () -> "" + pile);
        assertEquals(wanted.size(), pile.names().size());
        wanted.forEach((name, what) -> {
            if (what.startsWith("!")) {
                assertTrue(taken.get(name).matches(what), () -> name + ": " + taken.get(name));
            } else {
                assertEquals("", taken.get(name));
                Path folder = pile.handed().stream().filter(one -> one.name().equals(name)).findFirst().get().folder();
                assertTrue(Files.exists(folder.resolve(what)), () -> folder + " has no " + what);
            }
        });
    }

    private static Arguments hostile(String what, String why, Making making) {
        return Arguments.of(what, why, making);
    }

    /** Archives b.zip or b.tar, and a part of the reason why each is refused. */
    private static Stream<Arguments> hostileArchives() {
        return Stream.of(
                hostile("up", "leads out", in -> zip(in.resolve("b.zip"), zipped("c.c", ""), zipped("../x", ""))),
                hostile("up, in between", "leads out", in -> zip(in.resolve("b.zip"), zipped("y/../../x", ""))),
                hostile("up, as on Windows", "leads out", in -> zip(in.resolve("b.zip"), zipped("y\\..\\..\\x", ""))),
                hostile("absolute", "absolute", in -> tar(in.resolve("b.tar"), tarred("c.c", ""),
                        tarred(in.resolveSibling("x").toString(), ""))),
                hostile("a drive", "absolute", in -> zip(in.resolve("b.zip"), zipped("C:\\x", ""))),
                hostile("a link out", "a link leads out", in -> tar(in.resolve("b.tar"), tarredLink("l", ".."),
                        tarred("l/x", ""))),
                hostile("a link to an absolute path", "a link leads out", in -> zip(in.resolve("b.zip"),
                        zipped("c.c", ""), zippedLink("l", "/etc/passwd"))),
                hostile("a link through a link", "a link leads out", in -> tar(in.resolve("b.tar"),
                        tarred("p/q/c.c", ""), tarredLink("p/q/up", "../.."), tarredLink("out", "p/q/up/../.."))),
                hostile("a link where a folder is", "a link cannot be made", in -> tar(in.resolve("b.tar"),
                        tarredLink("l", "c"), tarred("l/c.c", ""))),
                hostile("a hard link out", "a hard link", in -> tar(in.resolve("b.tar"), tarred("c.c", ""),
                        tarredHardLink("h", "a.txt"))),
                hostile("a hard link up", "leads out", in -> tar(in.resolve("b.tar"), tarred("c.c", ""),
                        tarredHardLink("h", "../a.txt"))),
                hostile("a pipe", "a special file", in -> tar(in.resolve("b.tar"), tarredPipe("c.c"))),
                hostile("a file that is a folder", "as well", in -> zip(in.resolve("b.zip"), zipped("c", ""),
                        zipped("c/c.c", ""))),
                hostile("a long path", "too long", in ->
                        zip(in.resolve("b.zip"), zipped("d/".repeat(600) + "c.c", ""))),
                hostile("a long name", "too long", in -> zip(in.resolve("b.zip"), zipped("ä".repeat(200), ""))),
                hostile("a bomb", "more than 500 MB", in -> zip(in.resolve("b.zip"), zippedZeros("c.c", 501 << 20, 1))),
                hostile("a bomb that hides its size", "more than 500 MB", in -> zip(in.resolve("b.zip"),
                        zippedZeros("c.c", 10, 501))),
                hostile("a bomb inside", "more than 500 MB", in -> {
                    zip(in.resolve("../bomb.zip"), zippedZeros("c.c", 501 << 20, 1));
                    zip(in.resolve("b.zip"), zippedFile("x.zip", in.resolve("../bomb.zip")));
                }),
                hostile("too many files", "more than 50000 files", in -> zip(in.resolve("b.zip"),
                        IntStream.rangeClosed(0, 50_000).mapToObj(at -> zippedEmpty("f" + at)).toArray(InZip[]::new))),
                hostile("too many folders", "more than 50000 files", in -> tar(in.resolve("b.tar"),
                        Collections.nCopies(50_001, tarredFolder("./")).toArray(InTar[]::new))),
                hostile("archives in archives", "more than 5 deep", in -> {
                    zip(in.resolve("../0.zip"), zipped("c.c", ""));
                    for (int at = 1; at <= 50; at++) {
                        Path last = in.resolve("../" + (at - 1) + ".zip");
                        zip(in.resolve("../" + at + ".zip"), zippedFile("n.zip", last));
                    }
                    Files.copy(in.resolve("../50.zip"), in.resolve("b.zip"));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileArchives")
    void aHostileArchiveCostsOnlyItself(String what, String why, Making making) throws IOException {
        files("a/c.c", "a.txt").in(subs);
        making.in(subs);
        assertTaken(Pile.of(subs.resolve("*").toString(), reports), "a", "c.c", "b", "!.*" + why + ".*");
        assertFalse(Files.exists(folder.resolve("x")) || Files.exists(reports.resolve("x"))
                || Files.exists(reports.resolve("unpacked/x")));
    }

    /** The archive is the teacher's, but what is in it comes from students. */
    @Test
    void aHostilePartOfAnExportCostsOnlyItself() throws IOException {
        Path all = subs.resolve("all.tar");
        tar(all, tarred(ANNA + "/c.c", ""), tarred(BOB + "/c.c", ""), tarredLink(BOB + "/l", "../" + ANNA + "/c.c"),
                tarred("Carl_13_assignsubmission_file_/../../x", ""), tarred("/etc/x", ""));
        assertTaken(Pile.of(all.toString(), reports), "Anna Bär", "c.c", "Bob Ng", "!a link.*",
                "Carl", "!.*leads out.*", "all", "!an absolute path.*");
        assertFalse(Files.exists(reports.resolve("x")));
    }

    @Test
    void aPathOutOfTheFolderThatHasAllIsNobodys() throws IOException {
        zip(subs.resolve("all.zip"), zipped("lab/anna/c.c", ""), zipped("lab/../../x", ""), zipped("lab/bob/c.c", ""));
        assertTaken(Pile.of(subs + "/all.zip", reports), "anna", "c.c", "bob", "c.c", "all", "!.*leads out.*");
    }

    @Test
    void modesLinksAndTheLastOfTwoAreKept() throws IOException {
        zip(subs.resolve("a.zip"), zippedProgram("run.sh", "exit 3"), zipped("c.c", ""));
        tar(subs.resolve("b.tar"), tarred("c.c", "1"), tarred("c.c", "2"), tarredLink("d/l.c", "../c.c"),
                tarredHardLink("h.c", "c.c"));
        Pile pile = Pile.of(subs.toString(), reports);
        Path a = pile.handed().get(0).folder();
        Path b = pile.handed().get(1).folder();
        assertTrue(Files.isExecutable(a.resolve("run.sh")));
        assertFalse(Files.isExecutable(a.resolve("c.c")));
        assertEquals("2", Files.readString(b.resolve("d/l.c")));
        assertTrue(Files.isSymbolicLink(b.resolve("d/l.c")));
        assertEquals("2", Files.readString(b.resolve("h.c")));
    }

    @Test
    void theWholeNameAsExportedIsKept() throws IOException {
        files(ANNA + "/lab4/c.c").in(subs);
        assertEquals(ANNA, Pile.of(subs + "/*/lab4", reports).handed().get(0).label());
    }

    @Test
    void whatWasUnpackedIsReplacedByTheNextRun() throws IOException {
        zip(subs.resolve("a.zip"), zipped("c.c", ""));
        Path unpacked = Pile.of(subs + "/*", reports).handed().get(0).folder();
        assertTrue(unpacked.startsWith(reports.resolve("unpacked")), () -> "" + unpacked);
        Files.writeString(unpacked.resolve("old"), "");
        assertEquals(unpacked, Pile.of(subs + "/*", reports).handed().get(0).folder());
        assertFalse(Files.exists(unpacked.resolve("old")));
        // what lies there can be graded again, but is not replaced by itself
        assertEquals(unpacked, Pile.of(unpacked.toString(), reports).handed().get(0).folder());
        Files.delete(unpacked.resolve("c.c"));
        zip(unpacked.resolve("b.zip"), zipped("c.c", ""));
        assertThrows(WrongUse.class, () -> Pile.of(unpacked.toString(), reports));
        assertTrue(Files.exists(unpacked.resolve("b.zip")));
    }

    @Test
    void aFileThatIsNoArchiveIsToldApart() throws IOException {
        files("a.txt").in(subs);
        WrongUse e = assertThrows(WrongUse.class, () -> Pile.of(subs + "/a.txt", reports));
        assertTrue(e.getMessage().endsWith("neither a folder nor an archive (zip, tar, tar.gz, tgz)"), e.getMessage());
    }
}
