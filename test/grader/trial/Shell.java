package grader.trial;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Commands that the teacher gave, as the shell sees them. */
public final class Shell {

    /** What makes more than one process, or more than one step, of a command. */
    private static final Pattern MORE =
            Pattern.compile("[;&|<>()`\n]|^\\s*(if|for|while|case|exec|[A-Za-z_][A-Za-z_0-9]*=)");

    private Shell() {
    }

    /** Whether it can take the place of the shell, so that the shell is not a process of the submission. */
    public static boolean isOneCommand(String command) {
        return !MORE.matcher(command).find();
    }

    /** What our own make tells its recipes would make another make do something else. */
    public static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("MAKE") || name.equals("MFLAGS")
                || name.startsWith(Settings.PREFIX) || name.toLowerCase(Locale.ROOT).startsWith("peerchat"));
    }
}
