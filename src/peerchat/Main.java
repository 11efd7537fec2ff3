package peerchat;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.ParseException;
import peerchat.console.Console;
import peerchat.net.PeerServer;
import peerchat.net.Sockets;
import peerchat.text.Text;
import peerchat.trace.Trace;
import peerchat.trace.Tracing;
import peerchat.users.Friends;
import peerchat.users.Introduction;
import peerchat.users.TableException;
import peerchat.users.User;
import peerchat.users.UserTable;
import peerchat.wire.WireFormat;

/** Starts the chat: reads the command line and the table, binds the port (U4), and hands over to the loop. */
public final class Main {
    private static final String VERSION = "peerchat 1.0";

    private static final int LEFT_ON_PURPOSE = 0;
    private static final int COULD_NOT_START = 1;
    private static final int BAD_USAGE = 2;
    private static final int INTERNAL_ERROR = 70;

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final PrintStream ERR = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    private Main() {}

    /**
     * Runs until the user leaves. The exit status is 0, 1 if the program could not start, 2 for bad usage or a bad
     * table, 70 for an internal error.
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String... arguments) {
        try {
            Options options = Options.parse(arguments);
            if (options.help() || options.version()) {
                OUT.print(options.help() ? Options.helpText() : VERSION + "\n");
                return LEFT_ON_PURPOSE;
            }
            UserTable table = UserTable.read(options.users());
            table.warnings().forEach(ERR::println);
            Optional<Integer> port = options.port();
            if (port.isEmpty()) {
                throw new ParseException("PORT is missing: " + options.users() + " offers " + table.ports());
            }
            return chat(options, table, table.mine(port.get(), options.name()));
        } catch (ParseException e) {
            ERR.println("peerchat: " + Text.visible(e.getMessage()));
            ERR.println(Options.USAGE + " (--help tells more)");
            return BAD_USAGE;
        } catch (TableException e) {
            ERR.println(e.getMessage());
            return BAD_USAGE;
        }
    }

    private static Trace trace(Options options, User me, Console console) throws ParseException {
        try {
            return Tracing.start(options.trace() ? Optional.of(console.traceWriter()) : Optional.empty(),
                    options.traceFile(), me, console.screen()::notice, console.lines()::unfinished);
        } catch (IllegalArgumentException e) {
            throw new ParseException("--trace-file: " + e.getMessage());
        }
    }

    /** Reports an error of this program itself: in one line, and with its stack trace if --verbose was given. */
    private static int internalError(Throwable error, boolean verbose) {
        ERR.println("peerchat: internal error, sorry: " + Text.visible(error.toString())
                + (verbose ? "" : " (--verbose shows where)"));
        if (verbose) {
            error.printStackTrace(ERR);
        }
        return INTERNAL_ERROR;
    }

    /** The friends. If a friend's program wants a special format, it is expected to send that format, too. */
    private static Friends friends(Options options, UserTable table, User me) throws ParseException {
        List<User> all = table.friendsOf(me);
        for (String name : options.dialects().special().keySet()) {
            if (all.stream().noneMatch(friend -> friend.isNamed(name))) {
                throw new ParseException("an option names \"" + name + "\", who is not among your friends: "
                        + User.names(all) + "; \"*\" names them all");
            }
        }
        List<Introduction> introductions = new ArrayList<>();
        for (User friend : all) {
            WireFormat format = options.dialects().of(friend.name()).format();
            byte[] bytes = format.introduction(friend.name(), me.name());
            boolean namesFriend = !Arrays.equals(bytes, format.introduction("", me.name()));
            if (bytes.length > 0 && !format.format().equals(WireFormat.USUAL)) {
                introductions.add(new Introduction(friend, bytes, namesFriend));
            }
        }
        return new Friends(me, all, introductions);
    }

    private static int chat(Options options, UserTable table, User me) throws ParseException {
        Friends friends = friends(options, table, me);
        try {
            boolean isShared = options.dialects().usual().fromOwnPort();
            if (isShared && !Sockets.canSharePort()) {
                throw new ParseException("--source-port: this system does not let sockets share a port"
                        + " (SO_REUSEPORT): leave the option out");
            }
            PeerServer server = PeerServer.bind(me, isShared);
            Console console = Console.find(options.plain(), options.timestamps(), me, table);
            Trace trace = options.trace() || options.traceFile().isPresent() ? trace(options, me, console) : Trace.OFF;
            PeerChat chat = new PeerChat(options, me, friends, server, console, trace);
            LeaveOnSignal.run(chat, console);
            return LEFT_ON_PURPOSE;
        } catch (RuntimeException | Error e) {
            return internalError(e, options.verbose());
        } catch (IOException e) {
            ERR.println("peerchat: cannot listen on port " + me.port() + (e instanceof BindException ? " ("
                    + e.getMessage() + "): end the program that listens there, or give your line of the table another "
                    + "port, 1024 or more"
                    : ": " + e.getMessage()));
            return COULD_NOT_START;
        }
    }
}
