package support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Several hosts on one machine: network namespaces, made for one test and removed after it. */
public final class Networks implements AutoCloseable {

    private static int made;

    private final String prefix;
    private final Deque<String> namespaces = new ArrayDeque<>();

    private Networks(String prefix) {
        this.prefix = prefix;
    }

    /** Skips the test where namespaces cannot be made. */
    public static synchronized Networks orSkip() {
        Networks networks = new Networks("pc" + ProcessHandle.current().pid() % 100_000 + "x" + made++);
        boolean works = works("ip", "netns", "add", networks.prefix + "try");
        if (works) {
            works("ip", "netns", "del", networks.prefix + "try");
        }
        assumeTrue(works, "network namespaces need root and the ip command");
        return networks;
    }

    /** Adds a host with nothing but its loopback. */
    public void addHost(String host) {
        run("ip", "netns", "add", name(host));
        namespaces.push(name(host));
        on(host, "ip", "link", "set", "lo", "up");
    }

    /** Connects two new hosts by a cable, with the addresses 10.77.0.1 and 10.77.0.2 on their device eth0. */
    public void addTwoHosts(String one, String two) {
        addHost(one);
        addHost(two);
        on(one, "ip", "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", name(two));
        for (String host : List.of(one, two)) {
            on(host, "ip", "addr", "add", "10.77.0." + (host.equals(one) ? 1 : 2) + "/24", "dev", "eth0");
            on(host, "ip", "link", "set", "eth0", "up");
        }
    }

    /** Runs a command as root, which must succeed. */
    public void run(String... command) {
        try (Started started = new Started(new ProcessBuilder(command))) {
            if (started.awaitExit() != 0) {
                throw new AssertionError(Arrays.toString(command) + ": " + started.errors());
            }
        }
    }

    /** Runs a command on a host, which must succeed. */
    public void on(String host, String... command) {
        run(inside(host, List.of(command)).toArray(String[]::new));
    }

    /** The command line that runs a command on a host. */
    public List<String> inside(String host, List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name(host)));
        all.addAll(command);
        return all;
    }

    /** Starts the chat on a host. */
    public Peer start(String host, Path table, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--users", table.toString()));
        all.addAll(List.of(arguments));
        Peer peer = Peer.start(new ProcessBuilder(inside(host, Peer.command(all.toArray(String[]::new)))));
        peer.awaitLineWith("listening on ");
        return peer;
    }

    /** The namespace of a host. */
    public String name(String host) {
        return prefix + host;
    }

    /** A device name that is unique on this machine and short enough for the kernel. */
    public String device(String end) {
        return prefix + end;
    }

    @Override
    public void close() {
        while (!namespaces.isEmpty()) {
            works("ip", "netns", "del", namespaces.pop());
        }
    }

    /** Whether one command exists here, runs another, and both succeed. */
    public static boolean works(List<String> command, String... another) {
        return works(Stream.concat(command.stream(), Stream.of(another)).toArray(String[]::new));
    }

    /** Whether a command exists here and succeeds. */
    public static boolean works(String... command) {
        try (Started tried = new Started(new ProcessBuilder(command))) {
            return tried.awaitExit() == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
