package support;

import java.nio.file.Path;

/** The JDK that runs the tests, with which they start programs. */
public final class Jdk {

    private Jdk() {
    }

    /** The path of its {@code java}. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
