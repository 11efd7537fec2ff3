package grader.trial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The machines of a trial, and the cable between them. Made for it and gone with it, together with every process on
 * them.
 */
public final class Network implements AutoCloseable {

    /** How the machines of users are made. */
    public enum Kind {
        /** Each has namespaces of its own, joined by a bridge. */
        HOSTS,
        /** All are this machine, and each has a loopback address of its own. */
        LOOPBACK,
        /** All are this machine, with one address: for programs that take only the addresses of the table. */
        ONE_ADDRESS
    }

    /** More than that no submission has to support. */
    public static final int MOST_USERS = 5;

    private static final String HOSTS = "10.77.0.";
    private static final String LOOPBACK = "127.0.0.";
    private static final int STRANGER = 99;

    private static final String READY = "ready";
    /** The kernel ends every process of its namespace with it; it ends when the grader does. */
    private static final String KEEPER = "echo " + READY + "; read end";
    private static final long TO_END_SECONDS = 5;

    private final List<Process> keepers = new ArrayList<>();
    private final List<Host> users = new ArrayList<>();
    private final Starter starter;
    private Host stranger;

    private Network(Starter starter) {
        this.starter = starter;
    }

    /** The address that a user has in a table that is written for a trial. */
    public static String addressOf(Kind kind, int user) {
        return switch (kind) {
            case HOSTS -> HOSTS + (user + 2);
            case LOOPBACK -> LOOPBACK + (user + 2);
            case ONE_ADDRESS -> LOOPBACK + 1;
        };
    }

    /**
     * Machines for the users of a table.
     *
     * @param present so many users, from the first on, have a machine; those of the others are on, but nothing runs
     *        there
     * @throws IOException if this system does not allow it; the message says why
     */
    public static Network open(Kind kind, TrialTable table, int present, Lab lab) throws IOException {
        Network network = new Network(lab.starter());
        if (kind == Kind.HOSTS) {
            try {
                network.connect(table.users().stream().map(TrialUser::address).toList(), present);
            } catch (IOException | RuntimeException e) {
                network.close();
                throw e;
            }
        } else {
            table.users().forEach(user -> network.users.add(Host.onLoopback(user.address(), lab.sockets())));
            network.stranger = Host.onLoopback(kind == Kind.LOOPBACK ? LOOPBACK + STRANGER : addressOf(kind, 0),
                    lab.sockets());
        }
        return network;
    }

    /** Why this system does not allow machines; empty if it does. */
    public static Optional<String> whyNoHosts(Lab lab) {
        TrialTable table = new TrialTable(List.of(new TrialUser("alice", addressOf(Kind.HOSTS, 0), 1)));
        try {
            open(Kind.HOSTS, table, 1, lab).close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * The bridge is on the machine of the stranger. It also has the addresses of those who are not present: who connects
     * there is refused, as on a machine that is on.
     */
    private void connect(List<String> addresses, int present) throws IOException {
        for (int i = 0; i <= present; i++) {
            keepers.add(keep());
        }
        for (Process keeper : keepers) {
            awaitReady(keeper);
        }
        stranger = Host.of(HOSTS + STRANGER, keepers.get(0));
        StringBuilder bridge = new StringBuilder("link set lo up\nlink add cable type bridge\n");
        Stream.concat(Stream.of(stranger.address()), addresses.stream().skip(present))
                .forEach(address -> bridge.append("addr add ").append(address).append("/32 dev cable\n"));
        for (int i = 0; i < present; i++) {
            users.add(Host.of(addresses.get(i), keepers.get(i + 1)));
            bridge.append("link add port").append(i).append(" type veth peer name eth0 netns ")
                    .append(keepers.get(i + 1).pid())
                    .append("\nlink set port").append(i).append(" master cable up\n");
        }
        configure(stranger, bridge + "link set cable up\nroute add default dev cable\n");
        for (Host user : users) {
            configure(user, "link set lo up\naddr add " + user.address() + "/32 dev eth0\nlink set eth0 up\n"
                    + "route add default dev eth0\n");
        }
    }

    private Process keep() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("unshare", "--net", "--pid", "--mount-proc", "--fork",
                "--kill-child", "sh", "-c", KEEPER).redirectErrorStream(true);
        Shell.clean(builder.environment());
        return starter.start(builder);
    }

    private static void awaitReady(Process keeper) throws IOException {
        String line = firstLine(keeper);
        if (!line.equals(READY)) {
            throw new IOException(line);
        }
    }

    private void configure(Host host, String commands) throws IOException {
        Process process = starter.start(new ProcessBuilder(host.configuring("ip", "-batch", "-"))
                .redirectErrorStream(true));
        try (OutputStream out = process.getOutputStream()) {
            out.write(commands.getBytes(StandardCharsets.UTF_8));
        }
        String complaint = firstLine(process);
        if (!complaint.isEmpty()) {
            throw new IOException(complaint);
        }
    }

    /** Empty if there is none. */
    private static String firstLine(Process process) throws IOException {
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        return line == null ? "" : line;
    }

    public Host user(int index) {
        return users.get(index);
    }

    /** The machine of somebody who is in no table. */
    public Host stranger() {
        return stranger;
    }

    @Override
    public void close() {
        for (Process keeper : keepers) {
            keeper.destroyForcibly();
        }
        try {
            for (Process keeper : keepers) {
                keeper.waitFor(TO_END_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
