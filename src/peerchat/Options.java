package peerchat;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;
import peerchat.text.Text;
import peerchat.wire.Dialect;
import peerchat.wire.WireFormat;

/**
 * The command line (U4): {@code peerchat [options] PORT}.
 *
 * @param port                 of this user's peer-chat server, empty if none was given
 * @param connectTimeoutMillis after which a friend who does not answer counts as offline
 * @param dialect              how messages are sent
 * @param plain                whether lines are shown without a prompt and colours, on a terminal too
 * @param timestamps           whether the local time stands before each message
 * @param trace                whether the loop tells on standard error what happens in it
 * @param traceFile            where it tells the same for a viewer of traces
 * @param verbose              whether an internal error is shown with its stack trace
 */
record Options(Optional<Integer> port, Path users, Optional<String> name, Duration idleTimeout,
               int connectTimeoutMillis, Dialect dialect, boolean plain, boolean timestamps, boolean trace,
               Optional<Path> traceFile, boolean verbose, boolean help, boolean version) {

    static final String USAGE = "usage: peerchat [options] PORT";

    /** Bad usage: what is wrong, in one line. */
    static final class UsageException extends Exception {

        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    private static final Duration USUAL_IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final double LONGEST_IDLE_SECONDS = 1_000_000;
    private static final int LONGEST_CONNECT_MILLIS = 600_000;

    /** @throws UsageException if an option is unknown or a value cannot be used */
    static Options parse(String... arguments) throws UsageException {
        CommandLine line;
        try {
            line = DefaultParser.builder().setAllowPartialMatching(false).get().parse(known(), arguments);
        } catch (ParseException e) {
            throw new UsageException(e.getMessage());
        }
        if (line.getArgList().size() > 1) {
            throw new UsageException("one PORT is wanted, but these were given: "
                    + String.join(" ", line.getArgList()));
        }
        Optional<Integer> port = line.getArgList().isEmpty() ? Optional.empty()
                : Optional.of(port(line.getArgList().get(0)));
        return new Options(port,
                path("--users", line.getOptionValue("users", "users.txt")),
                Optional.ofNullable(line.getOptionValue("name")),
                line.hasOption("idle-timeout") ? idle(line.getOptionValue("idle-timeout")) : USUAL_IDLE_TIMEOUT,
                connectTimeout(line.getOptionValue("connect-timeout", "3000")),
                new Dialect(wire(line.getOptionValue("wire", WireFormat.USUAL)), line.hasOption("source-port"),
                        line.hasOption("one-shot")),
                line.hasOption("plain"), line.hasOption("timestamps"), line.hasOption("trace"),
                line.hasOption("trace-file") ? Optional.of(path("--trace-file", line.getOptionValue("trace-file")))
                        : Optional.empty(),
                line.hasOption("verbose"), line.hasOption("help"), line.hasOption("version"));
    }

    /** Whether anybody wants to know what happens in the loop. */
    boolean isTraced() {
        return trace || traceFile.isPresent();
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
                .addOption(withValue("u", "users", "FILE", "the user_info table (default users.txt)"))
                .addOption(withValue("n", "name", "NAME", "which line of the table is mine, where the port is not enough"))
                .addOption(withValue("i", "idle-timeout", "SECONDS", "close a client socket idle for so long (default 60)"))
                .addOption(withValue(null, "connect-timeout", "MS", "give up connecting after so long (default 3000)"))
                .addOption(withValue(null, "wire", "FORMAT", "how a message is sent (default '" + WireFormat.USUAL
                        + "'): %s my name, %r the friend's, %m the text"))
                .addOption(new Option(null, "source-port", false, "connect from my own port, by which some know a friend"))
                .addOption(new Option(null, "one-shot", false, "send each message over a connection of its own"))
                .addOption(new Option(null, "plain", false, "no prompt, no colours: lines, as in a pipe"))
                .addOption(new Option(null, "timestamps", false, "show the local time before each message"))
                .addOption(new Option(null, "trace", false, "tell on standard error what happens in the loop"))
                .addOption(withValue(null, "trace-file", "FILE", "write the same, and every turn, for a viewer of traces"))
                .addOption(new Option(null, "verbose", false, "show where in the program an internal error happened"))
                .addOption(new Option("h", "help", false, "show this"))
                .addOption(new Option("V", "version", false, "show the version"));
    }

    private static Option withValue(String letter, String name, String value, String description) {
        return Option.builder(letter).longOpt(name).hasArg().argName(value).desc(description).get();
    }

    private static Path path(String option, String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException(option + ": this system's locale cannot name the file \"" + text + "\"");
        }
    }

    private static WireFormat wire(String format) throws UsageException {
        try {
            return WireFormat.of(format);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--wire: " + e.getMessage());
        }
    }

    private static int port(String text) throws UsageException {
        return wholeNumber("PORT", text, 1, 65535);
    }

    private static int connectTimeout(String text) throws UsageException {
        return wholeNumber("--connect-timeout", text, 1, LONGEST_CONNECT_MILLIS);
    }

    private static int wholeNumber(String what, String text, int least, int most) throws UsageException {
        if (Text.isNumber(text, 7)) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new UsageException(what + " must be " + least + " to " + most + ", but is \"" + text + "\"");
    }

    private static Duration idle(String text) throws UsageException {
        if (text.matches("[0-9]{1,7}(\\.[0-9]{1,3})?")) {
            double seconds = Double.parseDouble(text);
            if (seconds > 0 && seconds <= LONGEST_IDLE_SECONDS) {
                return Duration.ofMillis(Math.round(seconds * 1000));
            }
        }
        throw new UsageException("--idle-timeout must be a number of seconds above 0, but is \"" + text + "\"");
    }
}
