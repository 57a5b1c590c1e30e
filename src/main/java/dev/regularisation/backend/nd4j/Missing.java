package dev.regularisation.backend.nd4j;

/** Says in one line what a failure to load ND4J means. It names no class of ND4J, so that it works when all are missing. */
final class Missing {

    /** The API is there, and nothing that implements it. */
    static final String IMPLEMENTATION = "no implementation of ND4J is on the class path; add nd4j-native";

    /** The driver's own library, on Linux and on Windows: no jar can bring it. */
    private static final String DRIVER = "(?s).*(libcuda\\.so|nvcuda\\.dll).*";

    private Missing() {
    }

    /** The reason in an error or in what caused it. */
    static String reason(Throwable error) {
        if (lacksDriver(error)) {
            return "there is no NVIDIA driver here, which the CUDA libraries load; install one where there is a GPU";
        }
        Throwable root = error;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnsatisfiedLinkError) {
                return "its native library for " + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                        + " is missing or cannot be loaded (" + withoutPath(cause.getMessage())
                        + "); add the jar with that classifier";
            }
            if (cause.getClass().getSimpleName().equals("NoAvailableBackendException")) {
                return IMPLEMENTATION;
            }
            root = cause;
        }
        if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
            return "a class of ND4J is missing (" + root.getMessage() + "); add nd4j-api and nd4j-native";
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** What loads a library may try again elsewhere, so that the first reason is the cause of the last. */
    private static boolean lacksDriver(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnsatisfiedLinkError && String.valueOf(cause.getMessage()).matches(DRIVER)) {
                return true;
            }
        }
        return false;
    }

    /** Java lists every folder it searched, or where it unpacked a jar, which helps nobody: the library comes in a jar. */
    private static String withoutPath(String message) {
        return String.valueOf(message).replaceFirst(" in java\\.library\\.path.*", "")
                .replaceFirst("^\\S*[/\\\\]([^/\\\\\\s]+: )", "$1");
    }
}
