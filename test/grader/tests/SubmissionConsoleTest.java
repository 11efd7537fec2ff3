package grader.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grader.trial.SubmissionConsole;
import grader.verdict.Transcript.Kind;
import grader.verdict.Transcript.Line;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of a console, and what is told of it. */
class SubmissionConsoleTest {

    /** When each piece came. */
    private final List<Double> seconds = new ArrayList<>();
    private final SubmissionConsole console = new SubmissionConsole(System.nanoTime(),
            (second, kind, text) -> seconds.add(second));

    private List<Line> lines() {
        return console.transcript("bob", "./peer").lines();
    }

    /** A prompt stands there long before the message that is shown behind it. */
    @Test
    void aRowHasTheTimeOfItsLastText() {
        console.show("bob\n> ");
        console.show("alice: hel");
        console.show("lo");
        console.show(" \u001b[0m\n> ");
        console.typed("alice/hi\n");
        assertEquals(List.of(new Line(seconds.get(0), Kind.SHOWN, "bob"),
                new Line(seconds.get(2), Kind.SHOWN, "> alice: hello "), new Line(seconds.get(3), Kind.SHOWN, "> "),
                new Line(seconds.get(4), Kind.TYPED, "alice/hi")), lines());
    }

    @Test
    void whereALongTextBreaksOffIsTold() {
        console.show("> alice: the-kettle-001-is-on🙂🙂\ufffd\ufffd" + "🙂".repeat(40) + "\n");
        console.show("bob: the-kettle-002-is-on");
        assertEquals("the first 28 of its 40 bytes, up to \"e-kettle-001-is-on🙂🙂\"; then \"\ufffd\ufffd"
                + "🙂".repeat(18) + "\"", console.beginning("the-kettle-001-is-on" + "🙂".repeat(5)));
        assertEquals("the first 20 of its 24 bytes, up to \"the-kettle-002-is-on\"; then nothing",
                console.beginning("the-kettle-002-is-on🙂"));
        assertEquals("", console.beginning("the-kettle-003-is-on🙂"));
    }

    @Test
    void aLongTextIsToldByItsBeginningItsLengthAndItsEnd() {
        String text = "the-kettle-001-is-on" + "🙂".repeat(200) + "\u0007";
        String told = "alice: the-kettle-001-is-on … (821 bytes in all) … " + "🙂".repeat(19) + "\\x07";
        assertEquals(told, SubmissionConsole.excerpt("alice: " + text));
        console.show("alice: " + text + "\n");
        assertEquals(told, console.end());
        String sentence = "the compiler says this and that; ".repeat(9) + "x".repeat(100);
        assertEquals(sentence, SubmissionConsole.excerpt(sentence));
    }
}
