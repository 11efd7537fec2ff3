package grader.tests;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The C++ that several defects share: the places of the twin that more than one of them touches, and how the program
 * learns which defect it has.
 */
final class DefectSource {

    static final String PROGRAM_STARTS = "std::signal(SIGPIPE, SIG_IGN);";
    static final String CONNECTION_ACCEPTED = "add(socket, true, farEnd, State::Open);";
    static final String BYTES_READ = "connection.decoder.take({buffer_.data(), static_cast<std::size_t>(count)}, ";
    static final String KEYBOARD_READ = "typed_.append(buffer_.data(), static_cast<std::size_t>(count));";
    static final String LINE_HAS_NO_SLASH = "screen_.notice(\"not sent: write friend/text;";
    static final String FRIEND_SOUGHT = "if (!known) {";
    static final String FRIEND_IS_OFFLINE = "for (const std::string& text : client.waiting) {";
    static final String MESSAGE_SHOWN = "if (!message.empty()) screen_.message(connection.lastSender, message);";
    static final String TEXT_SHOWN = "appendVisible(turn_, sender);";
    static final String CONNECTION_NEEDED =
            "if (client.connection == nullptr && !client.waiting.empty()) connectTo(client);";
    static final String DEADLINE_ASKED = "switch (connection.state) {";
    static final String TURN_PLANNED = "Time next = leaving_ ? leavingSince_ + kSendingTakes : Clock::now() + 1h;";
    static final String SOURCES_READY = "if (select(highest + 1";
    static final String LINE_TAKEN = "takeLine(line);";
    static final String STRANGER_REFUSED = "!isInTable(farEnd.sin_addr) || open >= kMostAccepted) {";
    static final String CONNECTION_IS_IDLE = "} else if (connection.isOpen()) {";
    static final String TURN_ENDS_WITH_IDLE = "const Time now = Clock::now();\n        for (Connection& connection : "
            + "connections_) {\n            if (now < deadlineOf(connection)) {";
    static final String MEMBERS_OF_CLIENT = "Connection* connection = nullptr;";
    static final String MEMBERS_OF_CONNECTION = "std::string lastSender;";
    static final String MEMBERS_OF_CHAT = "Time leavingSince_{};";
    static final String METHODS_OF_CHAT = "// One buffer a connection: a friend who floods keeps nobody waiting.";
    static final String FUNCTIONS = "// ---- text as the console shows it";

    private static final String HEADERS = """
            #include <poll.h>
            #include <sys/prctl.h>
            #include <termios.h>

            #include <cstdlib>
            #include <thread>
            """;

    // A program without such a defect is never deaf.
    private static final String ONLY_KEYBOARD_IF_DEAF = """
            if (isDeaf_) {
                FD_ZERO(&readable_);
                FD_SET(STDIN_FILENO, &readable_);
            }
            """;

    // A wrong name must not pass for a program without a defect.
    private static final String CHOICE = """

            // The defect that this run has; none where the environment has no DEFECT.
            bool hasDefect(std::string_view name) {
                static const char* const chosen = std::getenv("DEFECT");
                return chosen != nullptr && name == chosen;
            }

            void refuseUnknownDefect() {
                static constexpr std::string_view names[] = {NAMES};
                if (std::getenv("DEFECT") != nullptr && std::none_of(std::begin(names), std::end(names), hasDefect)) {
                    std::cerr << "there is no such DEFECT\\n";
                    std::exit(2);
                }
            }
            """;

    // Shows what one connection brings until the other side ends it; touches nothing that belongs to the loop.
    private static final String SERVE_ALONE = """
            void serveAlone(int socket, const sockaddr_in& farEnd) const {
                fcntl(socket, F_SETFL, 0);  // it may wait here
                Screen screen;
                Decoder decoder;
                std::string sender;
                const auto show = [&](std::string_view message, bool continues) {
                    if (!continues) sender = takeSender(message, farEnd);
                    if (!message.empty()) screen.message(sender, message);
                };
                std::vector<char> buffer(kReadBuffer);
                for (ssize_t count = 1; count > 0; screen.flush()) {
                    pollfd source{socket, POLLIN, 0};
                    if (poll(&source, 1, decoder.holdsUnendedText() ? 200 : -1) == 0) {
                        decoder.end(show);
                        continue;
                    }
                    count = recv(socket, buffer.data(), buffer.size(), 0);
                    if (count > 0) decoder.take({buffer.data(), static_cast<std::size_t>(count)}, show);
                    if (count <= 0) decoder.end(show);
                }
                close(socket);
            }

            """;

    private DefectSource() {
    }

    /** The source with every defect in it, of which {@code DEFECT} in the environment of the program chooses one. */
    static String of(String twinSource, Defect... defects) {
        String names = Arrays.stream(defects).map(defect -> '"' + defect.toString() + '"')
                .collect(Collectors.joining(",\n        ", "\n        ", ""));
        Stream<Edit> shared = Stream.of(
                Edit.addBefore("#include <arpa/inet.h>", HEADERS),
                Edit.addAfter("using namespace std::chrono_literals;", CHOICE.replace("NAMES", names)),
                Edit.addAfter(PROGRAM_STARTS, "refuseUnknownDefect();"),
                Edit.addBefore(METHODS_OF_CHAT, SERVE_ALONE),
                Edit.addAfter(MEMBERS_OF_CHAT, "bool isDeaf_ = false;"),
                Edit.before(SOURCES_READY, ONLY_KEYBOARD_IF_DEAF),
                Edit.before(LINE_TAKEN, "isDeaf_ = false;"));
        List<Edit.Guarded> edits = Stream.concat(
                shared.map(edit -> new Edit.Guarded(edit, "true")),
                Arrays.stream(defects).flatMap(defect -> defect.edits().stream()
                        .map(edit -> new Edit.Guarded(edit, "hasDefect(\"" + defect + "\")")))).toList();
        return Edit.applyAll(edits, twinSource);
    }
}
