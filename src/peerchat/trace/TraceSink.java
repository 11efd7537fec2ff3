package peerchat.trace;

/** Takes a trace. */
interface TraceSink {
    void event(TraceEvent event);

    /** The pace has changed at this time. */
    default void pace(long time, Trace.Pace pace) {}

    /** A turn has ended. */
    default void turn(TracedTurn turn) {}

    /** Nothing more will come. */
    default void close(long now) {}
}
