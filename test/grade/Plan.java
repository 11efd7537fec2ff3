package grade;

import java.util.List;
import java.util.function.Consumer;
import verdict.Case;

/**
 * A trial as it is planned.
 *
 * @param users the users in its table
 * @param cases what is judged in it
 * @param body starts them, lets them talk, and judges
 */
record Plan(int users, List<Case> cases, Consumer<Trial> body) {

    /** A trial for one case. */
    static Plan of(int users, Case only, Consumer<Trial> body) {
        return new Plan(users, List.of(only), trial -> trial.judge(only, () -> body.accept(trial)));
    }

    /** What others need comes first. What is in one list is independent of each other. */
    static final List<List<Plan>> FIRST = List.of(List.of(U.LISTENS), List.of(P1.PORT_AGAIN, U.READS_TABLE),
            List.of(R.IDLE_CPU, P3.REUSES));

    static final List<Plan> OTHERS = List.of(P4.IDLE, D1.ONE_PROCESS, P1.ALL_PAIRS, P1.SIXTH_CONNECTION, D3.NO_SLASH,
            D3.UNKNOWN_FRIEND, D4.HALF_TYPED, P2.SHOWN_ONCE, P2.TWO_QUICK, P2.BYTES_200, P2.BYTES_1000, P2.BYTES_4000,
            P3.SPACES, P3.SLASHES, P3.UTF_8, P3.NO_EARLY_CONNECTION, P3.REPLY, R.OFFLINE_FRIEND,
            R.RESTARTED_FRIEND, R.SILENT_STRANGER, R.GARBAGE, R.HALF_A_LINE, R.INTERRUPT);
}
