// The same assignment with select(): the twin of the Java program, in the language and with the call of the original.
// It is the baseline of `make bench`, a peer of another language in the tests, and the left column of the README's
// table. Same table, same typed lines, same wire, same words on the console; IPv4 only.
//
//     g++ chat_server.cpp -std=c++17 -O2 && ./a.out 5000 [users.txt [idle-timeout-seconds]]

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <deque>
#include <fstream>
#include <iostream>
#include <list>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;
using namespace std::chrono_literals;

constexpr int kMostAccepted = 5;                // P1
constexpr std::size_t kReadBuffer = 64 * 1024;  // bytes read from one connection in one turn
constexpr std::size_t kLongestPiece = 64 * 1024;
constexpr std::size_t kLongestLine = 1024 * 1024;
constexpr auto kConnectTimeout = 3s;
constexpr auto kLongestClosing = 3s;
constexpr auto kSilenceThatEndsAMessage = 200ms;
constexpr auto kSendingTakes = 1000ms;
constexpr auto kLeavingTakes = 1600ms;

std::string reason(int error) {
    return error == ECONNREFUSED ? "connection refused" : std::strerror(error);
}

// ---- the user_info table (D2) ----

struct User {
    std::string name;
    in_addr address;
    in_port_t port;

    std::string place() const {
        char text[INET_ADDRSTRLEN];
        inet_ntop(AF_INET, &address, text, sizeof text);
        return std::string(text) + ":" + std::to_string(port);
    }
    bool hasAddress(in_addr other) const { return address.s_addr == other.s_addr; }
    sockaddr_in socketAddress() const {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr = address;
        where.sin_port = htons(port);
        return where;
    }
};

[[noreturn]] void die(int status, const std::string& message) {
    std::cerr << message << '\n';
    std::exit(status);
}

std::vector<User> readTable(const std::string& file) {
    std::ifstream in(file);
    if (!in) die(2, file + ": cannot be read: write a line for each user: name ip port");
    std::vector<User> users;
    std::string line;
    for (int number = 1; std::getline(in, line); number++) {
        std::istringstream words(line.substr(0, line.find('#')));
        std::string name, address, port;
        if (!(words >> name)) continue;
        User user{name, {}, 0};
        words >> address >> port;
        const long value = std::atol(port.c_str());
        if (inet_pton(AF_INET, address.c_str(), &user.address) != 1 || value < 1 || value > 65535) {
            die(2, file + ":" + std::to_string(number) + ": expected: name, IPv4 address, port from 1 to 65535");
        }
        user.port = static_cast<in_port_t>(value);
        users.push_back(user);
    }
    return users;
}

// ---- text as the console shows it: controls are shown, never obeyed ----

// The length of the UTF-8 character at the front; a malformed one is counted as its longest prefix that could have
// begun a character, and `code` is U+FFFD.
std::size_t decodeCharacter(std::string_view text, char32_t& code) {
    const auto byteAt = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byteAt(0);
    const std::size_t size = lead >= 0xf0 && lead <= 0xf4 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3
            : lead >= 0xc2 && lead < 0xe0 ? 2 : 1;
    code = U'\ufffd';
    if (size == 1) {
        if (lead < 0x80) code = lead;
        return 1;
    }
    // The second byte also rules out overlong forms and what lies beyond U+10FFFF.
    const unsigned char lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const unsigned char highest = lead == 0xf4 ? 0x8f : 0xbf;
    char32_t value = lead & (0x7f >> size);
    for (std::size_t i = 1; i < size; i++) {
        if (i == text.size() || byteAt(i) < (i == 1 ? lowest : 0x80) || byteAt(i) > (i == 1 ? highest : 0xbf)) return i;
        value = value << 6 | (byteAt(i) & 0x3f);
    }
    if (value < 0xd800 || value > 0xdfff) code = value;  // one half of a UTF-16 pair is no character
    return size;
}

// Controls, line separators and invisible format characters; but joiners are a part of emoji and of scripts.
bool isUnsafe(char32_t c) {
    if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return true;
    static constexpr char32_t ranges[][2] = {
        {0xad, 0xad}, {0x600, 0x605}, {0x61c, 0x61c}, {0x6dd, 0x6dd}, {0x70f, 0x70f}, {0x8e2, 0x8e2},
        {0x180e, 0x180e}, {0x200b, 0x200b}, {0x200e, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x2064},
        {0x2066, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}};
    return std::any_of(std::begin(ranges), std::end(ranges),
                       [c](const char32_t* range) { return c >= range[0] && c <= range[1]; });
}

void appendEscaped(std::string& shown, char32_t c) {
    static constexpr char digits[] = "0123456789abcdef";
    switch (c) {
        case '\t': shown += "\\t"; return;
        case '\r': shown += "\\r"; return;
        case '\n': shown += "\\n"; return;
        default: break;
    }
    shown += c < 0x100 ? "\\x" : "\\u";
    for (int shift = c < 0x100 ? 4 : 12; shift >= 0; shift -= 4) shown += digits[c >> shift & 0xf];
}

// The length of the printable ASCII at the front, in steps of eight bytes: nearly every message is nothing else.
std::size_t plainPrefix(std::string_view text) {
    constexpr std::uint64_t all = 0x0101010101010101;
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t eight;
        std::memcpy(&eight, text.data() + i, 8);
        // Less 32, a control character borrows its top bit; 127 and one more carries into it; others have it set.
        if (((eight - all * ' ') | (eight + all) | eight) & (all * 0x80)) break;
    }
    return i;
}

void appendVisible(std::string& shown, std::string_view text) {
    std::size_t start = 0;
    std::size_t i = plainPrefix(text);
    while (i < text.size()) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte < 0x7f) {
            i++;
            continue;
        }
        char32_t code;
        const std::size_t size = decodeCharacter(text.substr(i), code);
        const bool malformed = code == U'\ufffd' && text.substr(i, size) != "\xef\xbf\xbd";
        if (malformed || isUnsafe(code)) {
            shown.append(text, start, i - start);
            if (malformed) {
                shown += "\xef\xbf\xbd";
            } else {
                appendEscaped(shown, code);
            }
            start = i + size;
        }
        i += size;
    }
    shown.append(text, start);
}

// Collects what a turn shows, and writes it at once.
class Screen {
public:
    void message(std::string_view sender, std::string_view text) {
        appendVisible(turn_, sender);
        turn_ += ": ";
        appendVisible(turn_, text);
        turn_ += '\n';
    }
    void notice(const std::string& text) {
        turn_ += "* ";
        appendVisible(turn_, text);
        turn_ += '\n';
    }
    void flush() {
        std::size_t written = 0;
        while (written < turn_.size() && !isGone_) {
            const ssize_t count = write(STDOUT_FILENO, turn_.data() + written, turn_.size() - written);
            if (count > 0) {
                written += static_cast<std::size_t>(count);
            } else {
                isGone_ = errno != EINTR;
            }
        }
        turn_.clear();
    }
    bool isGone() const { return isGone_; }

private:
    std::string turn_;
    bool isGone_ = false;
};

// ---- the wire ----

// Cuts the bytes of one connection into messages: a message ends at LF, CR LF or NUL, wherever the reads end.
class Decoder {
public:
    // Calls show(text, continues) for every message that is complete.
    template <class Show>
    void take(std::string_view bytes, Show show) {
        std::size_t start = 0;
        std::size_t nextNul = std::min(bytes.find('\0'), bytes.size());
        while (true) {
            // find() is memchr(), which looks at 16 bytes or more at once.
            if (nextNul < start) nextNul = std::min(bytes.find('\0', start), bytes.size());
            const std::size_t i = std::min(bytes.substr(0, nextNul).find('\n', start), nextNul);
            if (i == bytes.size()) break;
            std::string_view text = bytes.substr(start, i - start);
            if (!pending_.empty() || text.size() > kLongestPiece) {
                append(text, show);
                text = pending_;
            }
            if (bytes[i] == '\n' && !text.empty() && text.back() == '\r') text.remove_suffix(1);
            if (!text.empty()) show(text, inPieces_);
            pending_.clear();
            inPieces_ = false;
            hasEverEnded_ = true;
            start = i + 1;
        }
        append(bytes.substr(start), show);
    }

    // Shows the bytes that have no end yet: the connection closed, or fell silent.
    template <class Show>
    void end(Show show) {
        if (!pending_.empty()) show(std::string_view(pending_), inPieces_);
        pending_.clear();
        inPieces_ = false;
    }

    bool holdsUnendedText() const { return !pending_.empty() && !hasEverEnded_ && !inPieces_; }

private:
    template <class Show>
    void append(std::string_view bytes, Show show) {
        while (!bytes.empty()) {
            if (pending_.size() == kLongestPiece) cutPiece(show);
            const std::size_t part = std::min(bytes.size(), kLongestPiece - pending_.size());
            pending_.append(bytes.substr(0, part));
            bytes.remove_prefix(part);
        }
    }

    // Shows a full piece, but keeps a character that is not whole yet for the next one.
    template <class Show>
    void cutPiece(Show show) {
        std::size_t cut = pending_.size();
        for (std::size_t back = 1; back <= 3; back++) {
            const auto byte = static_cast<unsigned char>(pending_[pending_.size() - back]);
            if (byte < 0x80) break;
            if (byte >= 0xc0) {
                if ((byte >= 0xf0 ? 4u : byte >= 0xe0 ? 3u : 2u) > back) cut -= back;
                break;
            }
        }
        show(std::string_view(pending_).substr(0, cut), inPieces_);
        pending_.erase(0, cut);
        inPieces_ = true;
    }

    std::string pending_;
    bool inPieces_ = false;
    bool hasEverEnded_ = false;
};

// ---- connections ----

struct Connection {
    enum class State { Connecting, Open, Closing, Closed };

    int socket;
    bool accepted;
    sockaddr_in farEnd;
    State state;
    Time since;  // of the state
    Time lastActive;
    Time lastRead;
    Decoder decoder;
    std::string toWrite;
    std::string lastSender;

    bool isOpen() const { return state == State::Open; }
    bool is(State other) const { return state == other; }
    void enter(State next, Time now) {
        state = next;
        since = now;
    }
};

// The client socket to a friend, and what was typed for that friend and is not handed to the socket yet.
struct Client {
    User user;
    std::deque<std::string> waiting;
    Connection* connection = nullptr;
};

std::string placeOf(const sockaddr_in& where) {
    return User{"", where.sin_addr, ntohs(where.sin_port)}.place();
}

class PeerChat {
public:
    PeerChat(User me, std::vector<User> friends, int server, std::chrono::seconds idleTimeout)
        : me_(std::move(me)), server_(server), idleTimeout_(idleTimeout), buffer_(kReadBuffer) {
        for (User& user : friends) clients_.push_back(Client{std::move(user), {}, nullptr});
    }

    void run() {
        screen_.notice("you are " + me_.name + ", listening on " + me_.place());
        screen_.notice("your friends: " + friendNames());
        screen_.notice("write friend/text, or */text to all; /quit leaves");
        screen_.flush();
        while (!hasLeft()) turn();
    }

private:
    using State = Connection::State;

    void turn() {
        waitUntilReady();
        accept();          // P1
        readAll();         // P2
        readKeyboard();    // P3.1
        send();            // P3.2, P3.3
        closeIdle();       // P4
        screen_.flush();
    }

    // The call that polling has to do without: sleeps until any source is ready, or a time limit is reached.
    void waitUntilReady() {
        FD_ZERO(&readable_);
        FD_ZERO(&writable_);
        int highest = server_;
        FD_SET(server_, &readable_);
        if (hasKeyboard_ && !leaving_) FD_SET(STDIN_FILENO, &readable_);
        for (const Connection& connection : connections_) {
            highest = std::max(highest, connection.socket);
            if (!connection.is(State::Connecting)) FD_SET(connection.socket, &readable_);
            if (connection.is(State::Connecting) || !connection.toWrite.empty()) FD_SET(connection.socket, &writable_);
        }
        const auto wait = std::chrono::duration_cast<std::chrono::microseconds>(
                std::max(nextDeadline() - Clock::now(), Clock::duration::zero()));
        timeval timeout{static_cast<time_t>(wait.count() / 1000000), static_cast<suseconds_t>(wait.count() % 1000000)};
        if (select(highest + 1, &readable_, &writable_, nullptr, &timeout) < 0) {
            FD_ZERO(&readable_);
            FD_ZERO(&writable_);
        }
    }

    Time nextDeadline() const {
        Time next = leaving_ ? leavingSince_ + kSendingTakes : Clock::now() + 1h;
        for (const Connection& connection : connections_) {
            next = std::min(next, deadlineOf(connection));
            if (connection.decoder.holdsUnendedText()) {
                next = std::min(next, connection.lastRead + kSilenceThatEndsAMessage);
            }
        }
        return next;
    }

    // When the state of a connection ends by itself.
    Time deadlineOf(const Connection& connection) const {
        switch (connection.state) {
            case State::Connecting: return connection.since + kConnectTimeout;
            case State::Closing: return connection.since + kLongestClosing;
            default: return connection.lastActive + (connection.accepted ? 2 : 1) * idleTimeout_;
        }
    }

    void accept() {
        if (!FD_ISSET(server_, &readable_)) return;
        sockaddr_in farEnd{};
        socklen_t size = sizeof farEnd;
        const int socket =
            ::accept4(server_, reinterpret_cast<sockaddr*>(&farEnd), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0) return;
        const auto open = std::count_if(connections_.begin(), connections_.end(),
                                        [](const Connection& c) { return c.accepted && c.isOpen(); });
        if (!isInTable(farEnd.sin_addr) || open >= kMostAccepted) {
            close(socket);
            screen_.notice("refused a connection from " + placeOf(farEnd) + ": "
                    + (open >= kMostAccepted ? "5 are open already" : "no line of the table has this address"));
            return;
        }
        add(socket, true, farEnd, State::Open);
    }

    Connection& add(int socket, bool accepted, const sockaddr_in& farEnd, State state) {
        const int yes = 1;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        const Time now = Clock::now();
        connections_.push_back({socket, accepted, farEnd, state, now, now, now, {}, {}, {}});
        return connections_.back();
    }

    auto displayFrom(Connection& connection) {
        return [this, &connection](std::string_view message, bool continues) {
            if (!continues) connection.lastSender = takeSender(message, connection.farEnd);
            if (!message.empty()) screen_.message(connection.lastSender, message);
        };
    }

    // One buffer a connection: a friend who floods keeps nobody waiting.
    void readAll() {
        for (Connection& connection : connections_) {
            if (!connection.is(State::Connecting) && FD_ISSET(connection.socket, &readable_)) read(connection);
        }
        const Time now = Clock::now();
        for (Connection& connection : connections_) {
            if (connection.decoder.holdsUnendedText() && now >= connection.lastRead + kSilenceThatEndsAMessage) {
                connection.decoder.end(displayFrom(connection));
            }
        }
        forgetClosed();
    }

    void read(Connection& connection) {
        const ssize_t count = recv(connection.socket, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
        if (count > 0) {
            connection.lastActive = connection.lastRead = Clock::now();
            connection.decoder.take({buffer_.data(), static_cast<std::size_t>(count)}, displayFrom(connection));
        } else if (count == 0) {
            if (isClient(connection) && connection.isOpen()) {
                screen_.notice(nameOf(connection) + " closed the connection; the next message needs a new one");
            }
            drop(connection);
        } else if (errno != EAGAIN && errno != EINTR) {
            broken(connection);
        }
    }

    // Whose message it is: by what it says of itself, believed only from that friend's own address. Leaves the text.
    std::string takeSender(std::string_view& message, const sockaddr_in& farEnd) const {
        const std::size_t slash = message.find('/');
        if (slash != std::string_view::npos && slash > 0) {
            const std::string_view name = message.substr(0, slash);
            for (const Client& client : clients_) {
                if (client.user.name == name) {
                    message.remove_prefix(slash + 1);
                    return client.user.hasAddress(farEnd.sin_addr) ? client.user.name
                            : client.user.name + "? (" + hostOf(farEnd) + ")";
                }
            }
            if (name == me_.name) message.remove_prefix(slash + 1);
        }
        const Client* only = nullptr;
        int there = 0;
        for (const Client& client : clients_) {
            if (!client.user.hasAddress(farEnd.sin_addr)) continue;
            if (client.user.port == ntohs(farEnd.sin_port)) return client.user.name;
            only = &client;
            there++;
        }
        return there == 1 ? only->user.name : placeOf(farEnd);
    }

    void readKeyboard() {
        if (!hasKeyboard_ || leaving_ || !FD_ISSET(STDIN_FILENO, &readable_)) return;
        const ssize_t count = ::read(STDIN_FILENO, buffer_.data(), buffer_.size());
        if (count <= 0) {
            hasKeyboard_ = false;
            screen_.notice("the input has ended; messages are still shown until you end the program");
            return;
        }
        typed_.append(buffer_.data(), static_cast<std::size_t>(count));
        std::size_t start = 0;
        for (std::size_t end; (end = typed_.find('\n', start)) != std::string::npos && !leaving_; start = end + 1) {
            std::string_view line = std::string_view(typed_).substr(start, end - start);
            if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
            takeLine(line);
        }
        typed_.erase(0, start);
        if (typed_.size() > kLongestLine) {
            screen_.notice("not sent: a line has at most 1048576 bytes");
            typed_.clear();
        }
    }

    // friend/text (D3), or a command.
    void takeLine(std::string_view line) {
        static constexpr const char* blanks = " \t";
        if (line.find_first_not_of(blanks) == std::string_view::npos) return;
        if (line == "/quit") {
            leaving_ = true;
            leavingSince_ = Clock::now();
            return;
        }
        const std::size_t slash = line.find('/');
        if (slash == std::string_view::npos || slash == 0) {
            screen_.notice("not sent: write friend/text; your friends: " + friendNames());
            return;
        }
        std::string_view name = line.substr(0, slash);
        name.remove_prefix(std::min(name.find_first_not_of(blanks), name.size()));
        name.remove_suffix(name.size() - std::min(name.find_last_not_of(blanks) + 1, name.size()));
        std::string text(line.substr(slash + 1));
        std::replace(text.begin(), text.end(), '\0', ' ');
        if (text.find_first_not_of(blanks) == std::string::npos) {
            screen_.notice("not sent: the text is missing");
            return;
        }
        bool known = false;
        for (Client& client : clients_) {
            if (name == "*" || name == client.user.name) {
                client.waiting.push_back(text);
                known = true;
            }
        }
        if (!known) {
            screen_.notice("not sent: unknown friend \"" + std::string(name) + "\"; your friends: " + friendNames());
        }
    }

    void send() {
        for (Client& client : clients_) {
            if (client.connection == nullptr && !client.waiting.empty()) connectTo(client);
            if (client.connection == nullptr) continue;
            Connection& connection = *client.connection;
            if (connection.is(State::Connecting)) {
                if (FD_ISSET(connection.socket, &writable_)) finishConnecting(client);
            }
            if (client.connection != nullptr && connection.isOpen()) writeTo(client);
        }
        forgetClosed();
    }

    void connectTo(Client& client) {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        sockaddr_in mine = me_.socketAddress();
        mine.sin_port = 0;
        bind(socket, reinterpret_cast<const sockaddr*>(&mine), sizeof mine);  // so that the friend knows me
        const sockaddr_in where = client.user.socketAddress();
        client.connection = &add(socket, false, where, State::Connecting);
        if (connect(socket, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0) {
            finishConnecting(client);
        } else if (errno != EINPROGRESS) {
            giveUp(client, "is offline (" + reason(errno) + ")");
        }
    }

    void finishConnecting(Client& client) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(client.connection->socket, SOL_SOCKET, SO_ERROR, &error, &size);
        sockaddr_in here{};
        socklen_t hereSize = sizeof here;
        getsockname(client.connection->socket, reinterpret_cast<sockaddr*>(&here), &hereSize);
        if (error == 0 && here.sin_port == client.connection->farEnd.sin_port
                && here.sin_addr.s_addr == client.connection->farEnd.sin_addr.s_addr) {
            error = ECONNREFUSED;  // nobody listens there, and the kernel connected the socket to itself
        }
        if (error != 0) {
            giveUp(client, "is offline (" + reason(error) + ")");
            return;
        }
        client.connection->enter(State::Open, Clock::now());
        screen_.notice("connected to " + client.user.name + " (" + client.user.place() + ")");
    }

    void giveUp(Client& client, const std::string& why) {
        for (const std::string& text : client.waiting) {
            screen_.notice(client.user.name + " " + why + ": not sent: " + text);
        }
        client.waiting.clear();
        drop(*client.connection);
    }

    // As much as there is room for; select() tells when there is more.
    void writeTo(Client& client) {
        Connection& connection = *client.connection;
        if (!client.waiting.empty() && connection.toWrite.empty() && hasEnded(connection)) {
            read(connection);  // the friend has closed it: the next turn makes a new one and nothing is lost
            return;
        }
        for (; !client.waiting.empty(); client.waiting.pop_front()) {
            connection.toWrite += me_.name + '/' + client.waiting.front() + '\n';
        }
        if (connection.toWrite.empty()) return;
        const ssize_t count = ::send(connection.socket, connection.toWrite.data(), connection.toWrite.size(),
                                     MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count > 0) {
            connection.toWrite.erase(0, static_cast<std::size_t>(count));
            connection.lastActive = Clock::now();
        } else if (count < 0 && errno != EAGAIN && errno != EINTR) {
            broken(connection);
        }
    }

    static bool hasEnded(const Connection& connection) {
        char byte;
        return recv(connection.socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
    }

    void broken(Connection& connection) {
        if (isClient(connection)) {
            screen_.notice("the connection to " + nameOf(connection) + " broke: the last messages are in doubt");
        }
        drop(connection);
    }

    // Politely: sends no more, but what the other side still sends is read until it ends too.
    void closeIdle() {
        const Time now = Clock::now();
        for (Connection& connection : connections_) {
            if (now < deadlineOf(connection)) {
                if (leaving_ && connection.isOpen() && hasSentAll(now)) beginClosing(connection, now);
            } else if (connection.is(State::Connecting)) {
                giveUp(*clientOf(connection), "is offline (no answer)");
            } else if (connection.is(State::Closing)) {
                drop(connection);
            } else if (connection.isOpen()) {
                screen_.notice(std::string("closed the connection ") + (connection.accepted ? "from " : "to ")
                        + nameOf(connection) + ": idle for "
                        + std::to_string(((connection.accepted ? 2 : 1) * idleTimeout_).count()) + " s");
                beginClosing(connection, now);
            }
        }
        forgetClosed();
    }

    void beginClosing(Connection& connection, Time now) {
        shutdown(connection.socket, SHUT_WR);
        connection.enter(State::Closing, now);
        if (Client* client = clientOf(connection)) client->connection = nullptr;
    }

    void drop(Connection& connection) {
        connection.decoder.end(displayFrom(connection));
        if (Client* client = clientOf(connection)) client->connection = nullptr;
        connection.enter(State::Closed, Clock::now());
    }

    void forgetClosed() {
        for (auto it = connections_.begin(); it != connections_.end();) {
            if (it->is(State::Closed)) {
                FD_CLR(it->socket, &readable_);  // the next socket may get this number in this very turn
                FD_CLR(it->socket, &writable_);
                close(it->socket);
                it = connections_.erase(it);
            } else {
                ++it;
            }
        }
    }

    bool hasSentAll(Time now) const {
        return now >= leavingSince_ + kSendingTakes
                || std::all_of(clients_.begin(), clients_.end(), [](const Client& client) {
                       return client.waiting.empty()
                               && (client.connection == nullptr || client.connection->toWrite.empty());
                   });
    }

    bool hasLeft() const {
        if (screen_.isGone()) return true;
        if (!leaving_) return false;
        const Time now = Clock::now();
        return now >= leavingSince_ + kLeavingTakes || (connections_.empty() && hasSentAll(now));
    }

    Client* clientOf(const Connection& connection) {
        for (Client& client : clients_) {
            if (client.connection == &connection) return &client;
        }
        return nullptr;
    }

    bool isClient(const Connection& connection) { return clientOf(connection) != nullptr; }

    std::string nameOf(const Connection& connection) {
        if (const Client* client = clientOf(connection)) return client->user.name;
        return connection.lastSender.empty() ? placeOf(connection.farEnd) : connection.lastSender;
    }

    bool isInTable(in_addr address) const {
        return me_.hasAddress(address) || std::any_of(clients_.begin(), clients_.end(), [&](const Client& client) {
                   return client.user.hasAddress(address);
               });
    }

    std::string friendNames() const {
        std::string names;
        for (const Client& client : clients_) names += (names.empty() ? "" : ", ") + client.user.name;
        return names;
    }

    static std::string hostOf(const sockaddr_in& where) {
        const std::string place = placeOf(where);
        return place.substr(0, place.rfind(':'));
    }

    const User me_;
    const int server_;
    const std::chrono::seconds idleTimeout_;
    std::vector<Client> clients_;
    std::list<Connection> connections_;
    Screen screen_;
    std::string typed_;
    std::vector<char> buffer_;
    fd_set readable_{};
    fd_set writable_{};
    bool hasKeyboard_ = true;
    bool leaving_ = false;
    Time leavingSince_{};
};

// The well-known port (P1); -1 if this is not an address of this machine.
int listenAt(const User& me) {
    const int server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const sockaddr_in where = me.socketAddress();
    if (bind(server, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0 && listen(server, 50) == 0) {
        return server;
    }
    const int error = errno;
    close(server);
    if (error != EADDRNOTAVAIL) {
        die(1, "chat_server: cannot listen on port " + std::to_string(me.port) + ": " + std::strerror(error));
    }
    return -1;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2 || count > 4) die(2, "usage: chat_server PORT [USERS [IDLE-TIMEOUT-SECONDS]]");
    std::signal(SIGPIPE, SIG_IGN);
    const std::string file = count > 2 ? arguments[2] : "users.txt";
    std::vector<User> users = readTable(file);
    for (auto me = users.begin(); me != users.end(); ++me) {
        const int server = me->port == std::atoi(arguments[1]) ? listenAt(*me) : -1;
        if (server >= 0) {
            const User mine = *me;
            users.erase(me);
            PeerChat(mine, users, server, std::chrono::seconds(count > 3 ? std::atol(arguments[3]) : 60)).run();
            return 0;
        }
    }
    die(2, file + ": no line has port " + arguments[1] + " and an address of this machine");
}
