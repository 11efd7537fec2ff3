package support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A user_info table in a temporary file, with free ports. */
public final class Table {

    private final Path file;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, String> hosts = new LinkedHashMap<>();

    private Table() {
        try {
            file = Files.createTempFile("users", ".txt");
            file.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them on 127.0.0.1. */
    public static Table of(String... names) {
        Table table = new Table();
        for (String name : names) {
            table.put(name, "127.0.0.1", Ports.free());
        }
        return table.write();
    }

    /** Each on an address of its own: 127.0.0.1, 127.0.0.2 and so on. */
    public static Table apart(String... names) {
        Table table = new Table();
        for (int i = 0; i < names.length; i++) {
            table.put(names[i], Ports.loopback(i + 1).getHostAddress(), Ports.free());
        }
        return table.write();
    }

    public Path file() {
        return file;
    }

    public List<String> names() {
        return List.copyOf(hosts.keySet());
    }

    public int port(String name) {
        return ports.get(name);
    }

    public String host(String name) {
        return hosts.get(name);
    }

    /** The friend's place as the console shows it. */
    public String place(String name) {
        return host(name) + ":" + port(name);
    }

    private void put(String name, String host, int port) {
        ports.put(name, port);
        hosts.put(name, host);
    }

    private Table write() {
        try {
            Files.writeString(file, ports.keySet().stream()
                    .map(name -> name + " " + hosts.get(name) + " " + ports.get(name) + "\n")
                    .collect(Collectors.joining()));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
