package dev.regularisation.backend.opencl;

import java.nio.file.Path;
import java.util.Locale;

/** A call of OpenCL failed: which one, and what its status means. */
final class OpenClException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * What LLVM says when a file that it was writing is gone. A compiler inside this process, such as PoCL's, handles the signal
     * of a bad address, removes its files and gives the signal back; but the JVM stops its threads by bad addresses, and two
     * of them at a time even end the process.
     */
    private static final String LOST_FILE = "unable to rename temporary";

    /** {@code call} answered {@code status}. */
    OpenClException(String call, int status) {
        this(call, status, "");
    }

    /** The same with what else the driver said; of several lines, the first that says something. */
    OpenClException(String call, int status, String more) {
        super("opencl: " + call + " failed: " + Status.describe(status) + remark(more) + remedy(status, more));
    }

    private static String remark(String more) {
        return more.lines().map(String::strip).filter(line -> line.toLowerCase(Locale.ROOT).contains("error")).findFirst()
                .or(() -> more.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst())
                .map(line -> ": " + line).orElse("");
    }

    private static String remedy(int status, String more) {
        if (status == Status.MEM_OBJECT_ALLOCATION_FAILURE.code() || status == Status.INVALID_BUFFER_SIZE.code()) {
            return "; ask for fewer samples or units, or in a study for less memory, with --device-memory";
        }
        if (more.contains(LOST_FILE)) {
            return "; the driver's compiler took a signal by which the JVM works for a crash and cleaned up: start Java with "
                    + "LD_PRELOAD=" + Path.of(System.getProperty("java.home"), "lib", "libjsig.so")
                    + ", by which they share signals, or use cpu, which has the same bits";
        }
        return "; use cpu, which has the same bits, or try again";
    }
}
