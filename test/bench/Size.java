package bench;

/**
 * How much is measured.
 *
 * @param warmUps        rounds before the first that counts
 * @param rounds         rounds of every row, the programs in turn
 * @param pings          messages of a round of latencies
 * @param humanMessages  messages at human pace
 * @param silences       how often the first message after {@code silenceSeconds} is measured
 * @param burst          short messages of a round of throughput
 * @param large          messages of 64 KiB of a round
 * @param memoryMessages messages before the peak of memory is read
 * @param quietSeconds   silence before idle CPU is measured
 * @param idleSeconds    for how long it is measured
 * @param starts         how often each program is started
 * @param keys           pressed on a terminal
 */
record Size(int warmUps, int rounds, int pings, int humanMessages, int silences, int silenceSeconds, int burst,
        int large, int memoryMessages, int quietSeconds, int idleSeconds, int starts, int keys) {

    /** The whole benchmark. */
    static final Size WHOLE = new Size(2, 7, 4_000, 250, 8, 12, 1_000_000, 1_500, 1_000_000, 15, 20, 20, 1_000);

    /** As little as shows that the benchmark itself works. */
    static final Size SMALL = new Size(0, 1, 50, 10, 1, 1, 1_000, 10, 1_000, 1, 1, 1, 50);
}
