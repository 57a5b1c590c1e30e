package dev.regularisation.backend.nd4j;

/** Says in one line what a failure to load ND4J means. It names no class of ND4J, so that it works when all are missing. */
final class Missing {

    /** The API is there, and nothing that implements it. */
    static final String IMPLEMENTATION = "no implementation of ND4J is on the class path; add nd4j-native";

    private Missing() {
    }

    /** The reason in an error or in what caused it. */
    static String reason(Throwable error) {
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

    /** Java lists every folder it searched, which helps nobody: the library comes in a jar. */
    private static String withoutPath(String message) {
        return String.valueOf(message).replaceFirst(" in java\\.library\\.path.*", "");
    }
}
