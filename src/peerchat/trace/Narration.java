package peerchat.trace;

import java.util.Locale;
import java.util.function.Consumer;
import peerchat.text.Text;

/** The trace for people (--trace): a line for each thing that happened, and none for a turn in which nothing did. */
final class Narration implements TraceSink {

    private static final double NANOS_PER_SECOND = 1e9;

    private final long start = System.nanoTime();
    private final Consumer<String> writer;

    /** @param writer takes the lines */
    Narration(Consumer<String> writer) {
        this.writer = writer;
    }

    /** Seconds since the start, the clause if the assignment asks for it, what happened. */
    @Override
    public void event(TraceEvent event) {
        writer.accept(String.format(Locale.ROOT, "%9.4f  %-4s  ", (event.time() - start) / NANOS_PER_SECOND,
                event.kind().clause()) + Text.visible(event.words()));
    }
}
