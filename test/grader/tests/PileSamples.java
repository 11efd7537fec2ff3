package grader.tests;

import grader.verdict.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
     * @param correction the settings without which it cannot be graded; empty: all can be found out
     * @param isGradable whether it can be graded at all
     */
    record Made(String name, String what, String tool, Packing packing, Map<String, String> files, Set<Case> failed,
            Map<String, String> correction, boolean isGradable) {

        Made failing(Case... cases) {
            return new Made(name, what, tool, packing, files, Set.of(cases), correction, isGradable);
        }

        Made corrected(Map<String, String> settings) {
            return new Made(name, what, tool, packing, files, failed, settings, isGradable);
        }

        Made ungradable() {
            return new Made(name, what, tool, packing, files, failed, correction, false);
        }

        /** Whether nobody has to say anything for it to be graded. */
        boolean canBeFoundOut() {
            return isGradable && correction.isEmpty();
        }
    }

    private static final String TABLE_IN_C = """
            static void read_table(void) {
                static const char *const names[] = { "anna", "ben", "clara", "david", "emma" };
                for (int i = 0; i < 5; i++) {
                    User *user = &users[user_count++];
                    strcpy(user->name, names[i]);
                    user->client = links + MOST_ACCEPTED + i;
                    user->place.sin_family = AF_INET;
                    user->place.sin_port = htons(26510 + i);
                    inet_pton(AF_INET, "127.0.0.1", &user->place.sin_addr);
                }
            }
            """;
    private static final String TABLE = """
            anna 127.0.0.1 26510
            ben 127.0.0.1 26511
            clara 127.0.0.1 26512
            david 127.0.0.1 26513
            emma 127.0.0.1 26514
            """;
    private static final String BY_PORT = "int port = argc > 1 ? atoi(argv[1]) : 0;";
    private static final String BLANKS = "\"%63s %63s %d\", users[user_count].name, address, &port) == 3";

    private final String inC;
    private final String inCpp;
    private final String chat;
    private final String classmate;
    private final Path table;

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
        Files.writeString(table, TABLE);
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
                c("Gil Jung", "cuts at 32 bytes", Packing.ZIP, defect("cuts-at-32"))
                        .failing(Case.BYTES_200, Case.BYTES_1000, Case.BYTES_4000),
                c("Hal Kern", "unknown friends are the first", Packing.TAR, defect("unknown-goes-to-first"))
                        .failing(Case.UNKNOWN_FRIEND),
                c("Ida Lind", "crashes on 1,000 bytes", Packing.FOLDER, defect("crashes-on-1000"))
                        .failing(Case.BYTES_1000, Case.BYTES_4000),
                c("Joe Mohr", "no SO_REUSEADDR", Packing.TAR_GZ, defect("no-reuseaddr")).failing(Case.PORT_AGAIN),
                c("Kai Nagy", "ends when idle", Packing.ZIP, defect("ends-when-idle")).failing(Case.CLOSES_IDLE),
                c("Lea Ohm", "deaf after an offline friend", Packing.FOLDER, defect("deaf-after-offline"))
                        .failing(Case.OFFLINE_FRIEND),
                c("Mia Paul", "a timeval that is counted down", Packing.ZIP_OF_A_MAC, defect("timeval-counted-down"))
                        .failing(Case.IDLE_CPU));
    }

    private List<Made> inOtherLanguages() {
        String makefile = "all:\n\tg++ -std=c++17 -O0 -w -pthread -o chat *.cpp\n";
        Map<String, String> peer = sample("in Java");
        return List.of(
                cpp("Ned Quist", "in C++", Packing.ZIP, inCpp),
                cpp("Ola Roth", "shows twice", Packing.TAR_GZ, defect(Defect.SHOWS_TWICE)).failing(Case.SHOWN_ONCE),
                cpp("Pia Sand", "a process for each connection", Packing.FOLDER, defect(Defect.FORK_PER_CONNECTION))
                        .failing(Case.ONE_PROCESS),
                cpp("Quy Tran", "a thread for each connection", Packing.ZIP, defect(Defect.THREAD_PER_CONNECTION))
                        .failing(Case.NO_THREADS),
                made("Ray Ulm", "a Makefile", "make", Packing.TAR, Map.of("lab/chat.cpp",
                        defect(Defect.SILENT_WITHOUT_SLASH), "lab/Makefile", makefile)).failing(Case.NO_SLASH),
                python("Sam Voss", "in Python", Packing.ZIP_OF_A_MAC, chat),
                dialect("Tim Wahl", "by-address", Packing.ZIP),
                dialect("Uma Xu", "no-end", Packing.TAR_GZ).failing(Case.TWO_QUICK),
                dialect("Vic Young", "connection-per-message", Packing.FOLDER).failing(Case.REUSES),
                dialect("Wim Zorn", "decodes-each-read", Packing.DEEP_FOLDER).failing(Case.UTF_8),
                dialect("Xia Adler", "records", Packing.ZIP),
                made("Yan Bauer", "in Java", "", Packing.ZIP, peer).failing(Case.NO_SLASH, Case.UNKNOWN_FRIEND,
                        Case.SIXTH_CONNECTION, Case.REUSES, Case.OFFLINE_FRIEND, Case.SILENT_STRANGER),
                made("Zed Christ", "in Java, in a folder of its own", "", Packing.TAR_GZ, deeper(peer))
                        .failing(Case.NO_SLASH, Case.UNKNOWN_FRIEND, Case.SIXTH_CONNECTION, Case.REUSES,
                        Case.OFFLINE_FRIEND, Case.SILENT_STRANGER));
    }

    private List<Made> thatNeedHelp() {
        String compiledIn = inC.replaceFirst("(?s)static void read_table\\(void\\) \\{.*?\\n}\\n", TABLE_IN_C);
        return List.of(
                cpp("Abe Dorn", "does not compile", Packing.ZIP, inCpp.replace("int main(", "int main(("))
                        .failing(Case.BUILDS),
                made("Bea Emm", "two source folders", "gcc", Packing.ZIP, Map.of(
                        "lab4/old/student.c", started(BY_PORT), "lab4/final/student.c", inC)).corrected(Map.of(
                        "BUILD", "cd lab4/final && gcc -o student student.c",
                        "CMD", "cd lab4/final && ./student {port} 5")),
                made("Cem Frey", "a table that is compiled in", "gcc", Packing.FOLDER, Map.of("student.c", compiledIn))
                        .corrected(Map.of("TABLE", table.toString())),
                c("Dan Gross", "its port in the environment", Packing.TAR, started("(void)argc; (void)argv;\n"
                        + "    int port = getenv(\"MY_CHAT_PORT\") ? atoi(getenv(\"MY_CHAT_PORT\")) : 0;"))
                        .corrected(Map.of("CMD", "env MY_CHAT_PORT={port} ./a.out")),
                made("Eva Hahn", "a hostile archive", "", Packing.HOSTILE, Map.of("../../evil.txt", "evil\n"))
                        .ungradable(),
                made("Flo Iven", "no program", "", Packing.ZIP, Map.of("report.txt", "We ran out of time.\n"))
                        .ungradable());
    }

    private static Made made(String name, String what, String tool, Packing packing, Map<String, String> files) {
        return new Made(name, what, tool, packing, files, Set.of(), Map.of(), true);
    }

    private static Made c(String name, String what, Packing packing, String source) {
        return made(name, what, "gcc", packing, Map.of("student.c", source));
    }

    private static Made cpp(String name, String what, Packing packing, String source) {
        return made(name, what, "g++", packing, Map.of("chat_server.cpp", source));
    }

    private static Made python(String name, String what, Packing packing, String source) {
        return made(name, what, "python3", packing, Map.of("chat.py", source));
    }

    private Made dialect(String name, String dialect, Packing packing) {
        return python(name, "in Python, " + dialect, packing, edited(edited(classmate, "default=\"line\"",
                "default=\"" + dialect + "\""), "default=60", "default=5"));
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

    private String defect(String name) {
        return edited(inC, "*defect = \"\";", "*defect = \"" + name + "\";");
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
