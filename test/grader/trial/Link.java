package grader.trial;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A TCP connection by its two ends, whichever of them is looked at. */
public record Link(Place one, Place other) {

    /** An address, as /proc writes it, and a port. */
    public record Place(String address, int port) {

        private static final int WORD_BYTES = 4;

        /** @param address in numbers */
        static Place of(String address, int port) {
            try {
                byte[] bytes = InetAddress.getByName(address).getAddress();
                StringBuilder hexadecimal = new StringBuilder();
                for (int i = 0; i < bytes.length; i += WORD_BYTES) {
                    hexadecimal.append(String.format(Locale.ROOT, "%08X",
                            ByteBuffer.wrap(bytes, i, WORD_BYTES).order(ByteOrder.nativeOrder()).getInt()));
                }
                return new Place(hexadecimal.toString(), port);
            } catch (UnknownHostException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Whether a server there is reached at this address of its machine. */
        boolean isReachedAt(Place other) {
            return port == other.port && (address.equals(other.address) || address.chars().allMatch(one -> one == '0'));
        }
    }

    private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::port).thenComparing(Place::address);

    public static Link between(Place one, Place other) {
        List<Place> ends = Stream.of(one, other).sorted(ORDER).toList();
        return new Link(ends.get(0), ends.get(1));
    }

    public boolean leadsTo(Place place) {
        return one.equals(place) || other.equals(place);
    }

    public boolean hasPort(int port) {
        return one.port() == port || other.port() == port;
    }
}
