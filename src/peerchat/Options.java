package peerchat;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;
import peerchat.text.Text;
import peerchat.wire.Dialects;
import peerchat.wire.WireFormat;

/**
 * The command line (U4): {@code peerchat [options] PORT}.
 *
 * @param port                 of this user's peer-chat server, empty if none was given
 * @param connectTimeoutMillis after which a friend who does not answer counts as offline
 * @param dialects             how messages are sent, to everybody or to a friend
 */
record Options(Optional<Integer> port, Path users, Optional<String> name, Duration idleTimeout,
               int connectTimeoutMillis, Dialects dialects, boolean plain, boolean timestamps, boolean trace,
               Optional<Path> traceFile, boolean verbose, boolean help, boolean version) {
    static final String USAGE = "usage: peerchat [options] PORT";

    /** Not parsed from text, because loading regular expressions would slow down every start. */
    private static final Duration USUAL_IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final String USUAL_CONNECT_MILLIS = "3000";
    private static final Set<String> INFORMATION = Set.of("-h", "--help", "-V", "--version");
    private static final String ONE_SHOT = "one-shot";
    private static final Set<String> ABOUT_DIALECTS = Set.of("wire", "hello", "pause", "block", "source-port");

    private static final int LONGEST_IDLE_SECONDS = 1_000_000;
    private static final int LONGEST_CONNECT_MILLIS = 600_000;

    /** @throws ParseException if an option is unknown or a value cannot be used: the message says what is wrong */
    static Options parse(String... arguments) throws ParseException {
        for (String argument : arguments) {
            if (arguments.length > 1 && INFORMATION.contains(argument)) {
                return parse(argument); // it is shown even if other arguments are wrong
            }
        }
        CommandLine line = DefaultParser.builder().setAllowPartialMatching(false).get()
                .parse(known(), withName(arguments));
        String[] ports = line.getArgs();
        if (ports.length > 1) {
            throw new ParseException("one PORT is wanted, but these were given: " + String.join(" ", ports));
        }
        String traceFile = line.getOptionValue("trace-file");
        try {
            return new Options(
                    ports.length == 0 ? Optional.empty() : Optional.of(Text.numberUpTo(65535, "PORT", ports[0])),
                    path("--users", line.getOptionValue("users", "users.txt")),
                    Optional.ofNullable(line.getOptionValue("name")), idleTimeout(line),
                    Text.numberUpTo(LONGEST_CONNECT_MILLIS, "--connect-timeout",
                            line.getOptionValue("connect-timeout", USUAL_CONNECT_MILLIS)),
                    dialects(line), line.hasOption("plain"), line.hasOption("timestamps"), line.hasOption("trace"),
                    traceFile == null ? Optional.empty() : Optional.of(path("--trace-file", traceFile)),
                    line.hasOption("verbose"), line.hasOption("help"), line.hasOption("version"));
        } catch (IllegalArgumentException e) {
            throw new ParseException(e.getMessage());
        }
    }

    static String helpText() {
        StringBuilder help = new StringBuilder(USAGE).append('\n');
        for (Option option : known().getOptions()) {
            String names = (option.getOpt() == null ? "    --" : "-" + option.getOpt() + ", --") + option.getLongOpt()
                    + (option.hasArg() ? " " + option.getArgName() : "");
            help.append(String.format("  %-28s %s%n", names, option.getDescription()));
        }
        return help.toString();
    }

    private static org.apache.commons.cli.Options known() {
        return new org.apache.commons.cli.Options()
                .addOption(option("u", "users", "FILE", "the user_info table (default users.txt)"))
                .addOption(option("n", "name", "NAME", "which line of the table is mine, if the port is not enough"))
                .addOption(option("i", "idle-timeout", "SECONDS", "close a client socket after SECONDS without activity"
                        + " (default " + USUAL_IDLE_TIMEOUT.toSeconds() + ")"))
                .addOption(option(null, "connect-timeout", "MS", "give up connecting after MS milliseconds (default "
                        + USUAL_CONNECT_MILLIS + ")"))
                .addOption(option(null, "wire", "[NAME=]FORMAT", "how a message is sent (default '" + WireFormat.USUAL
                        + "'): %s is my name, %r the friend's, %m the text; with NAME, only to that friend"))
                .addOption(option(null, "hello", "[NAME=]FORMAT", "begin connections with FORMAT, such as '%s\\n'"))
                .addOption(option(null, "pause", "[NAME=]MS", "wait MS milliseconds between two messages"))
                .addOption(option(null, "block", "[NAME=]BYTES", "expect BYTES bytes for each message of a friend"))
                .addOption(option(null, ONE_SHOT, "[NAME]", "send each message over a connection of its own"))
                .addOption(option(null, "source-port", null, "connect from my port: some friends know me by it"))
                .addOption(option(null, "plain", null, "show plain lines, as in a pipe: no prompt, no colours"))
                .addOption(option(null, "timestamps", null, "show the local time before each message"))
                .addOption(option(null, "trace", null, "tell on standard error what happens in the loop"))
                .addOption(option(null, "trace-file", "FILE",
                        "write the trace and the turns for a viewer such as Perfetto"))
                .addOption(option(null, "verbose", null, "show where in the program an internal error happened"))
                .addOption(option("h", "help", null, "show this help"))
                .addOption(option("V", "version", null, "show the version"));
    }

    /** @param value the name of its value, or null if it has none */
    private static Option option(String letter, String name, String value, String description) {
        return Option.builder(letter).longOpt(name).hasArg(value != null).argName(value).desc(description).get();
    }

    private static Path path(String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(option + ": this system's locale cannot name the file \"" + text + "\"");
        }
    }

    /** Collects the options that say how to talk with a friend's program. With a NAME they are for that friend only. */
    private static Dialects dialects(CommandLine line) {
        Map<String, Map<String, String>> options = new HashMap<>();
        for (Option option : line.getOptions()) {
            String name = option.getLongOpt();
            String value = option.getValue("");
            if (name.equals(ONE_SHOT)) {
                options.computeIfAbsent(value, friend -> new HashMap<>()).put(name, "");
            } else if (ABOUT_DIALECTS.contains(name)) {
                int equals = value.indexOf('=');
                String friend = equals > 0 && isName(value.substring(0, equals)) ? value.substring(0, equals) : "";
                options.computeIfAbsent(friend.isEmpty() ? "*" : friend, any -> new HashMap<>())
                        .put(name, value.substring(friend.isEmpty() ? 0 : equals + 1));
            }
        }
        return Dialects.parse(options);
    }

    /** Returns true if the text before an equals sign is a name, and not the beginning of a format. */
    private static boolean isName(String text) {
        return text.indexOf('%') < 0 && text.indexOf('\\') < 0;
    }

    /** Adds {@code *}, for everybody, to each {@code --one-shot} without a name. A number after it is the PORT. */
    private static String[] withName(String... arguments) {
        String[] all = arguments.clone();
        for (int i = 0; i < all.length; i++) {
            String next = i + 1 < all.length ? all[i + 1] : "-";
            if (all[i].equals("--" + ONE_SHOT) && (next.startsWith("-") || Text.isNumber(next, 5))) {
                all[i] += "=*";
            }
        }
        return all;
    }

    private static Duration idleTimeout(CommandLine line) {
        String text = line.getOptionValue("idle-timeout");
        if (text == null) {
            return USUAL_IDLE_TIMEOUT;
        }
        double seconds = text.matches("[0-9]{1,7}(\\.[0-9]{1,3})?") ? Double.parseDouble(text) : 0;
        if (seconds <= 0 || seconds > LONGEST_IDLE_SECONDS) {
            throw new IllegalArgumentException("--idle-timeout must be 0.001 to " + LONGEST_IDLE_SECONDS
                    + " seconds, but is \"" + text + "\"");
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
