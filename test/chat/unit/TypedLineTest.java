package peerchat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TypedLineTest {

    @Test
    void everythingAfterTheFirstSlashIsTheText() {
        assertEquals(new TypedLine.Message("bob", "hi"), TypedLine.of("bob/hi"));
        assertEquals(new TypedLine.Message("bob", "a/b//c"), TypedLine.of("bob/a/b//c"));
        assertEquals(new TypedLine.Message("bob", " spaces stay "), TypedLine.of("  bob / spaces stay "));
        assertEquals(new TypedLine.Message("*", "all"), TypedLine.of("*/all"));
        assertEquals(new TypedLine.Message("bob", ""), TypedLine.of("bob/"));
    }

    @Test
    void aLineThatBeginsWithASlashIsACommand() {
        assertEquals(new TypedLine.Command("quit"), TypedLine.of("/quit"));
        assertEquals(new TypedLine.Command("users"), TypedLine.of("  /users  "));
        assertEquals(new TypedLine.Command(""), TypedLine.of("/"));
    }

    @Test
    void blankLinesAreNothingAndTheRestIsUnclear() {
        assertEquals(new TypedLine.Nothing(), TypedLine.of(""));
        assertEquals(new TypedLine.Nothing(), TypedLine.of(" \t "));
        assertEquals(new TypedLine.Unclear("hello"), TypedLine.of("hello"));
    }
}
