package support;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A terminal whose keyboard and screen are in the hands of this program. It is as the kernel makes it: it edits lines
 * itself, and echoes what is typed.
 */
public final class PseudoTerminal implements AutoCloseable {

    private static final int LONGEST_NAME = 128;

    /** More than any libc's. The flags for input, output, control and local come first, of four bytes each. */
    private static final int TERMIOS_BYTES = 256;
    private static final int INPUT_FLAGS = 0;
    private static final int LOCAL_FLAGS = 3;
    /** Its text is UTF-8: where it edits lines itself, Backspace takes a whole character. */
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
    public static PseudoTerminal open() throws IOException {
        try {
            int master = Libc.CALL.posix_openpt(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
            Libc.CALL.grantpt(master);
            Libc.CALL.unlockpt(master);
            byte[] name = new byte[LONGEST_NAME];
            Libc.CALL.ptsname_r(master, name, new NativeLong(name.length));
            PseudoTerminal terminal = new PseudoTerminal(master, Native.toString(name));
            terminal.setFlags(INPUT_FLAGS, IUTF8, 0);
            return terminal;
        } catch (LastErrorException e) {
            throw new IOException("no pseudo-terminal: " + e.getMessage(), e);
        }
    }

    /** From now on, only what the program shows is on the screen. */
    public void turnEchoOff() {
        setFlags(LOCAL_FLAGS, 0, ECHO);
    }

    private void setFlags(int which, int on, int off) {
        byte[] termios = new byte[TERMIOS_BYTES];
        Libc.CALL.tcgetattr(master, termios);
        IntBuffer flags = ByteBuffer.wrap(termios).order(ByteOrder.nativeOrder()).asIntBuffer();
        flags.put(which, flags.get(which) & ~off | on);
        Libc.CALL.tcsetattr(master, TCSANOW, termios);
    }

    /** Tells the program how large the screen is; one that runs already gets a SIGWINCH. */
    public void setSize(int columns, int rows) {
        ByteBuffer size = ByteBuffer.allocate(4 * Short.BYTES).order(ByteOrder.nativeOrder());
        size.putShort((short) rows).putShort((short) columns);
        Libc.CALL.ioctl(master, new NativeLong(Libc.TIOCSWINSZ), size.array());
    }

    /**
     * A command line that runs commands on this terminal. The shell opens it, and as the leader of a new session
     * thereby has it for its own.
     *
     * @param commands for the shell
     */
    public List<String> running(String commands) {
        return Session.of("sh", "-c", "exec <>" + name + " >&0 2>&1; " + commands);
    }

    /** A command line that runs one command on this terminal. */
    public List<String> running(List<String> command) {
        return running("exec " + Session.quoted(command));
    }

    /** The file that the program has to open. */
    public String name() {
        return name;
    }

    /** Types, as far as the program's side takes it: what nobody reads is held back by the kernel, and waits here. */
    public void type(byte... bytes) throws IOException {
        try {
            // The descriptor may be closed meanwhile, but never while it is written to: its number could be another
            // file's.
            synchronized (this) {
                for (int at = 0; !isClosed && at < bytes.length; ) {
                    byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
                    at += Libc.CALL.write(master, rest, new NativeLong(rest.length)).intValue();
                }
            }
        } catch (LastErrorException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The same as a stream. */
    public OutputStream keyboard() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                type((byte) one);
            }

            @Override
            public void write(byte[] bytes, int from, int size) throws IOException {
                type(Arrays.copyOfRange(bytes, from, from + size));
            }
        };
    }

    /** What the program shows; it ends when no process has the terminal open any more. */
    public InputStream screen() {
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

            @Override
            public int available() {
                int[] count = new int[1];
                Libc.CALL.ioctl(master, new NativeLong(Libc.FIONREAD), count);
                return count[0];
            }
        };
    }

    /** Lets {@link #screen} end, also where the program was killed before it could open the terminal even once. */
    public void hangUp() {
        try {
            Libc.CALL.close(Libc.CALL.open(name, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC));
        } catch (LastErrorException e) {
            return; // the program has taken it away
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
