package dev.regularisation.cli;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives {@code java -jar} the Vector API, which a manifest cannot ask for: starts a second JVM with the module, in the
 * same terminal, and hands on its exit code. The results have the same bits either way; they come three times sooner. The
 * second JVM may load native code too, so that ND4J's loading of its library is not remarked on.
 */
final class VectorModule {

    private static final String MODULE = "jdk.incubator.vector";
    /** Set in the second JVM to the process that waits for it. */
    private static final String PARENT = "regularisation.parent";
    /** Set it to false to stay in one JVM. */
    private static final String ENABLED = "regularisation.relaunch";

    /** The version of Java from which on sun.misc.Unsafe has an option. */
    private static final int UNSAFE_OPTION_SINCE = 23;

    private VectorModule() {
    }

    /** Runs {@code args} in a second JVM if this one lacks the module and could have had it; its exit code, or nothing. */
    static Optional<Integer> relaunch(String[] args) {
        Long parent = Long.getLong(PARENT);
        if (parent != null) {
            endWith(parent);
            return Optional.empty();
        }
        boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
        boolean possible = ModuleFinder.ofSystem().find(MODULE).isPresent();
        if (present || !possible || !Boolean.parseBoolean(System.getProperty(ENABLED, "true"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(waitFor(new ProcessBuilder(command(args)).inheritIO().start()));
        } catch (IOException e) {
            // This JVM can do the work too, only slower.
            return Optional.empty();
        }
    }

    private static List<String> command(String[] args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-modules=" + MODULE);
        // ND4J loads native code and reaches into its memory; Java 24 and later print eight lines about that, unless allowed.
        command.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= UNSAFE_OPTION_SINCE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(List.of(args));
        return command;
    }

    private static int waitFor(Process child) {
        Thread stop = new Thread(child::destroy);
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            int code = child.waitFor();
            Runtime.getRuntime().removeShutdownHook(stop);
            return code;
        } catch (InterruptedException e) {
            child.destroy();
            return Main.INTERRUPTED;
        }
    }

    /** A parent that is killed cannot stop this JVM, so this JVM stops when the parent is gone. */
    private static void endWith(long parent) {
        ProcessHandle.of(parent).ifPresent(handle ->
                handle.onExit().thenRun(() -> Runtime.getRuntime().halt(Main.INTERRUPTED)));
    }
}
