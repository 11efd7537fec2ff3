package peerchat.trace;

import java.util.Locale;
import java.util.function.Consumer;
import peerchat.text.Text;

/** The trace for people (--trace): a line for each event, and for a change of pace. Empty turns are only counted. */
final class Narration implements TraceSink {
    private final long start = System.nanoTime();
    private final Consumer<String> writer;
    private Trace.Pace toldPace = Trace.Pace.TALKING;
    /** Whether an event was told since the pace was told last. */
    private boolean isNews;

    Narration(Consumer<String> writer) {
        this.writer = writer;
    }

    @Override
    public void event(TraceEvent event) {
        isNews = true;
        tell(event.time(), event.kind().clause(), event.words());
    }

    /** On a terminal, every key changes the pace to talking for a moment. That is told only if an event was told. */
    @Override
    public void pace(long time, Trace.Pace pace) {
        boolean isWorthTelling = switch (pace) {
            case TALKING -> isNews;
            case PAUSING -> isNews || toldPace != Trace.Pace.PAUSING && toldPace != Trace.Pace.SILENT;
            case TYPING -> toldPace != Trace.Pace.TYPING;
            case SILENT -> toldPace != Trace.Pace.SILENT;
        };
        if (isWorthTelling) {
            toldPace = pace;
            isNews = false;
            tell(time, "", "the pace is " + TraceEvent.title(pace) + ": " + switch (pace) {
                case TALKING -> "connections and keyboard are asked, without a wait";
                case TYPING -> "a turn waits for 1 ms, then asks for the next key";
                case PAUSING -> "a turn waits 1 to 8 ms for the last speaker, or for somebody to connect";
                case SILENT -> "a turn waits 50 ms for the last speaker, or 100 ms if nobody is connected";
            });
        }
    }

    /** Writes a line: seconds since the start, the clause of the assignment if there is one, the words. */
    private void tell(long time, String clause, String words) {
        writer.accept(String.format(Locale.ROOT, "%9.4f  %-4s  ", (time - start) / 1e9, clause)
                + Text.visible(words));
    }
}
