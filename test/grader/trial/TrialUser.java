package grader.trial;

/** A line of the table. */
public record TrialUser(String name, String address, int port) {
}
