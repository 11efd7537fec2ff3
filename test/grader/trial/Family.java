package grader.trial;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import support.Libc;

/**
 * A process that the grader started, and whatever came of it: its session, its descendants, and those that have left
 * both but still carry the mark in their environment, or have the terminal open.
 */
public final class Family {

    /** The environment variable that marks a family; its value is different for each. */
    public static final String MARK = "PEERCHAT_GRADED";

    private static final int MOST_ROUNDS = 200;

    private final int leader;
    private final String mark;
    private final Path terminal;
    /** The grader's own processes on the user's machine: their children are of the family. */
    private final Set<Integer> parents;
    private final Lab lab;

    /**
     * @param leader the pid, which is also that of the session
     * @param terminal on which it runs, or another file that nobody else has open
     * @param parents processes that are not of the family, but whose children are
     */
    public Family(int leader, String mark, Path terminal, Set<Integer> parents, Lab lab) {
        this.lab = lab;
        this.leader = leader;
        this.mark = mark;
        this.terminal = terminal;
        this.parents = Set.copyOf(parents);
    }

    /** Orphans of whatever the grader started come to it, not to init, so that it can end them. */
    public static void adoptOrphans() {
        NativeLong unused = new NativeLong(0);
        Libc.CALL.prctl(Libc.PR_SET_CHILD_SUBREAPER, new NativeLong(1), unused, unused, unused);
    }

    public static String newMark() {
        return UUID.randomUUID().toString();
    }

    public int leader() {
        return leader;
    }

    /** Those of the session, and their descendants, who live. */
    public List<RunningProcess> members() {
        return among(lab.processes().now(), false);
    }

    /** The same, with those who have left the session and their parents behind: takes longer to find out. */
    public List<RunningProcess> everybody() {
        return everybody(System.nanoTime());
    }

    /** @param moment nanoTime: as it was then or after it */
    List<RunningProcess> everybody(long moment) {
        return among(lab.processes().since(moment), true);
    }

    /** The process that has one of these sockets: mostly the leader, and then the others need not be looked at. */
    public Optional<RunningProcess> holderOf(List<Long> inodes) {
        Optional<RunningProcess> first = RunningProcess.of(leader).filter(one -> one.hasAny(inodes));
        return first.isPresent() ? first : everybody().stream().filter(one -> one.hasAny(inodes)).findFirst();
    }

    public boolean hasSockets() {
        return RunningProcess.of(leader).filter(RunningProcess::hasSockets).isPresent()
                || among(lab.processes().recent(), false).stream().anyMatch(RunningProcess::hasSockets);
    }

    /** Those of the family among these. */
    public List<RunningProcess> among(List<RunningProcess> all, boolean withRunaways) {
        Set<Integer> pids = new HashSet<>(Set.of(leader));
        if (withRunaways && parents.isEmpty()) { // nobody gets away from a machine of its own
            all.stream().filter(this::isRunaway).forEach(one -> pids.add(one.pid()));
        }
        for (boolean grows = true; grows; ) {
            grows = false;
            for (RunningProcess one : all) {
                if (pids.contains(one.parent()) || parents.contains(one.parent()) || one.session() == leader) {
                    grows |= pids.add(one.pid());
                }
            }
        }
        return all.stream().filter(one -> !one.isZombie() && pids.contains(one.pid())
                && !parents.contains(one.pid())).toList();
    }

    /** An orphan, which has come to the grader, and still carries the mark or has the terminal. */
    private boolean isRunaway(RunningProcess one) {
        return lab.isOrphan(one) && !one.isZombie()
                && (one.hasInEnvironment(MARK + "=" + mark) || one.hasOpen(terminal));
    }

    /** Sends a signal to the first group of the session, if anybody of it lives: its number may be another's else. */
    public void signal(int signal) {
        if (members().stream().anyMatch(one -> one.group() == leader)) {
            send(-leader, signal);
        }
    }

    /** Stops it in the middle of whatever it does, and waits until every thread stands still. */
    public void freeze() {
        signal(Libc.SIGSTOP);
        // The process that has started it on its machine stops with it, and has to go on with it.
        boolean standsStill = Patience.until(Trial.TO_SHOW, () -> moving().isEmpty());
        List<RunningProcess> moving = standsStill ? List.of() : moving();
        if (!moving.isEmpty()) {
            throw Undecided.thisTime("the grader stopped it (SIGSTOP), but it did not stand still, " + Trial.ATTEMPTS
                    + " times: " + moving.stream().map(one -> one.name() + " (" + one.state() + ")").toList(), true);
        }
    }

    /** Those that should be stopped, and are not. */
    private List<RunningProcess> moving() {
        return Stream.concat(members().stream().filter(one -> one.group() == leader), launcher())
                .filter(one -> !one.standsStill()).toList();
    }

    public void thaw() {
        wakeLauncher();
        signal(Libc.SIGCONT);
    }

    private void wakeLauncher() {
        launcher().forEach(one -> send(one.pid(), Libc.SIGCONT));
    }

    private Stream<RunningProcess> launcher() {
        return RunningProcess.of(leader).flatMap(one -> RunningProcess.of(one.parent())).stream()
                .filter(one -> parents.contains(one.pid()));
    }

    /**
     * Kills them all, and those whom they make meanwhile. A group is killed in one go: it cannot outrun that. Who is
     * left after many rounds, in the hands of a driver that does not answer, say, is the lab's business in the end.
     */
    public void kill() {
        wakeLauncher(); // else it would not end with them
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<RunningProcess> left = everybody();
            if (left.isEmpty()) {
                return;
            }
            if (left.stream().anyMatch(one -> one.group() == leader)) {
                send(-leader, Libc.SIGKILL);
            }
            left.forEach(one -> send(one.pid(), Libc.SIGKILL));
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }

    /** An orphan that has come to the grader, and has ended, is not to be seen any more. */
    public static void reap(int pid) {
        try {
            Libc.CALL.waitpid(pid, new byte[Integer.BYTES], Libc.WNOHANG);
        } catch (LastErrorException e) {
            return; // it is gone already
        }
    }

    private static void send(int pid, int signal) {
        try {
            Libc.CALL.kill(pid, signal);
        } catch (LastErrorException e) {
            return; // nobody is there
        }
    }
}
