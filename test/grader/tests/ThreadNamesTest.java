package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grader.cases.D1;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How D1.2 tells the threads that a program has added. */
class ThreadNamesTest {

    @Test
    void namesThatAreTheProgramsOwnAreNotTold() {
        assertEquals("3", D1.added("python3", List.of("python3"), List.of("python3", "python3", "python3")));
        assertEquals("3; added: [reader-1, reader-2]",
                D1.added("java", List.of("java"), List.of("java", "reader-1", "reader-2")));
        assertEquals("3; added: [peer, reader]",
                D1.added("peer", List.of("peer"), List.of("peer", "peer", "reader")));
    }
}
