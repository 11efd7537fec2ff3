package bench;

/**
 * How much is measured.
 *
 * @param warmUps        rounds before the first that counts
 * @param rounds         rounds of every row, the programs in turn
 * @param pings          messages of a round of latencies
 * @param humanMessages  messages at human pace
 * @param warmUpMessages messages before them
 * @param silences       how often the first message after a silence is measured
 * @param silenceScale   how long the silences are, as a part of the whole ones
 * @param burst          short messages of a round of throughput
 * @param large          messages of 64 KiB of a round
 * @param memoryMessages messages before the peak of memory is read
 * @param quietSeconds   silence before idle CPU is measured
 * @param idleSeconds    for how long it is measured
 * @param starts         how often each program is started
 * @param keys           pressed on a terminal
 * @param coldStarts     starts before first messages
 * @param coldMessages   messages after such a start
 * @param coldBursts     starts before a burst
 * @param coldBurst      short messages in it
 */
record Size(int warmUps, int rounds, int pings, int humanMessages, int warmUpMessages, int silences,
        double silenceScale, int burst, int large, int memoryMessages, int quietSeconds, int idleSeconds, int starts,
        int keys, int coldStarts, int coldMessages, int coldBursts, int coldBurst) {

    /** The whole benchmark. */
    static final Size WHOLE = new Size(2, 7, 4_000, 150, 500, 20, 1, 1_000_000, 1_500, 1_000_000, 15, 20, 20, 700,
            3, 150, 7, 300_000);

    /** As little as shows that the benchmark itself works. */
    static final Size SMALL = new Size(0, 1, 50, 10, 5, 1, 0.05, 1_000, 10, 1_000, 1, 1, 1, 50,
            1, 5, 1, 1_000);
}
