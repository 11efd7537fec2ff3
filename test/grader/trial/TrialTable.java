package grader.trial;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import support.Ports;

/** The user_info table of a trial: written for it on free ports, or the one that is compiled into the submission. */
public record TrialTable(List<TrialUser> users) {

    /** So long the kernel keeps a port busy on the side that has closed a connection (TIME_WAIT), and a little more. */
    public static final Duration BUSY = Duration.ofSeconds(62);

    /** On a machine of its own, below those that the kernel gives to connecting sockets. */
    private static final int LOWEST_PORT = 10_000;
    private static final int HIGHEST_PORT = 32_000;

    /** As many as {@link Network#MOST_USERS}. */
    private static final List<String> NAMES = List.of("alice", "bob", "carol", "dave", "erin");

    public TrialTable {
        users = List.copyOf(users);
    }

    /**
     * Five users, also if fewer come: there are programs that read five lines, whatever is there. Their ports were not
     * used in the last minute on this machine (TIME_WAIT): not every submission could listen there, and old connections
     * must not be taken for new ones.
     */
    public static TrialTable fresh(Network.Kind network, SharedList<Endpoint> sockets) {
        List<Integer> ports = network == Network.Kind.HOSTS
                ? new Random().ints(LOWEST_PORT, HIGHEST_PORT).distinct().limit(NAMES.size()).boxed().toList()
                : freePorts(sockets);
        return new TrialTable(IntStream.range(0, NAMES.size())
                .mapToObj(i -> new TrialUser(NAMES.get(i), Network.addressOf(network, i), ports.get(i))).toList());
    }

    private static List<Integer> freePorts(SharedList<Endpoint> sockets) {
        Set<Integer> used = sockets.recent().stream()
                .flatMap(end -> Stream.of(end.local().port(), end.remote().port())).collect(Collectors.toSet());
        return IntStream.generate(Ports::free).filter(port -> !used.contains(port)).limit(NAMES.size()).boxed()
                .toList();
    }

    /**
     * The table that a submission has in its source.
     *
     * @throws WrongUse if the file cannot be read, or a line is wrong
     */
    public static TrialTable read(Path file) {
        List<TrialUser> users = new ArrayList<>();
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).replaceFirst("#.*", "").strip();
                if (!line.isEmpty() && !line.matches("[0-9]+")) {
                    users.add(user(line, file + ":" + (i + 1) + ": "));
                }
            }
        } catch (IOException e) {
            throw new WrongUse("TABLE=" + file + ": cannot be read");
        }
        if (users.size() < 2) {
            throw new WrongUse("TABLE=" + file + ": it takes two users to chat, not " + users.size());
        }
        return new TrialTable(users.subList(0, Math.min(users.size(), NAMES.size())));
    }

    private static TrialUser user(String line, String place) {
        String[] words = line.split("\\s+");
        if (words.length != 3 || !words[2].matches("[0-9]{1,5}") || Integer.parseInt(words[2]) > 65535) {
            throw new WrongUse(place + "expected \"name ip port\"; found \"" + line + "\"");
        }
        if (!words[1].matches("[0-9]{1,3}([.][0-9]{1,3}){3}")) {
            throw new WrongUse(place + words[1] + " is no IPv4 address");
        }
        return new TrialUser(words[0], words[1], Integer.parseInt(words[2]));
    }

    /** Whether each user can have a machine of its own: the addresses differ, and none is of loopback. */
    public boolean fitsHosts() {
        return users.stream().map(TrialUser::address).distinct().count() == users.size()
                && users.stream().noneMatch(user -> user.address().startsWith("127."));
    }

    /** @throws WrongUse if an address is not this machine's */
    public void mustBeHere() {
        for (TrialUser user : users) {
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(user.address(), 0));
            } catch (IOException e) {
                throw new WrongUse("TABLE: " + user.address() + " is not an address of this machine: compile "
                        + "127.0.0.1 in, or, where NETWORK=hosts works, an address of its own for each user");
            }
        }
    }

    /**
     * Waits until a program can listen there that does not ask for SO_REUSEADDR.
     *
     * @return whether it can in time
     * @throws OutOfTime if there is no time left
     */
    static boolean awaitFree(SharedList<Endpoint> sockets, List<Integer> ports, Duration most) {
        return Patience.until(most, () -> sockets.recent().stream()
                .noneMatch(end -> ports.contains(end.local().port())));
    }

    public List<Integer> ports() {
        return users.stream().map(TrialUser::port).toList();
    }

    /**
     * Writes it where the submission expects it, in place of whatever lies there: what is a link must not be written
     * through.
     *
     * @param folder of the submission, for this user
     */
    public void write(Path folder, TrialUser user, TableForm form) throws IOException {
        String name = form.fileOf(this, user);
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        if (!file.getParent().toRealPath().startsWith(folder.toRealPath())) {
            throw new Failure(name + " lies in the folder of the submission", "it would lie in "
                    + file.getParent().toRealPath());
        }
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Folders.delete(file);
        }
        Files.deleteIfExists(file);
        Files.writeString(file, form.textFor(this, user));
    }
}
