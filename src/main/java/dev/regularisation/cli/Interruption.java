package dev.regularisation.cli;

import picocli.CommandLine.Model.CommandSpec;

/** While open, says on standard error what an interrupt (Ctrl-C, SIGTERM) leaves behind. */
final class Interruption implements AutoCloseable {

    private final Thread hook;

    Interruption(CommandSpec command) {
        String name = command.qualifiedName();
        hook = new Thread(() -> System.err.println(
                name + ": interrupted; runs under way were dropped, results of finished runs stay as they are"));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether this JVM is ending, so that its user has heard of it. */
    static boolean isUnderWay() {
        Thread probe = new Thread(() -> { });
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            return !Runtime.getRuntime().removeShutdownHook(probe);
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The shutdown has begun: the hook is speaking.
        }
    }
}
