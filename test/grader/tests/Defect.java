package grader.tests;

import static grader.tests.Edit.addAfter;
import static grader.tests.Edit.addBefore;
import static grader.tests.Edit.after;
import static grader.tests.Edit.before;
import static grader.tests.Edit.insteadOf;
import static grader.tests.Edit.insteadOfExpression;

import grader.verdict.Case;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What submissions do wrong, one thing each: by these the grader is graded. Each is the twin with a few insertions, and
 * must fail its own cases and no others. All of them are in one program, so that it is compiled once:
 * {@code env DEFECT=fork-per-connection ./a.out 5000 users.txt 2}.
 *
 * <p>That a defect shows in its cases alone needs something of the other cases as well; where it does, the defect says
 * what.
 */
enum Defect {

    /** A table in the source, the file is not read; but it listens where it was told to. */
    IGNORES_TABLE(Set.of(Case.READS_TABLE),
            addBefore(DefectSource.FUNCTIONS, """
                    std::vector<User> compiledInTable(const char* port) {
                        in_port_t mine = static_cast<in_port_t>(std::atoi(port));
                        std::vector<User> users{{"me", {htonl(INADDR_ANY)}, mine}};
                        in_port_t next = 1;  // nobody listens there
                        for (const char* name : {"alice", "bob", "carol", "dave", "erin"}) {
                            users.push_back({name, {htonl(INADDR_LOOPBACK)}, next++});
                        }
                        return users;
                    }

                    """),
            insteadOfExpression("readTable(file);", "compiledInTable(arguments[1])")),

    /** Uses the port of the table, and not the address. */
    IGNORES_ADDRESS(Set.of(Case.READS_TABLE),
            before("if (connect(socket, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0) {",
                    "const_cast<sockaddr_in&>(where).sin_addr.s_addr = htonl(INADDR_LOOPBACK);")),

    /** Listens where the kernel likes. */
    IGNORES_PORT(Set.of(Case.LISTENS),
            insteadOfExpression("me.socketAddress();", "User{me.name, me.address, 0}.socketAddress()")),

    /** What it shows stays in a buffer until that is full. */
    NEVER_FLUSHES(Set.of(Case.SHOWS_MESSAGE),
            before("std::size_t written = 0;", "if (turn_.size() < 4096) return;")),

    /** Needs: only where a second message is needed, somebody writes twice to the same friend. */
    SENDS_ONCE(Set.of(Case.SECOND),
            addAfter(DefectSource.MEMBERS_OF_CLIENT, "bool hasBeenToldSomething = false;"),
            after("client.waiting.push_back(text);", """
                    if (client.hasBeenToldSomething) client.waiting.pop_back();
                    client.hasBeenToldSomething = true;
                    """)),

    /** No message comes to anybody else than the one whose name it shows. */
    SHOWS_WRONG_NAME(Set.of(Case.NAMES_SENDER),
            before(DefectSource.TEXT_SHOWN, "sender = \"alice\";")),

    SHOWS_TWICE(Set.of(Case.SHOWN_ONCE),
            before(DefectSource.TEXT_SHOWN, """
                    appendVisible(turn_, sender);
                    turn_ += ": ";
                    appendVisible(turn_, text);
                    turn_ += '\\n';
                    """)),

    /** The child has nothing of the parent's but the connection and the console, and does not outlive it. */
    FORK_PER_CONNECTION(Set.of(Case.ONE_PROCESS),
            before(DefectSource.CONNECTION_ACCEPTED, "serveByChild(socket, farEnd); return;"),
            addBefore(DefectSource.METHODS_OF_CHAT, """
                    void serveByChild(int socket, const sockaddr_in& farEnd) {
                        std::signal(SIGCHLD, SIG_IGN);  // none becomes a zombie
                        const pid_t parent = getpid();
                        if (fork() != 0) {
                            close(socket);
                            return;
                        }
                        prctl(PR_SET_PDEATHSIG, SIGKILL);
                        if (getppid() != parent) _exit(0);
                        close(server_);
                        for (const Connection& connection : connections_) close(connection.socket);
                        serveAlone(socket, farEnd);
                        _exit(0);
                    }

                    """)),

    /** The other one does nothing at all. */
    TWO_PROCESSES(Set.of(Case.ONE_PROCESS),
            after(DefectSource.PROGRAM_STARTS, """
                    if (const pid_t parent = getpid(); fork() == 0) {
                        prctl(PR_SET_PDEATHSIG, SIGKILL);
                        while (getppid() == parent) pause();
                        _exit(0);
                    }
                    """)),

    THREAD_PER_CONNECTION(Set.of(Case.NO_THREADS),
            before(DefectSource.CONNECTION_ACCEPTED, """
                    std::thread([this, socket, farEnd] { serveAlone(socket, farEnd); }).detach();
                    return;
                    """),
            after("while (!hasLeft()) turn();", "_exit(0);")),

    DIES_WITHOUT_SLASH(Set.of(Case.NO_SLASH),
            before(DefectSource.LINE_HAS_NO_SLASH, "std::exit(1);")),

    SILENT_WITHOUT_SLASH(Set.of(Case.NO_SLASH),
            insteadOf(DefectSource.LINE_HAS_NO_SLASH, "")),

    /** Waits for the keyboard only, until the next line is typed. */
    DEAF_AFTER_NO_SLASH(Set.of(Case.NO_SLASH),
            before(DefectSource.LINE_HAS_NO_SLASH, "isDeaf_ = true;")),

    DEAF_AFTER_UNKNOWN(Set.of(Case.UNKNOWN_FRIEND),
            before(DefectSource.FRIEND_SOUGHT, "isDeaf_ = !known;")),

    DEAF_AFTER_OFFLINE(Set.of(Case.OFFLINE_FRIEND),
            before(DefectSource.FRIEND_IS_OFFLINE, "isDeaf_ = true;")),

    /** As an index of -1, or of 0, does it. */
    SENDS_UNKNOWN_TO_FIRST(Set.of(Case.UNKNOWN_FRIEND),
            before(DefectSource.FRIEND_SOUGHT, """
                    if (!known) {
                        clients_.front().waiting.push_back(text);
                        known = true;
                    }
                    """)),

    DIES_ON_UNKNOWN_FRIEND(Set.of(Case.UNKNOWN_FRIEND),
            before(DefectSource.FRIEND_SOUGHT, "if (!known) std::exit(1);")),

    SILENT_ABOUT_UNKNOWN(Set.of(Case.UNKNOWN_FRIEND),
            insteadOf(DefectSource.FRIEND_SOUGHT, "")),

    /** What it shows after any line is no answer. */
    PROMPTS_INSTEAD_OF_ANSWERING(Set.of(Case.NO_SLASH, Case.UNKNOWN_FRIEND),
            before(DefectSource.LINE_TAKEN,
            "screen_.notice(\"line \" + std::to_string(end) + \" was typed; the next one, please\");"),
            insteadOf(DefectSource.LINE_HAS_NO_SLASH, ""),
            insteadOf(DefectSource.FRIEND_SOUGHT, "")),

    /** As soon as a key is hit, it waits for the end of the line. */
    BLOCKS_CONSOLE_WHILE_READING(Set.of(Case.SHOWN_WHILE_TYPING),
            after(DefectSource.PROGRAM_STARTS, "readKeyByKey();"),
            addBefore(DefectSource.FUNCTIONS, """
                    void readKeyByKey() {
                        termios mode;
                        if (tcgetattr(STDIN_FILENO, &mode) != 0) return;
                        mode.c_lflag &= ~ICANON;
                        mode.c_cc[VMIN] = 1;
                        mode.c_cc[VTIME] = 0;
                        tcsetattr(STDIN_FILENO, TCSANOW, &mode);
                    }

                    """),
            after(DefectSource.KEYBOARD_READ, """
                    while (typed_.back() != '\\n') {
                        const ssize_t more = ::read(STDIN_FILENO, buffer_.data(), buffer_.size());
                        if (more <= 0) break;
                        typed_.append(buffer_.data(), static_cast<std::size_t>(more));
                    }
                    """)),

    /** As printf(text) does it. */
    FORMAT_STRING(Set.of(Case.PERCENT_SIGNS),
            before(DefectSource.MESSAGE_SHOWN, """
                    static char formatted[8192];
                    std::snprintf(formatted, sizeof formatted, std::string(message).c_str());
                    message = formatted;
                    """)),

    /** Forgets the line at the end of a turn that showed a message, and waits a moment for what was typed before it. */
    LOSES_HALF_TYPED_LINE(Set.of(Case.HALF_LINE_KEPT),
            after(DefectSource.PROGRAM_STARTS, "readKeyByKey();"),
            addAfter(DefectSource.MEMBERS_OF_CHAT, "bool hasShown_ = false;"),
            after(DefectSource.MESSAGE_SHOWN, "hasShown_ = true;"),
            before("readKeyboard();    // P3.1", """
                    pollfd keyboard{STDIN_FILENO, POLLIN, 0};
                    if (hasShown_ && poll(&keyboard, 1, 50) > 0) FD_SET(STDIN_FILENO, &readable_);
                    """),
            after("readKeyboard();    // P3.1", """
                    if (hasShown_) typed_.clear();
                    hasShown_ = false;
                    """)),

    /** No fault at all: what was sent is repeated on the sender's own console, as many programs do. */
    REPEATS_WHAT_IT_SENDS(Set.of(),
            after("client.waiting.push_back(text);",
                    "screen_.notice(\"sent to \" + client.user.name + \": \" + text);")),

    /** A fourth friend is one too many, once and for all. Needs: only the case of all pairs writes to a fourth. */
    THREE_FRIENDS_ONLY(Set.of(Case.ALL_PAIRS),
            addAfter(DefectSource.MEMBERS_OF_CLIENT, "bool isOneOfThree = false;"),
            before(DefectSource.CONNECTION_NEEDED, """
                    if (!client.waiting.empty() && !client.isOneOfThree) {
                        const auto known = std::count_if(clients_.begin(), clients_.end(),
                                                         [](const Client& other) { return other.isOneOfThree; });
                        if (known == 3) {
                            screen_.notice("not sent: there are three friends already");
                            client.waiting.clear();
                        } else {
                            client.isOneOfThree = true;
                        }
                    }
                    """)),

    /** Those that have ended already do not count. */
    EXITS_AT_SIXTH(Set.of(Case.SIXTH_CONNECTION),
            insteadOfExpression(DefectSource.STRANGER_REFUSED, "open >= kMostAccepted"),
            before("if (!isInTable(farEnd.sin_addr) || open >= kMostAccepted) {", """
                    if (std::count_if(connections_.begin(), connections_.end(), [](const Connection& c) {
                            return c.accepted && c.isOpen() && !hasEnded(c); }) >= kMostAccepted) std::exit(1);
                    """)),

    NO_FRAMING(Set.of(Case.TWO_QUICK),
            insteadOf(DefectSource.BYTES_READ, """
                    std::string_view all(buffer_.data(), static_cast<std::size_t>(count));
                    if (all.back() == '\\n') all.remove_suffix(1);
                    displayFrom(connection)(all, false);
                    """)),

    /** Needs: no other text that must be shown whole has more bytes, nor the line in which it is sent more than 32. */
    TRUNCATES_AT_24(Set.of(Case.BYTES_200, Case.BYTES_1000, Case.BYTES_4000),
            before(DefectSource.TEXT_SHOWN, "text = text.substr(0, 24);")),

    /** Behind a short message stands the rest of the one before. Needs: no other text is shorter than those before. */
    NEVER_CLEARS_BUFFER(Set.of(Case.SHORT_AFTER_LONG),
            before(DefectSource.TEXT_SHOWN, """
                    static std::string buffer;
                    buffer.replace(0, text.size(), text);
                    text = buffer;
                    """)),

    /** As it happens where words are read and put together again. Needs: no other text has two blanks in a row. */
    JOINS_WORDS(Set.of(Case.SPACES),
            after("std::string text(line.substr(slash + 1));", """
                    const auto areBlanks = [](char one, char other) { return one == ' ' && other == ' '; };
                    text.erase(std::unique(text.begin(), text.end(), areBlanks), text.end());
                    """)),

    /** Needs: no other text has a slash. */
    SPLITS_AT_LAST_SLASH(Set.of(Case.SLASHES),
            insteadOfExpression("line.find('/');", "line.rfind('/')")),

    /** Needs: no other text that must be shown has a byte above 127. */
    DROPS_BYTES_ABOVE_127(Set.of(Case.UTF_8),
            before(DefectSource.TEXT_SHOWN, """
                    static std::string plain;
                    plain.clear();
                    for (char c : text) {
                        if ((c & 0x80) == 0) plain += c;
                    }
                    text = plain;
                    """)),

    /** Once to each friend, as soon as that friend is there. */
    EARLY_CONNECTIONS(Set.of(Case.NO_EARLY_CONNECTION),
            addAfter(DefectSource.MEMBERS_OF_CLIENT, "bool wasConnected = false;\nTime nextTry{};"),
            before(DefectSource.CONNECTION_NEEDED, """
                    if (client.connection == nullptr && !client.wasConnected && Clock::now() >= client.nextTry) {
                        client.nextTry = Clock::now() + 100ms;
                        connectTo(client);
                    }
                    """),
            after("client.connection->enter(State::Open, Clock::now());", "client.wasConnected = true;"),
            after(DefectSource.TURN_PLANNED, """
                    for (const Client& client : clients_) {
                        if (client.connection == nullptr && !client.wasConnected) next = std::min(next, client.nextTry);
                    }
                    """)),

    CONNECTION_PER_MESSAGE(Set.of(Case.REUSES),
            insteadOf("for (; !client.waiting.empty(); client.waiting.pop_front()) {", """
                    if (connection.toWrite.empty() && !client.waiting.empty()) {
                        connection.toWrite = me_.name + '/' + client.waiting.front() + '\\n';
                        client.waiting.pop_front();
                    }
                    """),
            after("connection.lastActive = Clock::now();",
                    "if (connection.toWrite.empty()) beginClosing(connection, Clock::now());"),
            after(DefectSource.TURN_PLANNED, """
                    for (const Client& client : clients_) {
                        if (client.connection == nullptr && !client.waiting.empty()) next = Clock::now();
                    }
                    """)),

    /** Nobody closes the connections of the messages before. */
    NEVER_REUSES(Set.of(Case.REUSES),
            after("client.waiting.push_back(text);", "client.connection = nullptr;")),

    /**
     * Believes that a friend to whom it has written answers on that same connection, and reads no other of that
     * friend's. Needs: only where a reply is needed, two friends write to each other.
     */
    REPLIES_NOT_READ(Set.of(Case.REPLY),
            addAfter(DefectSource.MEMBERS_OF_CLIENT, "bool wasWrittenTo = false;"),
            after("client.waiting.push_back(text);", "client.wasWrittenTo = true;"),
            before(DefectSource.MESSAGE_SHOWN, """
                    if (connection.accepted && std::any_of(clients_.begin(), clients_.end(), [&](const Client& client) {
                            return client.wasWrittenTo && client.user.name == connection.lastSender; })) return;
                    """)),

    /** Long enough for any grading. */
    NEVER_CLOSES(Set.of(Case.CLOSES_IDLE),
            before(DefectSource.DEADLINE_ASKED, "if (connection.isOpen()) return connection.lastActive + 1h;")),

    /** Whoever speaks keeps all client sockets open. Needs: a third user speaks, as friends do. */
    ONE_TIMEOUT_FOR_ALL(Set.of(Case.CLOSES_IDLE),
            before(DefectSource.DEADLINE_ASKED, """
                    if (connection.isOpen()) {
                        Time last = connection.lastActive;
                        for (const Connection& other : connections_) last = std::max(last, other.lastActive);
                        return last + (connection.accepted ? 2 : 1) * idleTimeout_;
                    }
                    """)),

    /** Looks at its client sockets only when something else happens. Needs: at first nobody else speaks. */
    CLOSES_ONLY_IF_WOKEN(Set.of(Case.CLOSES_IDLE),
            before(DefectSource.SOURCES_READY, "timeout = {3600, 0};"),
            before(DefectSource.TURN_ENDS_WITH_IDLE, """
                    if (const Time now = Clock::now(); std::none_of(connections_.begin(), connections_.end(),
                            [&](const Connection& c) { return now - c.lastActive < 100ms; })) return;
                    """)),

    ENDS_WHEN_IDLE(Set.of(Case.CLOSES_IDLE),
            after(DefectSource.CONNECTION_IS_IDLE, "if (isClient(connection)) std::exit(0);")),

    /** Needs: the second message of the case of reuse comes within two seconds of the first. */
    CLOSES_TOO_EARLY(Set.of(Case.NOT_BEFORE),
            before(DefectSource.DEADLINE_ASKED,
                    "if (connection.isOpen() && !connection.accepted) return connection.lastActive + 2s;")),

    /**
     * Does not notice that it has closed the client socket itself: later messages go nowhere. Needs: in no other case
     * somebody is silent for the timeout and then writes to the same friend.
     */
    STAYS_CLOSED(Set.of(Case.RECONNECTS),
            addAfter(DefectSource.MEMBERS_OF_CLIENT, "bool isClosedForGood = false;"),
            after(DefectSource.CONNECTION_IS_IDLE,
                    "if (Client* client = clientOf(connection)) client->isClosedForGood = true;"),
            before(DefectSource.CONNECTION_NEEDED, "if (client.isClosedForGood) client.waiting.clear();")),

    /**
     * Needs: the connection of that case is still open when the program ends; other cases have ports without a past.
     */
    NO_REUSEADDR(Set.of(Case.PORT_AGAIN),
            insteadOf("setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);", "")),

    DIES_WHEN_OFFLINE(Set.of(Case.OFFLINE_FRIEND),
            before(DefectSource.FRIEND_IS_OFFLINE, "std::exit(1);")),

    SILENT_ABOUT_OFFLINE(Set.of(Case.OFFLINE_FRIEND),
            insteadOf(DefectSource.FRIEND_IS_OFFLINE, "")),

    /** Does not notice that the friend has ended: later messages go nowhere. */
    NEVER_RECONNECTS(Set.of(Case.RESTARTED_FRIEND),
            addAfter(DefectSource.MEMBERS_OF_CLIENT, "bool isGone = false;"),
            before("if (isClient(connection) && connection.isOpen()) {",
                    "if (isClient(connection)) clientOf(connection)->isGone = true;"),
            before("if (isClient(connection)) {", "if (isClient(connection)) clientOf(connection)->isGone = true;"),
            before(DefectSource.CONNECTION_NEEDED, "if (client.isGone) client.waiting.clear();")),

    /**
     * Waits for the first bytes of a connection, and serves nobody meanwhile: a silent sixth connection does it as
     * well.
     */
    STUCK_ON_STRANGER(Set.of(Case.SILENT_STRANGER, Case.SIXTH_CONNECTION),
            before("const auto open = std::count_if(connections_.begin(), connections_.end(),", """
                    pollfd first{socket, POLLIN, 0};
                    poll(&first, 1, -1);
                    """)),

    /** Needs: the garbage has a byte below 0x20 that is no tab and no part of a line's end. */
    DIES_ON_GARBAGE(Set.of(Case.GARBAGE),
            insteadOfExpression(DefectSource.STRANGER_REFUSED, "open >= kMostAccepted"),
            before(DefectSource.BYTES_READ, """
                    for (char c : std::string_view(buffer_.data(), static_cast<std::size_t>(count))) {
                        if (c >= 0 && c < 0x20 && c != '\\t' && c != '\\r' && c != '\\n') std::exit(1);
                    }
                    """)),

    /** Only where the line was not ended: so that a killed friend is none. */
    DIES_ON_RESET(Set.of(Case.HALF_A_LINE),
            insteadOfExpression(DefectSource.STRANGER_REFUSED, "open >= kMostAccepted"),
            addAfter(DefectSource.MEMBERS_OF_CONNECTION, "bool isInLine = false;"),
            before(DefectSource.BYTES_READ, "connection.isInLine = buffer_[count - 1] != '\\n';"),
            after("} else if (errno != EAGAIN && errno != EINTR) {",
                    "if (errno == ECONNRESET && connection.accepted && connection.isInLine) std::exit(1);")),

    BUSY_LOOP(Set.of(Case.IDLE_CPU),
            before(DefectSource.SOURCES_READY, "timeout = {0, 0};")),

    /** As a timeval does it that is set once, and counted down by select(). */
    BUSY_AFTER_4_SECONDS(Set.of(Case.IDLE_CPU),
            before(DefectSource.SOURCES_READY, """
                    static const Time start = Clock::now();
                    if (Clock::now() - start > 4s) timeout = {0, 0};
                    """)),

    BUSY_AFTER_FRIEND_HAS_LEFT(Set.of(Case.IDLE_CPU),
            addAfter(DefectSource.MEMBERS_OF_CHAT, "bool hasSeenAnEnd_ = false;"),
            after("} else if (count == 0) {", "hasSeenAnEnd_ = hasSeenAnEnd_ || connection.accepted;"),
            before(DefectSource.SOURCES_READY, "if (hasSeenAnEnd_) timeout = {0, 0};")),

    BUSY_AFTER_IDLE_TIMEOUT(Set.of(Case.IDLE_CPU),
            addAfter(DefectSource.MEMBERS_OF_CHAT, "bool hasClosedIdle_ = false;"),
            after(DefectSource.CONNECTION_IS_IDLE, "hasClosedIdle_ = true;"),
            before(DefectSource.SOURCES_READY, "if (hasClosedIdle_) timeout = {0, 0};")),

    /** Needs: where Ctrl-C does not help, the other cases kill. */
    IGNORES_SIGINT(Set.of(Case.INTERRUPT),
            after(DefectSource.PROGRAM_STARTS, "std::signal(SIGINT, SIG_IGN);")),

    /**
     * A helper from the start, in a session of its own, with nothing open: its parent and its environment tell of it.
     */
    LEAVES_A_CHILD(Set.of(Case.INTERRUPT),
            after(DefectSource.PROGRAM_STARTS, """
                    int pipe[2] = {-1, -1};
                    if (::pipe(pipe) == 0 && fork() == 0) {
                        setsid();
                        for (int any = 0; any < 1024; any++) close(any);
                        execlp("sleep", "sleep", "60", nullptr);
                        _exit(1);
                    }
                    close(pipe[1]);
                    char none;
                    // until the child has left the session: Ctrl-C must not find it there
                    while (read(pipe[0], &none, 1) > 0) {
                    }
                    close(pipe[0]);
                    """));

    private final Set<Case> failed;
    private final List<Edit> edits;

    Defect(Set<Case> failed, Edit... edits) {
        this.failed = failed;
        this.edits = List.of(edits);
    }

    /** The cases that it fails. Those that need one of these are not graded, all others are passed. */
    Set<Case> failed() {
        return failed;
    }

    List<Edit> edits() {
        return edits;
    }

    /** The value of {@code DEFECT}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The twin with every defect in it. @throws IllegalStateException if an edit does not fit the source exactly once
     */
    static String sourceWithAllDefects(String twinSource) {
        return DefectSource.of(twinSource, values());
    }
}
