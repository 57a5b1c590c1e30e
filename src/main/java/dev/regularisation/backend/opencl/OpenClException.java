package dev.regularisation.backend.opencl;

import java.util.Locale;

/** A call of OpenCL failed: which one, and what its status means. */
final class OpenClException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** {@code call} answered {@code status}. */
    OpenClException(String call, int status) {
        this(call, status, "");
    }

    /** The same with what else the driver said; of several lines, the first that says something. */
    OpenClException(String call, int status, String more) {
        super("opencl: " + call + " failed: " + Status.describe(status) + remark(more) + remedy(status));
    }

    private static String remark(String more) {
        return more.lines().map(String::strip).filter(line -> line.toLowerCase(Locale.ROOT).contains("error")).findFirst()
                .or(() -> more.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst())
                .map(line -> ": " + line).orElse("");
    }

    private static String remedy(int status) {
        if (status == Status.MEM_OBJECT_ALLOCATION_FAILURE.code() || status == Status.INVALID_BUFFER_SIZE.code()) {
            return "; ask for fewer samples or units, or in a study for less memory, with --device-memory";
        }
        return "; use cpu, which has the same bits, or try again";
    }
}
