/*
 * Peer-to-peer chat: ./student PORT [SECONDS], with users.txt (name, address, port) in this folder. Type friend/text.
 *
 * One process, one select(). A message on the wire is sender/text and a line feed. A client socket that is idle for
 * SECONDS is closed; accepted connections are closed when the friend closes them.
 *
 * It has no known fault, unless the environment variable DEFECT names one: only that one it has then.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { MOST_USERS = 16, MOST_ACCEPTED = 5, NAME = 64, SIZE = 16384, SEND_MS = 3000, START_MS = 300 };

typedef struct {
    int fd;                /* -1: there is none */
    int is_over;           /* not watched any longer, another may have its place: only with some defects */
    double last;           /* activity */
    size_t length;         /* of what has arrived of a line that is not whole yet */
    char buffer[SIZE + 1];
} Link;

typedef struct {
    char name[NAME];
    struct sockaddr_in place;
    Link *client;          /* the client socket */
    Link *accepted;        /* the connection over which this friend has written, or NULL */
    int has_left;
    int sent;              /* messages to this friend: only with some defects */
} User;

static const char *const DEFECTS[] = {
    "timeval-counted-down", "busy-after-friend-left", "busy-after-idle-close", "deaf-after-no-slash",
    "deaf-after-offline", "deaf-after-unknown", "timeout-of-whole-program", "closes-only-when-woken", "ends-when-idle",
    "buffer-not-cleared", "cuts-at-32", "unknown-goes-to-first", "wrong-name", "no-reuseaddr",
    "only-own-direction-reconnects", "deaf-to-restarted", "localhost-only", "ignores-address", "crashes-on-1000",
    "format-string", "idle-since-connected", "places-never-free", "name-by-beginning", "name-anywhere",
    "second-over-new", "second-over-reset", "never-reuses",
    "connects-at-start", "wants-five-lines", "one-connection", /* the last two are no faults */
};

static const char *defect = "";
static User users[MOST_USERS], *me;
static int user_count;
static Link links[MOST_ACCEPTED + MOST_USERS + 1], *const end_of_links = links + MOST_ACCEPTED + MOST_USERS + 1;
static Link *const keyboard = links + MOST_ACCEPTED + MOST_USERS; /* accepted ones are the first, then client sockets */
static double timeout = 60, last_of_all;
static int is_deaf, is_busy; /* only with some defects */

static int has(const char *name) { return strcmp(defect, name) == 0; }

static void check_defect(void) {
    if (getenv("DEFECT") != NULL)
        defect = getenv("DEFECT");
    int is_known = has("");
    for (size_t i = 0; i < sizeof DEFECTS / sizeof *DEFECTS; i++)
        is_known |= has(DEFECTS[i]);
    if (!is_known) {
        fprintf(stderr, "student: there is no defect %s\n", defect);
        exit(2);
    }
}

static void fail(const char *what) {
    fprintf(stderr, "student: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void touch(Link *link) { link->last = last_of_all = now(); }

static void set_send_limit(int fd, int ms) {
    struct timeval limit = { ms / 1000, ms % 1000 * 1000 };
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

static int is_accepted(const Link *link) { return link < links + MOST_ACCEPTED; }

static User *find_friend(const char *name, size_t length) {
    for (User *user = users; user < users + user_count; user++)
        if (user != me && (strlen(user->name) == length || (has("name-by-beginning") && strlen(user->name) < length))
            && memcmp(user->name, name, strlen(user->name)) == 0)
            return user;
    return NULL;
}

static User *first_friend(void) { return users == me ? users + 1 : users; }

/* Only one of the users: if all did it, a friend's places could all be taken when a new connection is needed. */
static int resets_second(void) { return has("second-over-reset") && me == users; }

static void drop(Link *link) {
    struct linger none = { 1, 0 };
    if (resets_second() && !is_accepted(link)) /* the kernel forgets such a connection at once */
        setsockopt(link->fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    if (link != keyboard)
        close(link->fd);
    link->fd = -1;
    link->length = link->is_over = 0;
    for (User *user = users; user < users + user_count; user++)
        if (user->accepted == link)
            user->accepted = NULL;
}

static void hang_up(Link *link) {
    /* busy-after-friend-left: it stays in the fd_set, where its end can be read for ever. */
    /* only-own-direction-reconnects: it stays where answers to this friend are sent. */
    if (is_accepted(link) && (has("busy-after-friend-left") || has("only-own-direction-reconnects")
                              || has("places-never-free"))) {
        link->is_over = 1;
        return;
    }
    for (User *user = users; user < users + user_count; user++)
        if (user->accepted == link && now() - link->last < timeout - 0.5) /* not just closed because it was idle */
            user->has_left = 1;
    drop(link);
}

/* P2: sender/text is shown as sender: text. Controls are not shown, strangers might send some. */
static void show(Link *link, const char *line, size_t length) {
    static char shown[SIZE + 1];
    if (length > 0 && line[length - 1] == '\r')
        length--;
    if (has("crashes-on-1000") && length > 900) /* as if the line did not fit into an array */
        raise(SIGSEGV);
    if (has("cuts-at-32") && length > 32) /* the rest of the line is lost */
        length = 32;
    for (size_t i = 0; i < length; i++)
        shown[i] = ((unsigned char)line[i] < ' ' && line[i] != '\t') || line[i] == 127 ? '?' : line[i];
    if (!has("buffer-not-cleared")) /* what an earlier, longer line has left behind is shown again */
        shown[length] = '\0';
    const char *slash = strchr(shown, '/');
    if (slash == NULL) {
        printf("somebody: %s\n", shown);
        return;
    }
    User *sender = find_friend(shown, slash - shown);
    if (has("deaf-to-restarted") && sender != NULL && is_accepted(link) && sender->has_left) {
        link->is_over = 1; /* a friend who has left before is never read again */
        return;
    }
    if (sender != NULL && is_accepted(link))
        sender->accepted = link;
    if (has("wrong-name")) /* it is always the first friend of the table */
        printf("%s: %s\n", first_friend()->name, slash + 1);
    else if (has("format-string")) { /* what the friend has written is taken for a format */
        int (*print)(const char *, ...) = printf;
        printf("%.*s: ", (int)(slash - shown), shown);
        print(slash + 1);
        printf("\n");
    } else
        printf("%.*s: %s\n", (int)(slash - shown), shown, slash + 1);
}

/* The other side has closed this connection, or it is broken. */
static int is_gone(int fd) {
    char byte;
    ssize_t count;
    do
        count = recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    while (count < 0 && errno == EINTR);
    return count == 0 || (count < 0 && errno != EAGAIN);
}

static int connect_to(User *friend, int ms) {
    struct sockaddr_in own = me->place, place = friend->place;
    own.sin_port = 0;
    if (has("ignores-address")) /* only the port of the table is used */
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0), result = -1;
    if (fd < 0)
        return 0;
    set_send_limit(fd, ms);
    if (bind(fd, (struct sockaddr *)&own, sizeof own) == 0)
        do
            result = connect(fd, (struct sockaddr *)&place, sizeof place);
        while (result < 0 && errno == EINTR);
    if (result < 0 && errno != EISCONN) {
        int problem = errno == EINPROGRESS ? ETIMEDOUT : errno;
        close(fd);
        errno = problem;
        return 0;
    }
    set_send_limit(fd, SEND_MS);
    friend->client->fd = fd;
    touch(friend->client);
    return 1;
}

/* P3.2: the client socket to this friend, a new one if there is none. */
static Link *link_to(User *friend) {
    Link *client = friend->client, *other = friend->accepted;
    if (client->fd >= 0 && (is_gone(client->fd)
                            || ((has("second-over-new") || resets_second()) && friend->sent == 1)))
        hang_up(client);
    if (has("never-reuses")) /* nobody closes the connections of the messages before */
        client->fd = -1;
    if (client->fd >= 0)
        return client;
    if (has("only-own-direction-reconnects") && other != NULL) /* never asked whether it has ended */
        return other;
    if (has("one-connection") && other != NULL) { /* no fault: what the friend has opened is used too */
        if (!is_gone(other->fd))
            return other;
        hang_up(other);
    }
    return connect_to(friend, SEND_MS) ? client : NULL;
}

static int send_all(int fd, const char *data, size_t length) {
    while (length > 0) {
        ssize_t count = send(fd, data, length, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return 0;
        data += count;
        length -= count;
    }
    return 1;
}

/* P3.3. Where an old connection turns out to be broken, a new one is tried. */
static void send_to(User *friend, const char *text) {
    char message[NAME + SIZE + 2];
    int length = snprintf(message, sizeof message, "%s/%s\n", me->name, text);
    for (int attempt = 0; attempt < 2; attempt++) {
        Link *link = link_to(friend);
        if (link == NULL)
            break;
        if (send_all(link->fd, message, length) || link->is_over) {
            if (++friend->sent == 2 && resets_second())
                drop(link);
            if (!has("idle-since-connected"))
                touch(link);
            return;
        }
        hang_up(link);
    }
    printf("* %s is offline (%s), not sent: %s\n", friend->name, strerror(errno), text);
    is_deaf = has("deaf-after-offline"); /* as if it waited for the next line with fgets() */
}

/* P3.1: a typed line. */
static void obey(const char *line) {
    const char *slash = strchr(line, '/');
    is_deaf = 0;
    if (*line == '\0')
        return;
    for (User *user = users; has("name-anywhere") && user < users + user_count; user++)
        if (user != me && strstr(line, user->name) != NULL) {
            send_to(user, slash == NULL ? line : slash + 1);
            return;
        }
    if (slash == NULL) {
        printf("* not sent, write friend/text: %s\n", line);
        is_deaf = has("deaf-after-no-slash"); /* as if it waited for the next line with fgets() */
        return;
    }
    User *friend = find_friend(line, slash - line);
    if (friend == NULL && has("unknown-goes-to-first") && user_count > 1) /* the search ends with index 0 */
        friend = first_friend();
    if (friend != NULL) {
        send_to(friend, slash + 1);
        return;
    }
    printf("* not sent, you have no friend called %.*s\n", (int)(slash - line), line);
    is_deaf = has("deaf-after-unknown"); /* as if it waited for the next line with fgets() */
}

/* Reads what there is; whole lines are shown, or obeyed if they were typed. Half a line waits for the rest. */
static void receive(Link *link) {
    char *start = link->buffer, *end = start + link->length, *feed;
    size_t room = SIZE - link->length;
    ssize_t count = link == keyboard ? read(link->fd, end, room) : recv(link->fd, end, room, MSG_DONTWAIT);
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count <= 0) {
        hang_up(link);
        return;
    }
    touch(link);
    end += count;
    if (end == start + SIZE && memchr(start, '\n', SIZE) == NULL)
        end[-1] = '\n'; /* no friend writes so long a line */
    for (; !link->is_over && (feed = memchr(start, '\n', end - start)) != NULL; start = feed + 1) {
        *feed = '\0';
        if (link == keyboard)
            obey(start);
        else
            show(link, start, feed - start);
    }
    link->length = end - start;
    memmove(link->buffer, start, link->length);
}

/* P4: client sockets without activity. */
static double left_for(const User *user) {
    /* timeout-of-whole-program: there is only one time for all. */
    return (has("timeout-of-whole-program") ? last_of_all : user->client->last) + timeout - now();
}

static void close_idle(void) {
    for (User *user = users; user < users + user_count; user++)
        if (user->client->fd >= 0 && left_for(user) <= 0) {
            if (has("ends-when-idle")) { /* the whole program is closed; as on a busy machine, its end comes later */
                for (int fd = 3; fd < FD_SETSIZE; fd++)
                    close(fd);
                usleep(300 * 1000);
                exit(0);
            }
            is_busy = has("busy-after-idle-close"); /* the time that is over is waited for again and again */
            drop(user->client);
        }
}

/* How long select() may sleep; NULL is for ever. */
static struct timeval *until_idle(struct timeval *wait) {
    static struct timeval set_once = { 4, 0 };
    if (has("timeval-counted-down")) /* select() leaves in it what is left of the time, in the end 0 */
        return &set_once;
    double least = is_busy ? 0 : -1;
    for (User *user = users; user < users + user_count; user++)
        if (user->client->fd >= 0 && (least < 0 || left_for(user) < least))
            least = left_for(user) > 0 ? left_for(user) : 0;
    if (least < 0 || has("closes-only-when-woken")) /* nothing wakes it when a time is over */
        return NULL;
    wait->tv_sec = (time_t)least;
    wait->tv_usec = (suseconds_t)((least - wait->tv_sec) * 1e6);
    return wait;
}

static Link *free_place(void) {
    Link *place = NULL;
    for (Link *link = links; is_accepted(link); link++)
        if (link->fd < 0 || (link->is_over && place == NULL && !has("places-never-free")))
            place = link;
    return place;
}

static void accept_friend(int server) {
    int fd = accept(server, NULL, NULL);
    if (fd < 0)
        return; /* gone again, or interrupted */
    Link *link = free_place();
    if (link->fd >= 0)
        drop(link);
    set_send_limit(fd, SEND_MS);
    link->fd = fd;
    touch(link);
}

static void turn(int server) {
    struct timeval wait;
    fd_set set;
    int most = server;
    FD_ZERO(&set);
    for (Link *link = links; link < end_of_links; link++) {
        if (link->fd < 0 || (is_deaf && link != keyboard) || (link->is_over && !has("busy-after-friend-left")))
            continue;
        FD_SET(link->fd, &set);
        most = link->fd > most ? link->fd : most;
    }
    if (free_place() != NULL && !is_deaf) /* P1: a sixth waits until one has left */
        FD_SET(server, &set);
    int count = select(most + 1, &set, NULL, NULL, until_idle(&wait));
    if (count < 0 && errno != EINTR)
        fail("select");
    for (Link *link = links; count > 0 && link < end_of_links; link++)
        if (link->fd >= 0 && FD_ISSET(link->fd, &set))
            receive(link);
    if (count > 0 && FD_ISSET(server, &set))
        accept_friend(server);
    close_idle();
}

static void read_table(void) {
    char address[NAME];
    int port;
    FILE *file = fopen("users.txt", "r");
    if (file == NULL)
        fail("users.txt");
    while (user_count < MOST_USERS && fscanf(file, "%63s %63s %d", users[user_count].name, address, &port) == 3) {
        User *user = &users[user_count++];
        user->client = links + MOST_ACCEPTED + (user - users);
        user->place.sin_family = AF_INET;
        user->place.sin_port = htons(port);
        if (inet_pton(AF_INET, address, &user->place.sin_addr) != 1)
            fail(address);
    }
    fclose(file);
    if (has("wants-five-lines") && user_count != 5) /* no fault: five friends have agreed on it */
        exit(3);
}

/* Of the users with this port, the one whose address this machine has. */
static void find_me(int port) {
    for (User *user = users; user < users + user_count && me == NULL; user++) {
        struct sockaddr_in own = user->place;
        own.sin_port = 0;
        int probe = socket(AF_INET, SOCK_STREAM, 0);
        if (ntohs(user->place.sin_port) == port && bind(probe, (struct sockaddr *)&own, sizeof own) == 0)
            me = user;
        close(probe);
    }
    if (me == NULL)
        fail("nobody in users.txt has this port and an address of this machine");
}

static int listen_on(int port) {
    struct sockaddr_in place = { .sin_family = AF_INET, .sin_port = htons(port) };
    /* localhost-only: nobody on another machine gets through. */
    place.sin_addr.s_addr = htonl(has("localhost-only") ? INADDR_LOOPBACK : INADDR_ANY);
    int server = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    if (!has("no-reuseaddr")) /* for a minute after the end the port is taken */
        setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(server, (struct sockaddr *)&place, sizeof place) < 0 || listen(server, MOST_ACCEPTED) < 0)
        fail("cannot listen");
    fcntl(server, F_SETFL, O_NONBLOCK);
    return server;
}

int main(int argc, char **argv) {
    check_defect();
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: %s PORT [SECONDS]\n", argv[0]);
        return 1;
    }
    if (argc == 3)
        timeout = atof(argv[2]);
    setvbuf(stdout, NULL, _IOLBF, 0);
    read_table();
    find_me(atoi(argv[1]));
    for (Link *link = links; link < keyboard; link++)
        link->fd = -1;
    int server = listen_on(atoi(argv[1]));
    printf("* you are %s, write friend/text\n", me->name);
    for (int i = 0; i < user_count && has("connects-at-start"); i++) /* who is there already */
        if (&users[i] != me)
            connect_to(&users[i], START_MS);
    for (;;)
        turn(server);
}
