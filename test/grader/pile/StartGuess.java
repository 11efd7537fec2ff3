package grader.pile;

import grader.trial.Settings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How a program is told who it is: by its arguments, or by what is typed when it asks. */
final class StartGuess {

    /** What is usual, the likeliest first; the first without arguments is asked what it wants. */
    private static final List<String> USUAL = List.of("{port}", "{name}", "", "{index}", "{number}", "{name} {users}",
            "{users} {name}", "{port} {users}", "{users} {port}", "-p {port}", "--port {port}", "--port={port}",
            "-u {name}", "{name} {port}", "{port} {name}", "{ip} {port}", "{name} {ip} {port}");

    private static final List<Pattern> MAINS = List.of(
            Pattern.compile("main\\s*\\(\\s*int\\s+\\w+\\s*,\\s*(?:const\\s+)?char\\s*(?:const\\s*)?\\*+\\s*(\\w+)"),
            Pattern.compile("main\\s*\\(\\s*(?:final\\s+)?String\\s*(?:\\[\\s*]|\\.\\.\\.)?\\s*(\\w+)"),
            Pattern.compile("\\b(?:sys\\s*\\.\\s*)?(argv)\\b"));
    /** Of scripts, and how libraries read them. */
    private static final Pattern OTHER_ARGUMENTS = Pattern.compile("argv\\s*\\[|argparse|optarg|\\$[1@*]|\\$\\{1");
    private static final Pattern OPTION = Pattern.compile("--[A-Za-z][\\w-]*");
    private static final int USAGE_LINES = 4;

    /**
     * A way to start a program.
     *
     * @param arguments of the program, with placeholders
     * @param login what is typed first, with placeholders and escapes
     */
    record Start(String arguments, String login) {
    }

    private StartGuess() {
    }

    /** What the source tells, and then what is usual. */
    static List<Start> of(Texts texts, boolean hasTimeout) {
        LinkedHashSet<String> all = new LinkedHashSet<>();
        texts.sources().forEach(source -> all.addAll(usages(source, hasTimeout)));
        texts.named(".*").stream().filter(name -> texts.sources().contains(texts.files().get(name)))
                .forEach(name -> all.addAll(indexed(texts.files().get(name), name.endsWith(".java") ? 0 : 1,
                        hasTimeout)));
        if (!texts.sources().isEmpty() && texts.sources().stream().noneMatch(StartGuess::takesArguments)) {
            all.add("");
        }
        all.addAll(USUAL);
        if (hasTimeout) {
            all.add("{port} " + Settings.TIMEOUT);
        }
        Optional<String> option = hasTimeout ? timeoutOption(texts) : Optional.empty();
        List<Start> starts = new ArrayList<>(all.stream()
                .flatMap(one -> Stream.concat(option.filter(some -> !one.contains(Settings.TIMEOUT))
                        .map(some -> (one + " " + some + " " + Settings.TIMEOUT).strip()).stream(), Stream.of(one)))
                .map(one -> new Start(one, "")).toList());
        List.of("{name}\\n", "{port}\\n").forEach(login -> starts.add(new Start("", login)));
        return starts;
    }

    /** Without it the program listens, too, but with a timeout that is not the one that is graded. */
    private static Optional<String> timeoutOption(Texts texts) {
        return texts.strings().stream().filter(text -> OPTION.matcher(text).matches())
                .filter(text -> Meaning.of(text).filter(Settings.TIMEOUT::equals).isPresent()).findFirst();
    }

    private static List<String> usages(String source, boolean hasTimeout) {
        List<String> all = new ArrayList<>();
        List<String> lines = source.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher usage = Pattern.compile("(?i)[\"'][^\"']*\\busage\\b").matcher(lines.get(i));
            if (usage.find()) {
                all.addAll(Usage.arguments(Texts.shown(statement(lines, i).substring(usage.start())), hasTimeout));
            }
        }
        return all;
    }

    private static String statement(List<String> lines, int first) {
        StringBuilder statement = new StringBuilder();
        for (int i = first; i < Math.min(lines.size(), first + USAGE_LINES); i++) {
            statement.append(lines.get(i)).append('\n');
            String code = lines.get(i).replaceAll("\"([^\"\\\\]++|\\\\.)*+\"", "");
            if (code.contains(";") || code.strip().endsWith(")")) {
                break;
            }
        }
        return statement.toString();
    }

    /** Whether there is more about its arguments than that it may have some. */
    private static boolean takesArguments(String source) {
        return OTHER_ARGUMENTS.matcher(source).find() || MAINS.stream().map(main -> main.matcher(source))
                .filter(Matcher::find).anyMatch(found -> Pattern.compile("\\b" + found.group(1) + "\\b")
                .matcher(source.substring(found.end())).find());
    }

    /** What the variables are called that get the arguments. @param first the number of the first argument */
    private static List<String> indexed(String source, int first, boolean hasTimeout) {
        Optional<String> array = MAINS.stream().map(main -> main.matcher(source)).filter(Matcher::find)
                .map(found -> found.group(1)).findFirst();
        if (array.isEmpty()) {
            return List.of();
        }
        Pattern use = Pattern.compile("\\b" + array.get() + "\\s*\\[\\s*(\\d)\\s*]");
        Map<Integer, String> meanings = new TreeMap<>();
        for (String line : source.lines().toList()) {
            for (MatchResult found : use.matcher(line).results().toList()) {
                meaning(line, found).ifPresent(one -> meanings.putIfAbsent(Integer.parseInt(found.group(1)), one));
            }
        }
        List<String> all = new ArrayList<>();
        String arguments = "";
        for (int i = first; meanings.containsKey(i); i++) {
            arguments = (arguments + " " + meanings.get(i)).strip();
            // What has a default need not be given, except for the timeout.
            all.add(hasTimeout || !arguments.contains(Settings.TIMEOUT) ? 0 : all.size(), arguments);
        }
        return all;
    }

    /** By the variable that it is assigned to, or else by the rest of the line. */
    private static Optional<String> meaning(String line, MatchResult use) {
        String before = line.substring(0, use.start());
        Matcher assigned = Pattern.compile("(\\w+)\\s*(?:\\[\\w*]\\s*)?=[^=;,]*$").matcher(before);
        if (assigned.find()) {
            return Meaning.of(assigned.group(1));
        }
        return Meaning.of((before + line.substring(use.end())).replaceAll("\"([^\"\\\\]++|\\\\.)*+\"|#include.*", ""));
    }
}
