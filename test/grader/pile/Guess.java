package grader.pile;

import grader.trial.Lab;
import grader.trial.Settings;
import java.util.Map;

/** How a submission is built and started, if that was not said. */
public final class Guess {

    private Guess() {
    }

    /**
     * @param given variables by their names in the environment
     * @return the same, with what was found out
     * @throws Unclear if something is missing that cannot be found out
     */
    public static Map<String, String> complete(Handed one, Map<String, String> given, Lab lab) throws Unclear {
        if (given.getOrDefault(Settings.PREFIX + "CMD", "").isBlank()) {
            throw new Unclear("CMD is missing: the command that starts a submission, such as CMD='./a.out {port}'");
        }
        return given;
    }
}
