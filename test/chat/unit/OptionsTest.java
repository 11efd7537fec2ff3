package peerchat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerchat.wire.Dialect;
import peerchat.wire.Dialects;
import peerchat.wire.WireFormat;

class OptionsTest {

    private final Dialects usual = Dialects.parse(Map.of());

    @Test
    void thePortAloneIsEnough() throws Exception {
        assertEquals(new Options(Optional.of(5000), Path.of("users.txt"), Optional.empty(), Duration.ofSeconds(60),
                3000,
                usual, false, false, false, Optional.empty(), false, false, false), Options.parse("5000"));
    }

    @Test
    void everyOptionHasAValueOfItsOwn() throws Exception {
        assertEquals(new Options(Optional.of(5001), Path.of("t"), Optional.of("bob"), Duration.ofMillis(1500), 250,
                usual, true, true, true, Optional.of(Path.of("f")), true, false, false),
                Options.parse("-u", "t", "-n", "bob", "-i", "1.5", "--connect-timeout", "250", "--plain",
                        "--timestamps", "--trace", "--trace-file", "f", "--verbose", "5001"));
        assertTrue(Options.parse("-h").help());
        assertTrue(Options.parse("--version").version());
    }

    @Test
    void aDialectIsForEverybodyOrForOneFriend() throws Exception {
        Options options = Options.parse("--wire", "%m", "--wire", "bob=%s: %m\\n", "--source-port", "--pause=bob=300",
                "--one-shot", "carol", "--hello", "*=x=%s\\n", "--block", "dave=1024", "5000");
        Dialects dialects = options.dialects();
        assertEquals(Optional.of(5000), options.port());
        assertEquals(Set.of("bob", "carol", "dave"), dialects.special().keySet());
        assertEquals(new Dialect(new WireFormat("%m"), Optional.of(new WireFormat("x=%s\\n")), Optional.empty(), 0,
                true, false, "--hello 'x=%s\\n' --source-port --wire '%m'"), dialects.usual());
        assertEquals(new Dialect(new WireFormat("%s: %m\\n"), Optional.of(new WireFormat("x=%s\\n")), Optional.of(300),
                0, true, false, "--hello 'x=%s\\n' --pause 300 --source-port --wire '%s: %m\\n'"), dialects.of("bob"));
        assertTrue(dialects.of("carol").oneShot());
        assertEquals(Optional.empty(),
                Options.parse("--hello", "%s", "--hello", "bob=", "5000").dialects().of("bob").hello());
        assertEquals(1024, dialects.of("dave").block());
        assertEquals("", Options.parse("5000").dialects().usual().options());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help --idle-timeout soon", "-i soon -h", "--wrong --help", "5000 5001 --help",
        "--help --users", "--wire %m%m --help 5000"})
    void helpIsShownWhateverElseIsWrong(String arguments) throws Exception {
        assertTrue(Options.parse(arguments.split(" ")).help());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--one-shot 5000", "5000 --one-shot", "--one-shot --source-port 5000"})
    void oneShotWithoutANameTakesNoPortForAName(String arguments) throws Exception {
        Options options = Options.parse(arguments.split(" "));
        assertEquals(Optional.of(5000), options.port());
        assertTrue(options.dialects().usual().oneShot());
        assertEquals(Set.of(), options.dialects().special().keySet());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x            | PORT must be 1 to 65535, but is \"x\"",
        "0            | PORT must be 1 to 65535, but is \"0\"",
        "65536        | PORT must be 1 to 65535, but is \"65536\"",
        "5000 5001    | one PORT is wanted, but these were given: 5000 5001",
        "-i 0 5000    | --idle-timeout must be 0.001 to 1000000 seconds, but is \"0\"",
        "-i soon 5000 | --idle-timeout must be 0.001 to 1000000 seconds, but is \"soon\"",
        "--connect-timeout 0 5000 | --connect-timeout must be 1 to 600000, but is \"0\"",
        "--wire %s/ 5000 | --wire: \"%s/\" sends no text: write %m once, where it belongs",
        "--wire %m%m 5000 | --wire: \"%m%m\" sends the text 2 times: write %m once, where it belongs",
        "--wire %m%x 5000 | --wire: \"%x\" in \"%m%x\" means nothing: there are %s my name, %r the receiver's,"
                + " %m the text, %%, \\n, \\r, \\0, \\t and \\\\",
        "--wire %m\\ 5000 | --wire: \"\\\" in \"%m\\\" means nothing: there are %s my name, %r the receiver's,"
                + " %m the text, %%, \\n, \\r, \\0, \\t and \\\\",
        "--hello %s%m 5000 | --hello: \"%s%m\" has %m, but a greeting has no text: leave it out",
        "--pause bob=soon 5000 | --pause must be 1 to 60000, but is \"soon\"",
        "--block 0 5000 | --block must be 1 to 65536, but is \"0\"",
        "--wrong 5000 | Unrecognized option: --wrong",
        "5000 -u      | Missing argument for option: u"})
    void badUsageIsNamed(String arguments, String message) {
        ParseException e = assertThrows(ParseException.class,
                () -> Options.parse(arguments.split(" ")));
        assertEquals(message, e.getMessage());
    }
}
