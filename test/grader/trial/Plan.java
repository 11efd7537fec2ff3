package grader.trial;

import grader.verdict.Case;
import java.util.List;
import java.util.function.Consumer;

/**
 * A trial as it is planned.
 *
 * @param users so many of the table's come, at most
 * @param cases what is judged in it
 * @param body starts them, lets them talk, and judges
 */
public record Plan(int users, List<Case> cases, Consumer<Trial> body) {

    /** A trial for one case. */
    public static Plan of(int users, Case only, Consumer<Trial> body) {
        return new Plan(users, List.of(only), trial -> trial.judge(only, () -> body.accept(trial)));
    }
}
