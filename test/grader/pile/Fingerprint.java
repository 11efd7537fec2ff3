package grader.pile;

import grader.trial.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipFile;

/** A number for everything on which the grading of a submission depends: if it is the same, so is the report. */
public final class Fingerprint {

    /** Variables that change no verdict. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("DIR", "SETTINGS", "JOBS", "STRICT", "AGAIN", "SHOW");
    /** Variables that name a file whose content counts. */
    private static final int BUFFER_BYTES = 1 << 16;

    private final MessageDigest digest;

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /**
     * Of the grader itself, and of where it grades.
     *
     * @param program a class of it
     * @param conditions such as whether users have machines of their own
     */
    public static String ofGrader(Class<?> program, String conditions) throws IOException {
        Fingerprint print = new Fingerprint();
        print.add(conditions);
        try {
            Path place = Path.of(program.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                print.addFolder(place);
            } else {
                try (ZipFile jar = new ZipFile(place.toFile())) { // without the times at which it was built
                    Map<String, Long> classes = new TreeMap<>();
                    jar.stream().forEach(entry -> classes.put(entry.getName(), entry.getCrc()));
                    print.add(classes.toString());
                }
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        return print.inWords();
    }

    /**
     * Of a submission.
     *
     * @param settings variables by their names in the environment
     * @param grader that of the grader
     * @throws IOException if a file of it cannot be read
     */
    public static String of(Handed one, Map<String, String> settings, String grader) throws IOException {
        Fingerprint print = new Fingerprint();
        print.add(grader);
        for (Map.Entry<String, String> variable : new TreeMap<>(settings).entrySet()) {
            String name = variable.getKey().substring(Settings.PREFIX.length());
            if (!WITHOUT_EFFECT.contains(name) && !variable.getValue().isEmpty()) {
                print.add(name);
                print.add(variable.getValue());
                Path file = Path.of(Settings.FILES.contains(name) ? variable.getValue().strip() : "");
                if (Files.isRegularFile(file)) {
                    print.addFile(file);
                }
            }
        }
        print.addFolder(one.whole().toRealPath());
        for (Path file : Texts.beside(one.folder().toRealPath())) {
            print.add(file.getFileName().toString());
            print.addFile(file);
        }
        return print.inWords();
    }

    /** Whatever its files are called, two folders do not give the same bytes. */
    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    /** If it cannot be read, that is told when the submission is copied. */
    private void addFile(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            add("secret");
            return;
        }
        add(Files.size(file) + (Files.isExecutable(file) ? " program" : " file"));
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream content = Files.newInputStream(file)) {
            for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                digest.update(buffer, 0, length);
            }
        }
    }

    /** Without the history that git keeps there, which is not graded. */
    private void addFolder(Path folder) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path sub, BasicFileAttributes attributes) {
                if (sub.endsWith(".git")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                files.put(folder.relativize(sub).toString(), sub);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.put(folder.relativize(file).toString(), file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                files.put(folder.relativize(file).toString(), file);
                return FileVisitResult.CONTINUE;
            }
        });
        for (Map.Entry<String, Path> one : files.entrySet()) {
            add(one.getKey());
            if (Files.isSymbolicLink(one.getValue())) {
                add("link to " + Files.readSymbolicLink(one.getValue()));
            } else if (Files.isRegularFile(one.getValue())) {
                addFile(one.getValue());
            } else {
                add(Files.isDirectory(one.getValue()) ? "folder" : "something else");
            }
        }
    }

    private String inWords() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
