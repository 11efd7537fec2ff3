package peerchat.trace;

/** A destination of the trace: lines for people, or a file. */
interface TraceSink {
    void event(TraceEvent event);

    /** The pace has changed at this time. */
    default void pace(long time, Trace.Pace pace) {}

    /** A turn has ended. */
    default void turn(TracedTurn turn) {}

    /** The trace ends. */
    default void close(long now) {}
}
