package support;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/**
 * What Java lacks: pseudo-terminals, sessions, signals to a group of processes, and keeping hold of orphans. Linux
 * only.
 */
public interface Libc extends Library {

    Libc CALL = Native.load("c", Libc.class);

    int SIGINT = 2;
    int SIGKILL = 9;
    int SIGCONT = 18;
    int SIGSTOP = 19;

    /** A thread that joins one has its sockets in it from then on. */
    int CLONE_NEWNET = 0x40000000;

    int O_RDWR = 2;
    int O_NOCTTY = 0400;
    int O_CLOEXEC = 02000000;

    /** Sets the size of a terminal; these two numbers are so on most processors. */
    int TIOCSWINSZ = 0x5414;
    /** Asks for it: four numbers of two bytes, of which the first two are rows and columns. */
    int TIOCGWINSZ = 0x5413;
    /** How many bytes can be read. */
    int FIONREAD = 0x541B;

    int RLIMIT_NOFILE = 7;

    int PR_SET_CHILD_SUBREAPER = 36;
    int WNOHANG = 1;
    int SIG_SETMASK = 2;

    int isatty(int descriptor);

    int posix_openpt(int flags) throws LastErrorException;

    int grantpt(int master) throws LastErrorException;

    int unlockpt(int master) throws LastErrorException;

    int ptsname_r(int master, byte[] name, NativeLong size) throws LastErrorException;

    int tcgetattr(int terminal, byte[] termios) throws LastErrorException;

    int tcsetattr(int terminal, int when, byte[] termios) throws LastErrorException;

    int ioctl(int descriptor, NativeLong request, Object... argument) throws LastErrorException;

    int open(String path, int flags) throws LastErrorException;

    NativeLong read(int descriptor, byte[] bytes, NativeLong size) throws LastErrorException;

    NativeLong write(int descriptor, byte[] bytes, NativeLong size) throws LastErrorException;

    int close(int descriptor) throws LastErrorException;

    Pointer signal(int signal, Pointer handler) throws LastErrorException;

    int setns(int descriptor, int type) throws LastErrorException;

    int setsid() throws LastErrorException;

    int execvp(String program, String[] command) throws LastErrorException;

    int sigemptyset(byte[] set);

    int pthread_sigmask(int how, byte[] set, Pointer old);

    int kill(int pid, int signal) throws LastErrorException;

    int waitpid(int pid, byte[] status, int options) throws LastErrorException;

    int prlimit(int pid, int resource, long[] newLimit, long[] oldLimit) throws LastErrorException;

    int prctl(int option, NativeLong value, NativeLong unused3, NativeLong unused4, NativeLong unused5)
            throws LastErrorException;
}
