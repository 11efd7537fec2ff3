package grader.tests;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Archives as others make them, also those that no honest program makes. */
final class MadeArchive {

    private static final int EXECUTABLE = 0100755;
    private static final int LINK = 0120777;

    private MadeArchive() {
    }

    /** Something that is put into a zip file. */
    interface InZip {
        void putTo(ZipArchiveOutputStream zip) throws IOException;
    }

    /** Something that is put into a tar file. */
    interface InTar {
        void putTo(TarArchiveOutputStream tar) throws IOException;
    }

    static void zip(Path file, InZip... all) {
        zip(file, "UTF-8", true, all);
    }

    /** @param encoding of names, with or without the flag that says it is UTF-8 */
    static void zip(Path file, String encoding, boolean hasFlag, InZip... all) {
        try {
            Files.createDirectories(file.getParent());
            try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(file)))) {
                zip.setEncoding(encoding);
                zip.setUseLanguageEncodingFlag(hasFlag);
                for (InZip one : all) {
                    one.putTo(zip);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void tar(Path file, InTar... all) {
        try {
            Files.createDirectories(file.getParent());
            boolean isPlain = file.toString().endsWith(".tar");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                    OutputStream through = isPlain ? out : new GzipCompressorOutputStream(out);
                    TarArchiveOutputStream tar = new TarArchiveOutputStream(through, "UTF-8")) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                for (InTar one : all) {
                    one.putTo(tar);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InZip zipped(String name, String text) {
        return zipped(name, text.getBytes(StandardCharsets.UTF_8), 0);
    }

    /** A file without content, which costs nothing to put in. */
    static InZip zippedEmpty(String name) {
        return zip -> {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(0);
            entry.setCompressedSize(0);
            entry.setCrc(0);
            zip.addRawArchiveEntry(entry, InputStream.nullInputStream());
        };
    }

    static InZip zippedFile(String name, Path file) {
        return zip -> zipped(name, Files.readAllBytes(file), 0).putTo(zip);
    }

    static InZip zippedProgram(String name, String text) {
        return zipped(name, text.getBytes(StandardCharsets.UTF_8), EXECUTABLE);
    }

    static InZip zippedLink(String name, String target) {
        return zipped(name, target.getBytes(StandardCharsets.UTF_8), LINK);
    }

    /**
     * A file of zeros, which takes a thousandth of its size.
     *
     * @param announced the size that is told, in bytes
     * @param megabytes its true size
     */
    static InZip zippedZeros(String name, long announced, int megabytes) {
        return zip -> {
            ByteArrayOutputStream zeros = new ByteArrayOutputStream();
            Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
            deflater.setInput(new byte[1 << 20]);
            byte[] buffer = new byte[1 << 14];
            int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            for (int count = 0; count < megabytes; count++) {
                zeros.write(buffer, 0, length);
            }
            deflater.finish();
            zeros.write(buffer, 0, deflater.deflate(buffer));
            deflater.end();
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setMethod(ZipEntry.DEFLATED);
            entry.setSize(announced);
            entry.setCompressedSize(zeros.size());
            entry.setCrc(0);
            zip.addRawArchiveEntry(entry, new ByteArrayInputStream(zeros.toByteArray()));
        };
    }

    private static InZip zipped(String name, byte[] content, int mode) {
        return zip -> {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            if (mode != 0) {
                entry.setUnixMode(mode);
            }
            zip.putArchiveEntry(entry);
            zip.write(content);
            zip.closeArchiveEntry();
        };
    }

    static InTar tarred(String name, String text) {
        return tar -> {
            byte[] content = text.getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        };
    }

    static InTar tarredFile(String name, Path file) {
        return tar -> {
            tar.putArchiveEntry(new TarArchiveEntry(file, name));
            Files.copy(file, tar);
            tar.closeArchiveEntry();
        };
    }

    static InTar tarredLink(String name, String target) {
        return tarred(name, TarConstants.LF_SYMLINK, target);
    }

    static InTar tarredHardLink(String name, String target) {
        return tarred(name, TarConstants.LF_LINK, target);
    }

    static InTar tarredFolder(String name) {
        return tarred(name, TarConstants.LF_DIR, "");
    }

    static InTar tarredPipe(String name) {
        return tarred(name, TarConstants.LF_FIFO, "");
    }

    private static InTar tarred(String name, byte type, String target) {
        return tar -> {
            TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
            entry.setLinkName(target);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        };
    }
}
