package peerchat;

import java.util.Optional;

/** Finds out whose messages have arrived on a connection, and shows them. (P2) */
final class Display {

    private final Speaker speaker;
    private final Screen screen;
    private final Trace trace;

    Display(Speaker speaker, Screen screen, Trace trace) {
        this.speaker = speaker;
        this.screen = screen;
        this.trace = trace;
    }

    /** Shows the messages that have come whole. */
    void messages(Connection connection) {
        while (connection.decoder().next()) {
            show(connection);
        }
    }

    /** Shows what has come without an end: no more will come. */
    void rest(Connection connection) {
        if (connection.decoder().rest()) {
            show(connection);
        }
    }

    /** Shows what has come without an end if nothing has followed it for a while. */
    void restIfSilent(Connection connection) {
        if (connection.fellSilent() && connection.decoder().restSoFar()) {
            show(connection);
        }
    }

    private void show(Connection connection) {
        Span message = connection.decoder().message();
        boolean continues = connection.decoder().continues();
        Optional<Speaker.Said> last = connection.lastSaid();
        boolean same = last.isPresent() && (continues || last.get().isAlso(message));
        Speaker.Said said = same ? last.get() : speaker.of(message, connection.farEnd());
        if (!same) {
            connection.remember(said);
        }
        Span text = continues ? message : said.textOf(message);
        if (!text.isEmpty()) {
            trace.received(connection, said, text, continues);
            screen.message(said, text);
        }
    }
}
