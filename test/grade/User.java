package grade;

/** A line of the table. */
record User(String name, String address, int port) {

    String line() {
        return name + " " + address + " " + port;
    }
}
