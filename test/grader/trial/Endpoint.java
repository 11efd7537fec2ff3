package grader.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringTokenizer;

/**
 * One end of a TCP connection, or a listening socket, as the kernel lists it.
 *
 * @param unread bytes that have arrived and were not read yet
 * @param inode 0 if no process has it any more
 */
public record Endpoint(Link.Place local, Link.Place remote, State state, long unread, long inode) {

    private static final List<String> FILES = List.of("tcp", "tcp6");
    /** In a table of IPv6 sockets, an IPv4 address stands behind this. */
    private static final String MAPPED = "0000000000000000FFFF0000";

    /** Words of a line that are of no interest here: timers, retransmissions, the user and another timeout. */
    private static final int BEFORE_INODE = 4;

    /** The kernel's states, in its order from 1 on. */
    public enum State {
        ESTABLISHED, SYN_SENT, SYN_RECEIVED, FIN_WAIT_1, FIN_WAIT_2, TIME_WAIT, CLOSED, CLOSE_WAIT, LAST_ACK, LISTENING,
                CLOSING,
        NEW_SYN_RECEIVED, BOUND_INACTIVE
    }

    private static final State[] STATES = State.values();

    /** @param folder of the network, such as /proc/net */
    static List<Endpoint> all(Path folder) {
        List<Endpoint> all = new ArrayList<>();
        for (String file : FILES) {
            try {
                Files.readAllLines(folder.resolve(file), StandardCharsets.US_ASCII).stream().skip(1).map(Endpoint::of)
                        .forEach(all::add);
            } catch (NoSuchFileException e) {
                continue; // a system without IPv6
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    /**
     * There may be thousands of lines, of connections that were closed a minute ago: so this is done without patterns.
     */
    private static Endpoint of(String line) {
        StringTokenizer words = new StringTokenizer(line);
        words.nextToken(); // its number
        Link.Place local = place(words.nextToken());
        Link.Place remote = place(words.nextToken());
        State state = STATES[HexFormat.fromHexDigits(words.nextToken()) - 1];
        String queues = words.nextToken();
        for (int i = 0; i < BEFORE_INODE; i++) {
            words.nextToken();
        }
        return new Endpoint(local, remote, state, HexFormat.fromHexDigitsToLong(queues, queues.indexOf(':') + 1,
                queues.length()),
                Long.parseLong(words.nextToken()));
    }

    private static Link.Place place(String words) {
        int colon = words.indexOf(':');
        String address = words.substring(0, colon);
        return new Link.Place(address.startsWith(MAPPED) ? address.substring(MAPPED.length()) : address,
                HexFormat.fromHexDigits(words, colon + 1, words.length()));
    }

    public boolean listens() {
        return state == State.LISTENING;
    }

    /** Whether a program has it, and has not closed it: the other side may have. */
    public boolean isHeld() {
        return inode != 0 && isConnected();
    }

    /** Whether it is a connection that this side has not closed; it may wait to be accepted. */
    boolean isConnected() {
        return state == State.ESTABLISHED || state == State.CLOSE_WAIT;
    }

    public Link link() {
        return Link.between(local, remote);
    }
}
