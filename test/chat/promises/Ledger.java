package chat.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Balances numbered messages: what was typed, what the sender's console reports, what the receiver's has shown. */
final class Ledger {

    /** What follows the number: nothing, or x's that make a message longer, and their end where it is cut short. */
    private static final String PADDING = "(?: x+)?(?:\\.\\.\\.)?";

    private static final Pattern NOT_SENT = Pattern.compile("\\* bob .*: not sent: (\\d+)" + PADDING);
    private static final Pattern ONE_IN_DOUBT = Pattern.compile("\\* in doubt: 1 message to bob: (\\d+)" + PADDING);
    private static final Pattern RANGE_IN_DOUBT =
            Pattern.compile("\\* in doubt: the last (\\d+) messages to bob, the first of them: (\\d+)" + PADDING);
    private static final Pattern SHOWN = Pattern.compile("alice: (\\d+)" + PADDING);

    private final int typed;
    private final BitSet notSent = new BitSet();
    private final BitSet inDoubt = new BitSet();
    private final List<Integer> shown = new ArrayList<>();

    /** @param typed the messages were 0 to this, exclusive */
    Ledger(int typed, List<String> senderLines, List<String> receiverLines) {
        this.typed = typed;
        for (String line : senderLines) {
            Matcher unsent = NOT_SENT.matcher(line);
            Matcher one = ONE_IN_DOUBT.matcher(line);
            Matcher range = RANGE_IN_DOUBT.matcher(line);
            if (unsent.matches()) {
                notSent.set(Integer.parseInt(unsent.group(1)));
            } else if (one.matches()) {
                inDoubt.set(Integer.parseInt(one.group(1)));
            } else if (range.matches()) {
                int first = Integer.parseInt(range.group(2));
                inDoubt.set(first, first + Integer.parseInt(range.group(1)));
            }
        }
        for (String line : receiverLines) {
            Matcher message = SHOWN.matcher(line);
            if (message.matches()) {
                shown.add(Integer.parseInt(message.group(1)));
            }
        }
    }

    /** Neither shown nor reported. */
    BitSet lost() {
        BitSet lost = new BitSet();
        lost.set(0, typed);
        shown.forEach(lost::clear);
        lost.andNot(notSent);
        lost.andNot(inDoubt);
        return lost;
    }

    long duplicated() {
        return shown.size() - shown.stream().distinct().count();
    }

    int inDoubt() {
        return inDoubt.cardinality();
    }

    int shown() {
        return shown.size();
    }

    /** Nothing lost, nothing twice, in order, and nothing shown that was reported as not sent. */
    void assertBalanced(String what) {
        assertEquals(new BitSet(), lost(), what + ": lost in silence");
        assertEquals(0, duplicated(), what + ": shown twice");
        assertEquals(shown.stream().sorted().toList(), shown, what + ": out of order");
        BitSet wronglyReported = (BitSet) notSent.clone();
        BitSet seen = new BitSet();
        shown.forEach(seen::set);
        wronglyReported.and(seen);
        assertEquals(new BitSet(), wronglyReported, what + ": shown although reported as not sent");
    }
}
