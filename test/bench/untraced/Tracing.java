package peerchat.trace;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import peerchat.users.User;

/** Stands in for the class of this name, so that {@link Trace#OFF} is the only trace that the benchmark's chat has. */
public final class Tracing {

    private Tracing() {
    }

    public static Trace start(Optional<Consumer<String>> lines, Optional<Path> file, User me, Consumer<String> complain,
            Supplier<String> halfTyped) {
        return Trace.OFF;
    }
}
