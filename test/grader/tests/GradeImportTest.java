package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grader.pile.Handed;
import grader.report.GradeImport;
import grader.report.Tables;
import grader.verdict.Case;
import grader.verdict.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The points of a class, as learning platforms import them. */
class GradeImportTest {

    private static final String HEADS_OF_MOODLE =
            "Identifier,Full name,Grade,Last modified (grade),Feedback comments\r\n";
    private static final String HEADS_OF_CANVAS =
            "Student,ID,SIS User ID,SIS Login ID,Section,Peer-to-peer chat\r\n";
    private static final int ALL = Case.values().length;

    private static Handed labelled(Report report, String label) {
        return new Handed(report.name(), label, Path.of("subs"), Path.of("subs"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "First Last_12345_assignsubmission_file_|Participant 12345,First Last",
        "First Last_12345_assignsubmission_file|Participant 12345,First Last",
        "First Last_12345_assignsubmission_onlinetext_|Participant 12345,First Last",
        "Łuk de_la_Cruz_9_assignsubmission_file_chat.zip|Participant 9,Łuk de_la_Cruz",
        "=1+1_7_assignsubmission_file_|Participant 7,'=1+1",
        "Last, \"F\"_7_assignsubmission_file_|Participant 7,\"Last, \"\"F\"\"\""})
    void moodleKnowsAParticipantByTheNumber(String label, String cells) {
        Report report = MadeUpReports.good();
        int points = MadeUpReports.pointsWithout();
        assertEquals(Optional.of(HEADS_OF_MOODLE + cells + "," + points
                + ",2026-03-05 10:20:30 +00:00,\"" + ALL + " passed, 0 failed, 0 not graded\"\r\n"),
                GradeImport.moodle(List.of(labelled(report, label)), List.of(report)));
        assertEquals(Optional.empty(), GradeImport.canvas(List.of(labelled(report, label)), List.of(report)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "lastfirst_12345_678_chat.c|lastfirst,12345",
        "lastfirst_LATE_12345_678_chat_server-2.c|lastfirst,12345",
        "lastfirst_12345_678|lastfirst,12345"})
    void canvasKnowsAStudentByTheFirstNumber(String label, String cells) {
        Report report = MadeUpReports.good();
        assertEquals(Optional.of(HEADS_OF_CANVAS + cells + ",,,," + MadeUpReports.pointsWithout() + "\r\n"),
                GradeImport.canvas(List.of(labelled(report, label)), List.of(report)));
        assertEquals(Optional.empty(), GradeImport.moodle(List.of(labelled(report, label)), List.of(report)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "group_1", "lab_2_solution", "First Last_assignsubmission_file_", "a_b_c_1_2"})
    void otherNamesAreOfNoPlatform(String label) {
        List<Handed> pile = List.of(labelled(MadeUpReports.good(), label));
        assertEquals(Optional.empty(), GradeImport.moodle(pile, List.of(MadeUpReports.good())));
        assertEquals(Optional.empty(), GradeImport.canvas(pile, List.of(MadeUpReports.good())));
    }

    /** Nobody gets no points only because the grader could not grade. */
    @Test
    void thoseWithoutAReportAreLeftOut() {
        Report bob = MadeUpReports.mixed();
        List<Handed> pile = List.of(new Handed("zoe", "Zoe_1_assignsubmission_file_", Path.of("subs"), Path.of("subs")),
                labelled(bob, "Bob_2_assignsubmission_file_"));
        assertEquals(Optional.of(HEADS_OF_MOODLE + "Participant 2,Bob,85.57,2026-03-05 10:20:30 +00:00,\"" + (ALL - 5)
                + " passed, 3 failed, 2 not graded; failed, look here first: D4.1 a message is shown while a line is "
                + "half typed; P3.2.2 the second message uses the client socket of the first; R8 Ctrl-C leaves no "
                + "process behind\"\r\n"), GradeImport.moodle(pile, List.of(bob)));
    }

    /** The points of some clauses are no grade: an upload of them would be one. */
    @Test
    void aQuickLookHasNoGradesAndTakesOlderOnesAway(@TempDir Path folder) throws IOException {
        Report report = MadeUpReports.good();
        List<Handed> pile = List.of(labelled(report, "Bob_2_assignsubmission_file_"));
        String moodle = "to upload to Moodle: " + folder.resolve("moodle.csv");
        Tables.write(folder, pile, List.of(report), List.of(), "");
        assertEquals(List.of("the table of all: " + folder.resolve("summary.html"), moodle), Tables.places(folder));
        Tables.write(folder, pile, List.of(report), List.of(), "U P2.1");
        assertEquals(List.of("the table of all: " + folder.resolve("summary.html")), Tables.places(folder));
        assertTrue(Files.readString(folder.resolve("summary.html")).contains("only U P2.1"));
    }
}
