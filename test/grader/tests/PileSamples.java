package grader.tests;

import grader.verdict.Case;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import support.Session;

/** The submissions of a class, in the shapes in which classes hand them in, each with what is known about it. */
final class PileSamples {

    /** How the files lie in what was handed in. */
    enum Packing { FOLDER, DEEP_FOLDER, ZIP, ZIP_OF_A_MAC, TAR, TAR_GZ, HOSTILE }

    /**
     * A submission.
     *
     * @param name of the student
     * @param what is peculiar about it
     * @param tool the program without which it cannot be built or started; empty: a JDK is enough
     * @param files by name
     * @param failed the cases that it must fail
     * @param untold the cases of which nothing can be told, because of what it is
     * @param correction the settings without which it cannot be graded; empty: all can be found out
     * @param isGradable whether it can be graded at all
     */
    record Made(String name, String what, String tool, Packing packing, Map<String, String> files, Set<Case> failed,
            Set<Case> untold, Map<String, String> correction, boolean isGradable) {

        Made failing(Case... cases) {
            return failing(Set.of(cases));
        }

        Made failing(Set<Case> cases) {
            return new Made(name, what, tool, packing, files, cases, untold, correction, isGradable);
        }

        Made untold(Case... cases) {
            return new Made(name, what, tool, packing, files, failed, Set.of(cases), correction, isGradable);
        }

        Made corrected(Map<String, String> settings) {
            return new Made(name, what, tool, packing, files, failed, untold, settings, isGradable);
        }

        Made ungradable() {
            return new Made(name, what, tool, packing, files, failed, untold, correction, false);
        }

        /** Whether nobody has to say anything for it to be graded. */
        boolean canBeFoundOut() {
            return isGradable && correction.isEmpty();
        }
    }

    private static final String TABLE_IN_C = """
            static void read_table(void) {
                static const char *const names[] = { "anna", "ben", "clara", "david", "emma" };
                static const int ports[] = { PORTS };
                for (int i = 0; i < 5; i++) {
                    User *user = &users[user_count++];
                    strcpy(user->name, names[i]);
                    user->client = links + MOST_ACCEPTED + i;
                    user->place.sin_family = AF_INET;
                    user->place.sin_port = htons(ports[i]);
                    inet_pton(AF_INET, "127.0.0.1", &user->place.sin_addr);
                }
            }
            """;
    private static final String BY_PORT = "int port = argc > 1 ? atoi(argv[1]) : 0;";
    private static final String BLANKS = "\"%63s %63s %d\", users[user_count].name, address, &port) == 3";

    private final String inC;
    private final String inCpp;
    private final String chat;
    private final String classmate;
    private final Path table;
    private final List<Integer> ports;

    /**
     * @param tests the folder with the tests
     * @param table a file that can be made, with the table that a submission has compiled in
     */
    PileSamples(Path tests, Path table) throws IOException {
        Path submissions = tests.resolve("grader/submissions");
        this.inC = Files.readString(submissions.resolve("student.c"));
        this.inCpp = Files.readString(tests.resolve("cpp/chat_server.cpp"));
        this.chat = Files.readString(submissions.resolve("chat.py"));
        this.classmate = Files.readString(submissions.resolve("classmate.py"));
        this.table = table;
        this.ports = freePorts();
        List<String> names = List.of("anna", "ben", "clara", "david", "emma");
        Files.writeString(table, IntStream.range(0, names.size())
                .mapToObj(at -> names.get(at) + " 127.0.0.1 " + ports.get(at) + "\n").collect(Collectors.joining()));
    }

    /** Nobody else should have those that are compiled in. */
    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> taken = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            taken.add(new ServerSocket(0));
        }
        for (ServerSocket one : taken) {
            one.close();
        }
        return taken.stream().map(ServerSocket::getLocalPort).toList();
    }

    /** Those for which this machine has what they need. */
    List<Made> all() {
        List<Made> all = new ArrayList<>();
        all.addAll(startedInManyWays());
        all.addAll(withManyForms());
        all.addAll(withFaultsInC());
        all.addAll(inOtherLanguages());
        all.addAll(thatNeedHelp());
        all.removeIf(one -> !one.tool().isEmpty() && !Session.isOnPath(one.tool()));
        return all;
    }

    private List<Made> startedInManyWays() {
        String byName = "if (argc < 2) { fprintf(stderr, \"who are you?\\n\"); return 1; }\n"
                + "    char *my_name = argv[1]; int port = 0;";
        String me = "for (User *user = users; user < users + user_count; user++) if (!strcmp(user->name, my_name)) "
                + "port = ntohs(user->place.sin_port);\n    find_me(port);";
        return List.of(
                c("Jörg Müller", "a usage line", Packing.ZIP_OF_A_MAC, inC),
                c("Zoë Łukasik", "its name as the argument", Packing.TAR_GZ,
                        edited(started(byName), "find_me(port);", me)),
                c("Jan Novák", "-p", Packing.FOLDER, started("int port = 0, option;\n"
                        + "    while ((option = getopt(argc, argv, \"p:\")) != -1) if (option == 'p') "
                        + "port = atoi(optarg);")),
                c("Jan Novák", "asks for the port", Packing.ZIP, started("int port = 0; (void)argc; (void)argv;\n"
                        + "    printf(\"Your port: \"); fflush(stdout);\n"
                        + "    char typed[32]; int at = 0;\n"
                        + "    while (at < 31 && read(0, typed + at, 1) == 1 && typed[at] != '\\n') at++;\n"
                        + "    typed[at] = 0; port = atoi(typed);")),
                c("Ayşe Çelik", "asks for the name", Packing.TAR, edited(started("int port = 0; (void)argc; "
                        + "(void)argv;\n    printf(\"Enter your name: \"); fflush(stdout);\n"
                        + "    char my_name[32]; int at = 0;\n"
                        + "    while (at < 31 && read(0, my_name + at, 1) == 1 && my_name[at] != '\\n') at++;\n"
                        + "    my_name[at] = 0;"), "find_me(port);", me)));
    }

    private List<Made> withManyForms() {
        String plain = started(BY_PORT);
        String colon = edited(plain, "write friend/text\\n\", me->name", "write friend: text\\n\", me->name");
        return List.of(
                c("Ada Berg", "commas", Packing.DEEP_FOLDER, edited(plain, BLANKS, BLANKS.replace(
                        "%63s %63s %d", " %63[^,],%63[^,],%d"))),
                c("Bo Ek", "a count above the table", Packing.ZIP, edited(plain, "while (user_count < MOST_USERS",
                        "int count;\n    if (fscanf(file, \"%d\", &count) != 1) exit(4);\n"
                        + "    while (user_count < count")),
                c("Cy Falk", "colons", Packing.TAR_GZ, edited(plain, BLANKS, BLANKS.replace(
                        "%63s %63s %d", " %63[^:]:%63[^:]:%d"))),
                c("Di Graf", "the address first", Packing.FOLDER, edited(plain, BLANKS,
                        "\"%63s %d %63s\", address, &port, users[user_count].name) == 3")),
                c("Ed Holm", "friend|text", Packing.ZIP, typed(plain, "|", "|")),
                c("Fay Ives", "friend: text", Packing.DEEP_FOLDER, edited(typed(colon, ": ", ":"),
                        "send_to(friend, slash + 1);", "send_to(friend, slash[1] == ' ' ? slash + 2 : slash + 1);")));
    }

    private List<Made> withFaultsInC() {
        return List.of(
                c("Gil Jung", Packing.ZIP, "cuts-at-32"),
                c("Hal Kern", Packing.TAR, "unknown-goes-to-first"),
                c("Ida Lind", Packing.FOLDER, "crashes-on-1000"),
                c("Joe Mohr", Packing.TAR_GZ, "no-reuseaddr"),
                c("Kai Nagy", Packing.ZIP, "ends-when-idle"),
                c("Lea Ohm", Packing.FOLDER, "deaf-after-offline"),
                c("Mia Paul", Packing.ZIP_OF_A_MAC, "timeval-counted-down"));
    }

    private List<Made> inOtherLanguages() {
        String makefile = "all:\n\tg++ -std=c++17 -O0 -w -pthread -o chat *.cpp\n";
        Map<String, String> peer = sample("in Java");
        return List.of(
                cpp("Ned Quist", "in C++", Packing.ZIP, inCpp),
                cpp("Ola Roth", Packing.TAR_GZ, Defect.SHOWS_TWICE),
                cpp("Pia Sand", Packing.FOLDER, Defect.FORK_PER_CONNECTION),
                cpp("Quy Tran", Packing.ZIP, Defect.THREAD_PER_CONNECTION),
                made("Ray Ulm", "a Makefile", "make", Packing.TAR, Map.of("lab/chat.cpp",
                        defect(Defect.SILENT_WITHOUT_SLASH), "lab/Makefile", makefile)).failing(Case.NO_SLASH),
                python("Sam Voss", "in Python", Packing.ZIP_OF_A_MAC, chat),
                dialect("Tim Wahl", "by-address", Packing.ZIP),
                dialect("Uma Xu", "no-end", Packing.TAR_GZ),
                dialect("Vic Young", "connection-per-message", Packing.FOLDER),
                dialect("Wim Zorn", "decodes-each-read", Packing.DEEP_FOLDER),
                dialect("Xia Adler", "records", Packing.ZIP),
                peer("Yan Bauer", "in Java", Packing.ZIP, peer),
                peer("Zed Christ", "in Java, in a folder of its own", Packing.TAR_GZ, deeper(peer)));
    }

    /** It waits for the end of each connection, and ends when a friend is unknown, offline or vanishes. */
    private static Made peer(String name, String what, Packing packing, Map<String, String> files) {
        return made(name, what, "", packing, files).failing(Case.UNKNOWN_FRIEND, Case.SIXTH_CONNECTION, Case.REUSES,
                Case.OFFLINE_FRIEND, Case.SILENT_STRANGER, Case.HALF_A_LINE).untold(Case.NO_SLASH, Case.SLASHES);
    }

    private List<Made> thatNeedHelp() {
        String compiledIn = inC.replaceFirst("(?s)static void read_table\\(void\\) \\{.*?\\n}\\n", TABLE_IN_C)
                .replace("PORTS", ports.stream().map(Object::toString).collect(Collectors.joining(", ")));
        return List.of(
                cpp("Abe Dorn", "does not compile", Packing.ZIP, inCpp.replace("int main(", "int main(("))
                        .failing(Case.BUILDS),
                made("Bea Emm", "two source folders", "gcc", Packing.ZIP, Map.of(
                        "old/student.c", started(BY_PORT), "final/student.c", inC)).corrected(Map.of(
                        "BUILD", "cd lab4/final && gcc -o student student.c",
                        "CMD", "cd lab4/final && ./student {port} 5", "TABLE_FILE", "lab4/final/users.txt")),
                made("Cem Frey", "a table that is compiled in", "gcc", Packing.FOLDER, Map.of("student.c", compiledIn))
                        .corrected(Map.of("TABLE", table.toString())).untold(Case.READS_TABLE),
                c("Dan Gross", "its port in the environment", Packing.TAR, started("(void)argc; (void)argv;\n"
                        + "    int port = getenv(\"MY_CHAT_PORT\") ? atoi(getenv(\"MY_CHAT_PORT\")) : 0;"))
                        .corrected(Map.of("CMD", "env MY_CHAT_PORT={port} ./a.out")),
                made("Eva Hahn", "a hostile archive", "", Packing.HOSTILE, Map.of("../../evil.txt", "evil\n"))
                        .ungradable(),
                made("Flo Iven", "no program", "", Packing.ZIP, Map.of("report.txt", "We ran out of time.\n"))
                        .ungradable());
    }

    private static Made made(String name, String what, String tool, Packing packing, Map<String, String> files) {
        return new Made(name, what, tool, packing, files, Set.of(), Set.of(), Map.of(), true);
    }

    private static Made c(String name, String what, Packing packing, String source) {
        return made(name, what, "gcc", packing, Map.of("student.c", source));
    }

    private static Made cpp(String name, String what, Packing packing, String source) {
        return made(name, what, "g++", packing, Map.of("chat_server.cpp", source));
    }

    private Made c(String name, Packing packing, String defect) {
        return c(name, defect, packing, edited(inC, "*defect = \"\";", "*defect = \"" + defect + "\";"))
                .failing(Subject.failed(defect + " in C"));
    }

    private Made cpp(String name, Packing packing, Defect defect) {
        return cpp(name, defect.toString(), packing, defect(defect)).failing(defect.failed());
    }

    private static Made python(String name, String what, Packing packing, String source) {
        return made(name, what, "python3", packing, Map.of("chat.py", source)).untold(Case.BUILDS);
    }

    private Made dialect(String name, String dialect, Packing packing) {
        String source = edited(classmate, "default=\"line\"", "default=\"" + dialect + "\"");
        return python(name, "in Python, " + dialect, packing, source).failing(Subject.failed("dialect " + dialect));
    }

    private static Map<String, String> sample(String name) {
        return GuessSamples.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow().files();
    }

    /** In a project, whose other files lie beside the folder with the sources. */
    private static Map<String, String> deeper(Map<String, String> files) {
        return files.entrySet().stream().collect(Collectors.toMap(one -> "project/" + one.getKey(),
                Map.Entry::getValue));
    }

    /** The program in C, whose port comes from elsewhere and whose timeout is compiled in. */
    private String started(String port) {
        String source = edited(edited(inC, "find_me(atoi(argv[1]));", "find_me(port);"),
                "listen_on(atoi(argv[1]))", "listen_on(port)");
        int first = source.indexOf("    if (argc < 2");
        int last = source.indexOf("timeout = atof(argv[2]);");
        return "/* A chat. */\n" + source.substring(source.indexOf("*/") + 2, first) + "    " + port
                + "\n    timeout = 5;" + source.substring(last + "timeout = atof(argv[2]);".length());
    }

    private String defect(Defect one) {
        return DefectSource.of(inCpp, one).replace("std::getenv(\"DEFECT\")",
                "static_cast<const char*>(\"" + one + "\")");
    }

    /** The program in C, with another mark between a friend and a text that is typed. */
    private static String typed(String source, String shown, String mark) {
        int obey = source.indexOf("static void obey(");
        return source.substring(0, obey).replace("friend/text", "friend" + shown + "text")
                + edited(source.substring(obey), "strchr(line, '/')", "strchr(line, '" + mark + "')")
                .replace("friend/text", "friend" + shown + "text");
    }

    private static String edited(String source, String old, String now) {
        if (!source.contains(old)) {
            throw new IllegalStateException("there is no " + old);
        }
        return source.replace(old, now);
    }
}
