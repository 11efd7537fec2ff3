package grader.trial;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
    /** With the status of ip. */
    private static final String DONE = "done";
    /** A network that is made from this one has a small table of sockets of its own: to list it takes no time. */
    private static final String SMALL_TABLES = "echo 1024 2>/dev/null >/proc/sys/net/ipv4/tcp_child_ehash_entries; ";
    /** Each machine has a process 4, and a JVM complains if another one has its file. */
    private static final String OWN_JVM_FILES = "mount -t tmpfs none /tmp/hsperfdata_root 2>/dev/null; ";
    /** The kernel ends every process of its namespace with it; it ends when the grader does. */
    private static final List<String> KEEPER = List.of("unshare", "--net", "--pid", "--mount-proc", "--fork",
            "--kill-child", "sh", "-c", SMALL_TABLES + OWN_JVM_FILES + "echo " + READY
            + "; while read -r line && [ \"$line\" ]; do echo \"$line\"; done | ip -batch - 2>&1; echo "
            + DONE + "$?; read end");
    private static final long TO_END_SECONDS = 5;
    private static final long MOST_SECONDS = 20;

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
     * The bridge is on the machine of the stranger. It also has the addresses of those who are not present: whoever
     * connects there is refused, as on a machine that is on.
     */
    private void connect(List<String> addresses, int present) throws IOException {
        stranger = Host.of(HOSTS + STRANGER, await(READY, keep(KEEPER)));
        for (int i = 0; i < present; i++) {
            keep(stranger.configuring(KEEPER.toArray(String[]::new)));
        }
        List<String> all = Stream.concat(Stream.of(stranger.address()), addresses.stream()).toList();
        StringBuilder bridge = new StringBuilder("link set lo up\nlink add cable type bridge\n");
        Stream.concat(Stream.of(stranger.address()), addresses.stream().skip(present))
                .forEach(address -> bridge.append("addr add ").append(address).append("/32 dev cable\n"));
        for (int i = 0; i < present; i++) {
            users.add(Host.of(addresses.get(i), await(READY, keepers.get(i + 1))));
            bridge.append("link add port").append(i).append(" type veth peer name eth0 netns ")
                    .append(keepers.get(i + 1).pid())
                    .append("\nlink set port").append(i).append(" master cable up\n");
        }
        // Only outside of its process namespace the other machines have numbers.
        Process ip = starter.start(new ProcessBuilder(stranger.configuring("ip", "-batch", "-"))
                .redirectErrorStream(true));
        configure(ip, bridge + "link set cable up\n"
                + routes("cable", addresses.subList(0, present)));
        ip.getOutputStream().close();
        await("", ip);
        for (int i = 0; i < present; i++) {
            configure(keepers.get(i + 1), "link set lo up\naddr add " + addresses.get(i) + "/32 dev eth0\n"
                    + "link set eth0 up\n" + routes("eth0", without(addresses.get(i), all)));
        }
        for (Process keeper : keepers.subList(1, keepers.size())) {
            await(DONE + 0, keeper);
        }
    }

    /** To these and nobody else: who asks a name server is told at once that there is none. */
    private static String routes(String device, List<String> addresses) {
        return addresses.stream().map(address -> "route add " + address + " dev " + device + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> without(String one, List<String> all) {
        return all.stream().filter(other -> !other.equals(one)).toList();
    }

    private Process keep(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Shell.clean(builder.environment());
        Process keeper = starter.start(builder);
        keepers.add(keeper);
        return keeper;
    }

    /** @param commands for ip, one on a line */
    private static void configure(Process keeper, String commands) throws IOException {
        keeper.getOutputStream().write((commands + "\n").getBytes(StandardCharsets.UTF_8));
        keeper.getOutputStream().flush();
    }

    /** @throws IOException if it says something else */
    private static Process await(String word, Process keeper) throws IOException {
        CompletableFuture<Void> end = CompletableFuture.runAsync(keeper::destroyForcibly,
                CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS));
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream said = keeper.getInputStream();
        for (int one = said.read(); one >= 0 && one != '\n'; one = said.read()) {
            line.write(one);
        }
        end.cancel(false);
        if (!line.toString(StandardCharsets.UTF_8).equals(word)) {
            throw new IOException(line.toString(StandardCharsets.UTF_8));
        }
        return keeper;
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
            try {
                keeper.getOutputStream().close(); // its child ends, even if the keeper could not yet see to that
            } catch (IOException e) {
                continue; // it has ended already
            } finally {
                keeper.destroyForcibly();
            }
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
