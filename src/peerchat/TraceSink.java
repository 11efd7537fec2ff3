package peerchat;

/** Where a trace goes. */
interface TraceSink {

    /** Something happened. */
    void event(TraceEvent event);

    /** The pace has another gear from this time on. */
    default void gear(long time, Pace.Gear gear) {
    }

    /** A turn has ended; it is valid during this call. */
    default void turn(TracedTurn turn) {
    }

    /** Nothing more will come. */
    default void close(long now) {
    }
}
