package bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The programs, running side by side and measured in turn, so that a machine that slows down slows down all. */
final class Duel implements AutoCloseable {

    static final int MOST_FRIENDS = 5;

    /** One measurement of one program. */
    interface Measurement<T> {

        T of(Running program) throws IOException;
    }

    private final Map<Program, Running> programs = new EnumMap<>(Program.class);

    private Duel() {
    }

    /** The chat and its twin. */
    static Duel start() throws IOException {
        return start(Program.available());
    }

    /** The same, for messages at the pace of people: the driver sleeps while it waits for a line. */
    static Duel startAtRest() throws IOException {
        Duel duel = start();
        duel.programs.values().forEach(program -> program.screen().sleep());
        return duel;
    }

    static Duel start(List<Program> which) throws IOException {
        Duel duel = new Duel();
        try {
            for (Program program : which) {
                duel.programs.put(program, Running.start(program));
            }
            return duel;
        } catch (IOException e) {
            duel.close();
            throw e;
        }
    }

    Map<Program, Running> programs() {
        return programs;
    }

    void connectFriends(int count) throws IOException {
        for (Running program : programs.values()) {
            program.connectFriends(count);
        }
    }

    /** A friend leaves, and it is noticed. */
    void disconnect(int friend) throws IOException {
        for (Running program : programs.values()) {
            program.disconnect(friend);
        }
    }

    /** Measures round by round; the results of the rounds that warm up are dropped. */
    <T> Map<Program, List<T>> measure(int warmUps, int rounds, Measurement<T> measurement) throws IOException {
        Map<Program, List<T>> results = new EnumMap<>(Program.class);
        for (int round = -warmUps; round < rounds; round++) {
            for (Map.Entry<Program, Running> entry : programs.entrySet()) {
                T result = measurement.of(entry.getValue());
                if (round >= 0) {
                    results.computeIfAbsent(entry.getKey(), key -> new ArrayList<>()).add(result);
                }
            }
        }
        return results;
    }

    /** The same with one connection, with two, up to five, in every round. */
    <T> Map<Integer, Map<Program, List<T>>> measureByConnections(int warmUps, int rounds, Measurement<T> measurement)
            throws IOException {
        Map<Integer, Map<Program, List<T>>> results = new TreeMap<>();
        for (int round = -warmUps; round < rounds; round++) {
            for (int count = 1; count <= MOST_FRIENDS; count++) {
                connectFriends(count);
                Map<Program, List<T>> measured = measure(0, 1, measurement);
                for (Running program : programs.values()) {
                    program.disconnectFriends();
                }
                if (round >= 0) {
                    Map<Program, List<T>> all = results.computeIfAbsent(count, key -> new EnumMap<>(Program.class));
                    measured.forEach((program, one) ->
                            all.computeIfAbsent(program, key -> new ArrayList<>()).addAll(one));
                }
            }
        }
        return results;
    }

    @Override
    public void close() throws IOException {
        for (Running program : programs.values()) {
            program.close();
        }
    }
}
