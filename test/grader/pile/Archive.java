package grader.pile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.io.input.CloseShieldInputStream;

/** A file of type zip, tar or tar.gz, and what is in it. */
final class Archive {

    static final String KINDS = "zip, tar, tar.gz, tgz";

    private static final String NAME = "(?i)\\.(zip|tar|tar\\.gz|tgz)$";
    private static final String OTHER_NAME = "(?i).*\\.(rar|7z|tar\\.\\w+|tbz2?|txz|gz|bz2|xz|zst)$";
    private static final int ZIP = 0x504b;
    private static final int GZIP = 0x1f8b;
    /** Begins each entry in a zip file's table of contents. */
    private static final int CENTRAL_HEADER = 0x504b0102;
    private static final int BUFFER_BYTES = 1 << 16;
    /** Bytes; no system has longer ones. */
    private static final int LONGEST_TARGET = 4096;

    /** The kinds of things in an archive; nothing else is unpacked. */
    enum Kind { FILE, FOLDER, LINK, HARD_LINK, OTHER }

    /**
     * Something in an archive.
     *
     * @param size in bytes, as it is announced; it need not be true
     * @param mode its permissions; 0 if they are not known
     * @param target of a link
     */
    record Entry(String name, Kind kind, long size, int mode, String target) {
    }

    /** What is in a file of an archive. */
    interface Content {
        InputStream open() throws IOException;
    }

    /** Is told of each thing in an archive; the content must be read before it returns, or not at all. */
    interface Visitor {
        void visit(Entry entry, Content content) throws IOException;
    }

    private Archive() {
    }

    static boolean is(Path file) {
        return !file.getFileName().toString().equals(stem(file)) && Files.isRegularFile(file);
    }

    /** An archive of a kind that cannot be unpacked here. */
    static boolean isOther(Path file) {
        return !is(file) && file.getFileName().toString().matches(OTHER_NAME) && Files.isRegularFile(file);
    }

    /** Its name without what tells the type. */
    static String stem(Path file) {
        return file.getFileName().toString().replaceFirst(NAME, "");
    }

    /** Visits everything in it, in order. Its first bytes tell what it is, since names are often wrong. */
    static void read(Path archive, Budget most, Visitor visitor) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
            in.mark(2);
            int beginning = in.read() << 8 | in.read();
            in.reset();
            switch (beginning) {
                case ZIP -> readZip(archive, most, visitor);
                case GZIP -> readTar(GzipCompressorInputStream.builder().setInputStream(in)
                        .setDecompressConcatenated(true).get(), visitor);
                default -> readTar(in, visitor);
            }
        } catch (RuntimeException e) { // the library does not expect every kind of nonsense
            throw new IOException("it is broken: " + e, e);
        }
    }

    private static void readZip(Path archive, Budget most, Visitor visitor) throws IOException {
        if (centralHeaders(archive) > most.mostEntries()) {
            throw most.tooManyEntries(); // before the whole table is in memory
        }
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                Kind kind = zip.canReadEntryData(entry) ? kind(entry) : Kind.OTHER;
                visitor.visit(new Entry(name(entry), kind, Math.max(0, entry.getSize()), entry.getUnixMode(),
                        kind == Kind.LINK ? target(zip, entry) : ""), () -> zip.getInputStream(entry));
            }
        }
    }

    private static String target(ZipFile zip, ZipArchiveEntry link) throws IOException {
        try (InputStream in = zip.getInputStream(link)) {
            return new String(in.readNBytes(LONGEST_TARGET), StandardCharsets.UTF_8);
        }
    }

    private static Kind kind(ZipArchiveEntry entry) {
        int type = entry.getUnixMode() >> 12;
        return entry.isUnixSymlink() ? Kind.LINK : entry.isDirectory() || entry.getName().endsWith("\\") ? Kind.FOLDER
                : type == 0 || type == 8 ? Kind.FILE : Kind.OTHER;
    }

    /** Without the flag for UTF-8, a name may still be UTF-8; else it is in the character set of MS-DOS. */
    private static String name(ZipArchiveEntry entry) {
        if (entry.getNameSource() != ZipArchiveEntry.NameSource.NAME || entry.getRawName() == null) {
            return entry.getName();
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(entry.getRawName())).toString();
        } catch (CharacterCodingException e) {
            return new String(entry.getRawName(), Charset.forName("IBM437"));
        }
    }

    /** At least as many entries as a zip file has. */
    private static int centralHeaders(Path archive) throws IOException {
        int count = 0;
        int last = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(archive)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                for (int at = 0; at < length; at++) {
                    last = last << 8 | buffer[at] & 0xff;
                    count += last == CENTRAL_HEADER ? 1 : 0;
                }
            }
        }
        return count;
    }

    private static void readTar(InputStream in, Visitor visitor) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(in, StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.isCheckSumOK()) {
                    throw new IOException("it is no archive of type " + KINDS.replace(", tgz", ""));
                }
                visitor.visit(new Entry(entry.getName(), kind(entry), entry.getRealSize(), entry.getMode(),
                        entry.getLinkName()), () -> CloseShieldInputStream.wrap(tar));
            }
        }
    }

    private static Kind kind(TarArchiveEntry entry) {
        return entry.isSymbolicLink() ? Kind.LINK : entry.isLink() ? Kind.HARD_LINK
                : entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice() ? Kind.OTHER
                : entry.isDirectory() ? Kind.FOLDER : Kind.FILE;
    }
}
