package grader.tests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Small submissions, each with something that has to be found out. */
final class GuessSamples {

    /**
     * A submission, and what is to be found.
     *
     * @param tool the program without which it cannot be built or started; empty: what the tests need anyway
     * @param files by name
     * @param given the variables that are set; besides, TIMEOUT=5
     * @param expected the variables that are found; empty: it is unclear
     * @param isQuick whether it is one of the few that the tests have; the self-test has all
     */
    record Sample(String name, String tool, Map<String, String> files, Map<String, String> given,
            Map<String, String> expected, boolean isQuick) {

        Sample quick() {
            return new Sample(name, tool, files, given, expected, true);
        }

        Sample with(String... more) {
            Map<String, String> all = new LinkedHashMap<>(files);
            all.putAll(pairs(more));
            return new Sample(name, tool, all, given, expected, isQuick);
        }

        Sample given(String... variables) {
            return new Sample(name, tool, files, pairs(variables), expected, isQuick);
        }
    }

    /** A whole chat: each message has a connection of its own. */
    private static final String C = """
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <signal.h>
            #include <unistd.h>
            #include <arpa/inet.h>
            #include <sys/select.h>
            #include <sys/socket.h>
            struct { char name[32], ip[32]; int port; } u[9];
            int n;
            static void type(char *line) {
                char *text = strstr(line, MARK);
                if (!text) { printf("no such command\\n"); return; }
                *text = 0;
                text += strlen(MARK);
                for (int i = 0; i < n; i++) {
                    if (strcmp(u[i].name, line)) continue;
                    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(u[i].port) };
                    a.sin_addr.s_addr = inet_addr(u[i].ip);
                    int s = socket(AF_INET, SOCK_STREAM, 0);
                    if (connect(s, (struct sockaddr *) &a, sizeof a) == 0) write(s, text, strlen(text));
                    close(s);
                    return;
                }
                printf("unknown\\n");
            }
            int main(int argc, char **argv) {
                int port = 0, on = 1;
                setvbuf(stdout, NULL, _IONBF, 0);
                signal(SIGPIPE, SIG_IGN);
                ARGUMENTS
                FILE *f = fopen(TABLE, "r");
                if (!f) { perror("table"); return 1; }
                READ
                fclose(f);
                WHO
                struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) };
                int server = socket(AF_INET, SOCK_STREAM, 0);
                setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
                if (port < 1024 || bind(server, (struct sockaddr *) &a, sizeof a)) { perror("bind"); return 1; }
                listen(server, 5);
                for (;;) {
                    fd_set r;
                    FD_ZERO(&r);
                    FD_SET(0, &r);
                    FD_SET(server, &r);
                    select(server + 1, &r, NULL, NULL, NULL);
                    if (FD_ISSET(0, &r)) {
                        char line[5000];
                        int k = read(0, line, sizeof line - 1);
                        if (k <= 0) return 0;
                        line[k] = 0;
                        for (char *l = strtok(line, "\\n"); l; l = strtok(NULL, "\\n")) type(l);
                    }
                    if (FD_ISSET(server, &r)) {
                        char text[5000];
                        int s = accept(server, NULL, NULL), k;
                        while ((k = read(s, text, sizeof text)) > 0) printf("got: %.*s\\n", k, text);
                        close(s);
                    }
                }
            }
            """;
    private static final String BY_PORT = "port = atoi(argv[1]);";
    private static final String BLANKS =
            "while (fscanf(f, \"%31s %31s %d\", u[n].name, u[n].ip, &u[n].port) == 3) n++;";
    private static final String COMMAS =
            "while (fscanf(f, \" %31[^,],%31[^,],%d\", u[n].name, u[n].ip, &u[n].port) == 3) n++;";
    private static final String COUNT = "int c; if (fscanf(f, \"%d\", &c) != 1) return 1; " + BLANKS;
    private static final String OWN_FIRST =
            "fscanf(f, \"%31s %31s %d\", u[8].name, u[8].ip, &port); " + BLANKS;
    private static final String BY_NAME = "for (int i = 0; i < n; i++) if (!strcmp(u[i].name, who)) port = u[i].port; "
            + "if (!port) { printf(\"you are not in the table\\n\"); return 1; }";

    private static final String JAVA = """
            package chat.net;
            import java.io.*;
            import java.net.*;
            import java.util.*;
            /** class Wrong { public static void main(String[] none) } is not it. */
            public class Peer {
                static final Map<String, InetSocketAddress> FRIENDS = new HashMap<>();
                public static void main(String[] args) throws Exception {
                    String me = args[0];
                    for (Scanner table = new Scanner(new File("peers.conf")); table.hasNextLine();) {
                        String[] p = table.nextLine().split(" = | @ ");
                        FRIENDS.put(p[0], new InetSocketAddress(p[1], Integer.parseInt(p[2])));
                    }
                    ServerSocket server = new ServerSocket(FRIENDS.get(me).getPort());
                    new Thread(() -> {
                        try {
                            while (true) {
                                System.out.println(new String(server.accept().getInputStream().readAllBytes()));
                            }
                        } catch (IOException e) {
                            System.exit(1);
                        }
                    }).start();
                    for (Scanner in = new Scanner(System.in); in.hasNextLine();) {
                        Line.send(in.nextLine());
                    }
                }
            }
            """;
    private static final String JAVA_LINE = """
            package chat.net;
            import java.net.*;
            class Line {
                static void send(String line) throws Exception {
                    String[] words = line.split(" ", 2);
                    InetSocketAddress friend = Peer.FRIENDS.get(words[0]);
                    try (Socket socket = new Socket(friend.getAddress(), friend.getPort())) {
                        socket.getOutputStream().write(words[1].getBytes());
                    }
                }
            }
            """;

    private static final String PYTHON = """
            import argparse, select, socket, sys
            import table
            options = argparse.ArgumentParser()
            options.add_argument('--port', type=int, default=5000)
            options.add_argument('--idle', type=int, default=60)
            port = options.parse_args().port
            server = socket.create_server(('', port))
            while True:
                for ready in select.select([server, sys.stdin], [], [])[0]:
                    if ready is server:
                        s = server.accept()[0]
                        print(s.recv(5000).decode(), flush=True)
                        s.close()
                    else:
                        name, _, text = sys.stdin.readline().rstrip('\\n').partition(': ')
                        if name in table.users:
                            socket.create_connection(table.users[name]).sendall(text.encode())
            """;
    private static final String PYTHON_TABLE = """
            users = {}
            for line in open('users.txt'):
                name, address, port = line.split()
                users[name] = (address, int(port))
            """;

    private GuessSamples() {
    }

    static List<Sample> all() {
        List<Sample> all = new ArrayList<>();
        String gcc = "gcc -std=gnu17 -w -fpermissive -pthread -o a.out chat.c";
        all.add(c("a usage line", "if (argc < 4) { printf(\"usage: %s <users file> <port> \" "
                + "\"<idle seconds>\\n\", argv[0]); return 1; } port = atoi(argv[2]);", "argv[1]", BLANKS,
                "", "/", "CMD", "./a.out {users} {port} {timeout}", "BUILD", gcc).quick());
        all.add(c("a port", BY_PORT, "\"users.txt\"", BLANKS, "", "/", "CMD", "./a.out {port}", "BUILD", gcc));
        all.add(c("a timeout", "if (argc != 3) { printf(\"usage: %s port [idle seconds]\\n\", argv[0]); "
                + "return 1; } port = atoi(argv[1]);", "\"users.txt\"", BLANKS, "", "/", "CMD",
                "./a.out {port} {timeout}", "BUILD", gcc));
        all.add(c("a name", "char *who = argv[1];", "\"users.txt\"", BLANKS, BY_NAME, "/", "CMD", "./a.out {name}",
                "BUILD", gcc));
        all.add(c("an index", "int x = atoi(argv[1]);", "\"users.txt\"", BLANKS,
                "if (x < 0 || x >= n) return 3; port = u[x].port;", "/", "CMD", "./a.out {index}", "BUILD", gcc));
        all.add(c("a number", "int x = atoi(argv[1]);", "\"users.txt\"", BLANKS,
                "if (x < 1 || x > n) return 3; port = u[x - 1].port;", "/", "CMD", "./a.out {number}", "BUILD", gcc));
        all.add(c("an option", "if (argc < 3 || strcmp(argv[1], \"-p\")) return 1; port = atoi(argv[2]);",
                "\"users.txt\"", BLANKS, "", "/", "CMD", "./a.out -p {port}", "BUILD", gcc));
        all.add(c("questions", "char who[32]; printf(\"Enter your name: \"); scanf(\"%31s\", who); "
                + "printf(\"Which port? \"); scanf(\"%d\", &port);", "\"users.txt\"", BLANKS,
                "int ok = 0; for (int i = 0; i < n; i++) ok |= u[i].port == port && !strcmp(u[i].name, who); "
                + "if (!ok) return 1;", "/", "CMD", "./a.out", "LOGIN", "{name}\\n{port}\\n", "BUILD", gcc));
        all.add(c("a silent question", "scanf(\"%d\", &port);", "\"users.txt\"", BLANKS, "", "/", "CMD", "./a.out",
                "LOGIN", "{port}\\n", "BUILD", gcc));
        all.add(c("a sample of the table", BY_PORT, "\"peers.csv\"",
                "fscanf(f, \"%*[^\\n]\"); " + COMMAS, "", "/", "CMD", "./a.out {port}", "BUILD",
                gcc, "TABLE_FILE", "peers.csv", "TABLE_LINE", "{name},{ip},{port}", "TABLE_HEAD", "name,ip,port")
                .with("peers.csv", "name,ip,port\nann,127.0.0.1,5000\nben,127.0.0.1,5001\n"));
        all.add(c("commas", BY_PORT, "\"users.txt\"", COMMAS, "", "/", "CMD", "./a.out {port}", "BUILD", gcc,
                "TABLE_LINE", "{name},{ip},{port}"));
        all.add(c("a count above commas", BY_PORT, "\"users.txt\"", "int c; if (fscanf(f, \"%d \", &c) != 1) return 1; "
                + COMMAS, "", "/", "CMD", "./a.out {port}", "BUILD", gcc, "TABLE_HEAD", "{count}",
                "TABLE_LINE", "{name},{ip},{port}"));
        all.add(c("a count", BY_PORT, "\"users.txt\"", COUNT, "", "/", "CMD", "./a.out {port}", "BUILD", gcc,
                "TABLE_HEAD", "{count}"));
        all.add(c("the own line first", "", "\"me.conf\"", OWN_FIRST, "", "/", "CMD", "./a.out", "BUILD", gcc,
                "TABLE_FILE", "me.conf", "TABLE_HEAD", "{name} {ip} {port}"));
        all.add(c("a backslash", BY_PORT, "\"users.txt\"", BLANKS, "printf(\"write friend\\\\message\\n\");", "\\\\",
                "CMD", "./a.out {port}", "BUILD", gcc, "MESSAGE", "{friend}\\\\{text}"));
        all.add(c("a bar", BY_PORT, "\"users.txt\"", BLANKS, "", "|", "CMD", "./a.out {port}", "BUILD", gcc,
                "MESSAGE", "{friend}|{text}"));
        all.add(c("two mains", BY_PORT, "\"users.txt\"", BLANKS, "", "/", "CMD", "./a.out {port}", "BUILD", gcc)
                .with("a client.c", "int main() { return 0; }\n"));
        all.add(c("a name that is given", BY_PORT, "\"users.txt\"", BLANKS, "", "/", "BUILD",
                gcc.replace("a.out", "chat")).given("CMD", "./chat {port}"));
        all.add(c("a table that is given", BY_PORT, "\"friends.dat\"",
                "int c; if (fscanf(f, \"%d \", &c) != 1) return 1; " + COMMAS, "", "/", "CMD", "./a.out {port}",
                "BUILD", gcc, "TABLE_LINE", "{name},{ip},{port}").given("USERS_FILE", "friends.dat", "USERS_HEADER",
                "count").with("peers.csv", "name,ip,port\nann,127.0.0.1,5000\nben,127.0.0.1,5001\n").quick());
        all.add(c("another port", "port = 2000 + getpid() % 30000;", "\"users.txt\"", BLANKS, "", "/"));
        all.add(sample("does not compile", "gcc", Map.of("chat.c", "int main() { return x; }\n"), "CMD",
                "./a.out {port}", "BUILD", gcc));
        all.add(sample("a makefile", "make", Map.of("Makefile", "all:\n\tgcc -o 'my chat' *.c\n", "chat.c",
                c(BY_PORT, "\"users.txt\"", BLANKS, "", "/")), "CMD", "./'my chat' {port}", "BUILD", "make -B"));
        all.add(sample("in Java", "", Map.of("src/chat/net/Peer.java", JAVA, "src/chat/net/Line.java", JAVA_LINE),
                "CMD", "java -cp . chat.net.Peer {name}", "BUILD", "javac -nowarn -encoding UTF-8 -d . "
                + "src/chat/net/Line.java src/chat/net/Peer.java", "TABLE_FILE", "peers.conf", "TABLE_LINE",
                "{name} = {ip} @ {port}", "MESSAGE", "{friend} {text}").with("peers.conf",
                "ann = 127.0.0.1 @ 5000\nben = 127.0.0.1 @ 5001\n").quick());
        all.add(sample("in Python", "python3", Map.of("chat.py", PYTHON, "table.py", PYTHON_TABLE), "CMD",
                "python3 chat.py --port {port} --idle {timeout}", "MESSAGE", "{friend}: {text}").quick());
        all.add(sample("nothing", "", Map.of("report.txt", "We have run out of time.\n")).quick());
        return all;
    }

    private static Sample c(String name, String arguments, String table, String read, String who, String mark,
            String... expected) {
        return sample(name, "gcc", Map.of("chat.c", c(arguments, table, read, who, mark)), expected);
    }

    private static String c(String arguments, String table, String read, String who, String mark) {
        return C.replace("ARGUMENTS", arguments).replace("TABLE", table).replace("READ", read).replace("WHO", who)
                .replace("MARK", "\"" + mark + "\"");
    }

    private static Sample sample(String name, String tool, Map<String, String> files, String... expected) {
        return new Sample(name, tool, files, Map.of(), pairs(expected), false);
    }

    private static Map<String, String> pairs(String... words) {
        return Stream.iterate(0, i -> i < words.length, i -> i + 2)
                .collect(Collectors.toMap(i -> words[i], i -> words[i + 1]));
    }
}
