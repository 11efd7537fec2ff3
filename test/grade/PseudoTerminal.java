package grade;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A terminal whose keyboard and screen the grader is. Programs that write to a terminal write whole lines at once, where
 * on a pipe they would keep them back for long.
 */
final class PseudoTerminal implements AutoCloseable {

    private static final int LONGEST_NAME = 128;

    /** More than any libc's. The flags for input, output, control and local come first, of four bytes each. */
    private static final int TERMIOS_BYTES = 256;
    private static final int INPUT_FLAGS = 0;
    private static final int LOCAL_FLAGS = 3;
    private static final int IUTF8 = 0x4000;
    private static final int ECHO = 8;
    private static final int TCSANOW = 0;

    private final int master;
    private final String name;
    private boolean isClosed;

    private PseudoTerminal(int master, String name) {
        this.master = master;
        this.name = name;
    }

    /** @throws IOException if this system has none to give */
    static PseudoTerminal open() throws IOException {
        try {
            int master = Libc.CALL.posix_openpt(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
            Libc.CALL.grantpt(master);
            Libc.CALL.unlockpt(master);
            byte[] name = new byte[LONGEST_NAME];
            Libc.CALL.ptsname_r(master, name, new NativeLong(name.length));
            turnEchoOff(master);
            return new PseudoTerminal(master, Native.toString(name));
        } catch (LastErrorException e) {
            throw new IOException("no pseudo-terminal: " + e.getMessage(), e);
        }
    }

    /** So that what is on the screen was shown by the program. Its text is UTF-8: Backspace would take a whole character. */
    private static void turnEchoOff(int master) {
        byte[] termios = new byte[TERMIOS_BYTES];
        Libc.CALL.tcgetattr(master, termios);
        IntBuffer flags = ByteBuffer.wrap(termios).order(ByteOrder.nativeOrder()).asIntBuffer();
        flags.put(INPUT_FLAGS, flags.get(INPUT_FLAGS) | IUTF8);
        flags.put(LOCAL_FLAGS, flags.get(LOCAL_FLAGS) & ~ECHO);
        Libc.CALL.tcsetattr(master, TCSANOW, termios);
    }

    /** The file that the program has to open. */
    String name() {
        return name;
    }

    /** Types, as far as the program's side takes it: what nobody reads is held back by the kernel, and waits here. */
    void type(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            // The descriptor may be closed meanwhile, but never while it is written to: its number could be another file's.
            synchronized (this) {
                if (!isClosed) {
                    Libc.CALL.write(master, bytes, new NativeLong(bytes.length));
                }
            }
        } catch (LastErrorException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** What the program shows; it ends when no process has the terminal open any more. */
    InputStream screen() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int from, int size) {
                byte[] part = new byte[size];
                try {
                    int count = Libc.CALL.read(master, part, new NativeLong(size)).intValue();
                    System.arraycopy(part, 0, bytes, from, count);
                    return count == 0 ? -1 : count;
                } catch (LastErrorException e) {
                    return -1; // EIO: the other side is closed
                }
            }
        };
    }

    /** Lets {@link #screen} end, also where the program was killed before it could open the terminal even once. */
    void hangUp() {
        try {
            Libc.CALL.close(Libc.CALL.open(name, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC));
        } catch (LastErrorException e) {
            return; // the submission has taken it away from the grader
        }
    }

    /** Only after {@link #screen} has ended: nobody may be reading. */
    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            Libc.CALL.close(master);
        }
    }
}
