package grade;

/** A line of the table. */
public record User(String name, String address, int port) {

    String line() {
        return name + " " + address + " " + port;
    }
}
