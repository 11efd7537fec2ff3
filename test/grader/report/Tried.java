package grader.report;

import grader.verdict.Case;

/** What is done in the trial of a case, in a sentence or two: for a student who looks on. */
public final class Tried {

    private Tried() {
    }

    /** The users are those of a trial, such as alice and bob. */
    public static String words(Case what) {
        return switch (what) {
            case BUILDS -> "the build command is run on a copy of the folder";
            case LISTENS -> "alice is started alone; her program has to listen on her port";
            case READS_TABLE -> "alice writes to bob; her program has to connect to the address in the table";
            case SHOWS_MESSAGE -> "alice writes to bob, whose console has to show all of it";
            case SECOND -> "alice writes to bob once more";
            case REPLY -> "bob answers alice";
            case ONE_PROCESS -> "two friends write to alice; then the processes of her program are counted";
            case NO_THREADS -> "two friends write to alice; then the threads of her program are counted";
            case NO_SLASH -> "alice types a line that is no message: something new has to be shown to her, nothing to "
                    + "others, and she must still hear and write";
            case UNKNOWN_FRIEND -> "alice writes to zacharias, and then to bobby, who are in no table: something "
                    + "new has to be shown to her, nothing to others, and she must still hear and write";
            case SHOWN_WHILE_TYPING -> "bob has typed half a line when alice writes to him";
            case HALF_LINE_KEPT -> "bob types the other half, and Enter, after alice's message has come";
            case ALL_PAIRS -> "every user writes to every other";
            case SIXTH_CONNECTION -> "friends write to alice a few times; strangers connect until she has six "
                    + "connections; the friends write again; the strangers leave, more come and go; at last a new "
                    + "friend writes";
            case SHOWN_ONCE -> "alice writes to bob, and it is counted how often his console shows it";
            case TWO_QUICK -> "bob's program is stopped until two messages of alice have arrived, then it goes on: "
                    + "each has to be shown as a message of its own";
            case BYTES_200 -> "alice writes 200 bytes to bob";
            case BYTES_1000 -> "alice writes 1,000 bytes to bob";
            case BYTES_4000 -> "alice writes 4,000 bytes to bob";
            case SHORT_AFTER_LONG -> "alice writes a long message to bob, then a short one, which must not be followed "
                    + "by the end of the long one";
            case NAMES_SENDER -> "alice and carol write to bob, whose console has to say who it was";
            case SPACES -> "alice writes a text with spaces to bob";
            case SLASHES -> "alice writes carol a text with slashes or the like, and bob's name";
            case UTF_8 -> "alice writes umlauts, Chinese and an emoji to bob, then long rows of emoji; "
                    + "if his program reads in pieces, some piece ends within an emoji";
            case PERCENT_SIGNS -> "alice writes a text with per cent signs and quotes to bob";
            case NO_EARLY_CONNECTION -> "alice and bob are started, and nobody types: there must be no connection";
            case REUSES -> "alice writes to bob twice: the second message must go over the connection of the first";
            case CLOSES_IDLE -> "alice writes to bob, and then both are silent until her client socket is closed; "
                    + "the same is tried again while she talks with carol";
            case NOT_BEFORE -> "alice writes to bob twice; until the timeout her socket has to stay open";
            case RECONNECTS -> "alice writes to bob again after her client socket was closed";
            case PORT_AGAIN -> "alice's program is ended with Ctrl-C while a connection is open, and started again";
            case OFFLINE_FRIEND -> "alice writes to a friend whose program does not run: something new has to be "
                    + "shown to her, and she must still hear and write";
            case RESTARTED_FRIEND -> "the friends who have talked with alice are killed and started again; then "
                    + "alice writes to each, and each to her";
            case SILENT_STRANGER -> "a stranger connects to bob and says nothing; bob must still hear and write";
            case GARBAGE -> "a stranger sends garbage to bob and leaves; bob must still hear and write";
            case HALF_A_LINE -> "a stranger sends half a line to bob and resets the connection; bob must still hear "
                    + "and write";
            case IDLE_CPU -> "the CPU time of alice's program is measured in a long silence, and after bob has "
                    + "left";
            case INTERRUPT -> "Ctrl-C is typed at alice's program, which has to end, with all its processes";
        };
    }
}
