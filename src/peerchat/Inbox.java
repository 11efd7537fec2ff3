package peerchat;

/** Reads what has arrived on the connections, and has it displayed. (P2) */
final class Inbox {

    /** Bytes read from one connection in one turn: a friend who floods keeps nobody waiting. */
    static final int READ_BUFFER = 64 * 1024;

    /** Buffers read from a broken connection at once: more than the kernel holds. */
    private static final int MOST_BUFFERS_HELD = 16;

    /** The kernel holds one at most of a connection that is in order; the next read finds the end. */
    private static final int BUFFERS_BEFORE_AN_END = 2;

    private final Connections connections;
    private final Display display;
    private final Pace pace;
    private final Trace trace;
    private final byte[] buffer = new byte[READ_BUFFER];

    Inbox(Connections connections, Display display, Pace pace, Trace trace) {
        this.connections = connections;
        this.display = display;
        this.pace = pace;
        this.trace = trace;
    }

    /** Takes one buffer of each connection, the oldest first: what was sent before is shown before. */
    void readAll(Wait wait) {
        trace.phase(Trace.Phase.READ);
        for (Connection connection : connections.all()) {
            if (wait.hasRead(connection)) {
                take(connection, wait.found(), wait.bytes());
            } else {
                read(connection, 0);
            }
        }
        connections.forgetClosed();
    }

    /** The same, waiting on every connection for some milliseconds. */
    void readAllFor(int millis) {
        for (Connection connection : connections.all()) {
            read(connection, millis);
        }
        connections.forgetClosed();
    }

    /** Reads what is there: an end is found only after all that was sent before it. */
    void readToEnd(Connection connection) {
        readBuffers(connection, MOST_BUFFERS_HELD);
    }

    /** Looks whether the other side has ended, for up to 1 ms; what it sent before the end is read first. */
    void look(Connection connection) {
        readBuffers(connection, BUFFERS_BEFORE_AN_END);
    }

    /** An end is seen only by a read that waits. */
    private void readBuffers(Connection connection, int most) {
        for (int i = 0; i < most && read(connection, 1); i++) {
            continue;
        }
    }

    /**
     * Reads one buffer at most, and displays the messages in it.
     *
     * @param millis how long to wait; 0 only asks, and cannot see the end of the stream
     * @return whether there was anything to read
     */
    private boolean read(Connection connection, int millis) {
        if (connection.isClosed() || connection.isEnded()) {
            return false;
        }
        trace.asks(connection, millis);
        Connection.Found found = connection.read(buffer, millis);
        trace.asked(connection, found);
        take(connection, found, buffer);
        return found == Connection.Found.BYTES;
    }

    private void take(Connection connection, Connection.Found found, byte[] bytes) {
        switch (found) {
            case BYTES -> {
                connection.decoder().add(bytes, connection.bytesRead());
                display.messages(connection);
                pace.happened(connection);
            }
            case NOTHING -> display.restIfSilent(connection);
            case END -> {
                if (connection.isAccepted() && connection.decoder().holdsText()) {
                    readOlderOnes(connection);
                }
                connections.ended(connection);
            }
            case BREAK -> connections.broken(connection);
        }
    }

    /** Some programs make a connection for each message, and end it instead of the message: the older came first. */
    private void readOlderOnes(Connection newer) {
        for (Connection older : connections.all()) {
            if (older == newer) {
                break;
            }
            if (older.isAccepted() && older.isOpen()
                    && older.farEnd().getAddress().equals(newer.farEnd().getAddress())) {
                readToEnd(older);
            }
        }
    }
}
