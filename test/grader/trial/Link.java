package grader.trial;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A TCP connection by its two ends, whichever of them is looked at. */
public record Link(Place one, Place other) {

    /** An address, as /proc writes it, and a port. */
    public record Place(String address, int port) {
    }

    private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::port).thenComparing(Place::address);

    public static Link between(Place one, Place other) {
        List<Place> ends = Stream.of(one, other).sorted(ORDER).toList();
        return new Link(ends.get(0), ends.get(1));
    }

    public boolean hasPort(int port) {
        return one.port() == port || other.port() == port;
    }
}
