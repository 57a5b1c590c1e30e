package dev.regularisation.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the program in a second JVM, in the same terminal, and hands on its exit code: for options that can only be given at
 * the start. {@code java -jar} needs it for ND4J alone, on Java 24 and later; {@code mvn exec:java} always, since Maven's own JVM
 * is made for short work: {@code .mvn/jvm.config} leaves out the compiler that training is fast by, without which Maven compiles
 * this project in about half of the processor time.
 */
final class SecondJvm {

    /** Set in the second JVM to the process that waits for it. */
    private static final String PARENT = "regularisation.parent";
    /** Set it to false to stay in one JVM. */
    private static final String ENABLED = "regularisation.relaunch";

    /** Set in Maven's JVM. */
    private static final String MAVEN = "maven.home";
    /** What that has and this program's is not to have. */
    private static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";

    /** How an option names the backend that wants more than a manifest can give. */
    private static final String ND4J = "nd4j";
    private static final String NATIVE_ACCESS = "--enable-native-access=";
    private static final String UNSAFE_ACCESS = "--sun-misc-unsafe-memory-access=";
    /** The first Java that warns of sun.misc.Unsafe, which ND4J reaches into memory with; no manifest can allow it. */
    private static final int UNSAFE_WARNS_SINCE = 24;

    private SecondJvm() {
    }

    /** Runs {@code args} in a second JVM if this one lacks what only an option can give; its exit code, or nothing. */
    static Optional<Integer> run(String[] args) {
        Long parent = Long.getLong(PARENT);
        if (parent != null) {
            endWith(parent);
        }
        boolean vectors = VectorModule.load();
        Optional<String> classPath = classPath(Main.class.getClassLoader());
        if (parent != null || classPath.isEmpty() || !Boolean.parseBoolean(System.getProperty(ENABLED, "true"))) {
            return Optional.empty();
        }
        boolean wanted = !vectors && VectorModule.isInstalled() || isInsideMaven()
                || usesNd4j(args) && Runtime.version().feature() >= UNSAFE_WARNS_SINCE && !isGiven(UNSAFE_ACCESS);
        if (!wanted) {
            return Optional.empty();
        }
        try {
            return Optional.of(waitFor(new ProcessBuilder(command(classPath.get(), args)).inheritIO().start()));
        } catch (IOException e) {
            // This JVM can do the work too, only slower or with warnings.
            return Optional.empty();
        }
    }

    /** Of this program. Inside another, such as Spark, it cannot be told from what that one needs. */
    private static Optional<String> classPath(ClassLoader loader) {
        if (loader == ClassLoader.getSystemClassLoader()) {
            return Optional.of(System.getProperty("java.class.path"));
        }
        return isInsideMaven() && loader instanceof URLClassLoader own ? Optional.of(Stream.of(own.getURLs())
                .map(SecondJvm::path).collect(Collectors.joining(File.pathSeparator))) : Optional.empty();
    }

    private static String path(URL url) {
        return Path.of(URI.create(url.toString())).toString();
    }

    /** Whether this is the JVM that {@code .mvn/jvm.config} describes. */
    private static boolean isInsideMaven() {
        return System.getProperty(MAVEN) != null && isGiven(FIRST_COMPILER_ALONE);
    }

    /** Whether a command loads ND4J, judged before it is parsed: to be wrong costs a second JVM or shows a warning. */
    static boolean usesNd4j(String... args) {
        return Stream.of(args).anyMatch(arg -> arg.equals(BackendsCommand.NAME) || arg.endsWith(ND4J));
    }

    private static boolean isGiven(String option) {
        return options().stream().anyMatch(given -> given.startsWith(option));
    }

    /** What this JVM was started with, but for agents: a debugger's port, say, can be listened at once. */
    private static List<String> options() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.matches("-(agent|javaagent|Xrun|Xdebug).*")).toList();
    }

    /** What Maven was given for this program or for Spark, as options of a JVM: it sets properties without having been started so. */
    static List<String> settings(Properties properties) {
        return properties.stringPropertyNames().stream().filter(name -> name.matches("(regularisation|spark)\\..*")).sorted()
                .map(name -> "-D" + name + "=" + properties.getProperty(name)).toList();
    }

    private static List<String> command(String classPath, String[] args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options());
        if (isInsideMaven()) {
            command.remove(FIRST_COMPILER_ALONE);
            command.addAll(settings(System.getProperties()));
        }
        command.add(VectorModule.option());
        // ND4J loads native code too; Java 24 and later warn of that, unless allowed.
        command.add(NATIVE_ACCESS + "ALL-UNNAMED");
        if (Runtime.version().feature() >= UNSAFE_WARNS_SINCE && !isGiven(UNSAFE_ACCESS)) {
            command.add(UNSAFE_ACCESS + "allow");
        }
        command.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
        command.add("-cp");
        command.add(classPath);
        command.add(Main.class.getName());
        command.addAll(List.of(args));
        return command;
    }

    /** An interrupt ends this JVM after the second one, which has something to say of it. */
    private static int waitFor(Process child) {
        Thread stop = new Thread(() -> {
            child.destroy();
            join(child);
        });
        Runtime.getRuntime().addShutdownHook(stop);
        int code = join(child);
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            // The shutdown has begun, and ends with the code of what began it.
        }
        return code;
    }

    private static int join(Process child) {
        try {
            return child.waitFor();
        } catch (InterruptedException e) {
            child.destroy();
            return Main.INTERRUPTED;
        }
    }

    /** A parent that is killed cannot stop this JVM, so this JVM stops when the parent is gone. */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody is left to wait for it.
    private static void endWith(long parent) {
        ProcessHandle.of(parent).ifPresent(handle ->
                handle.onExit().thenRun(() -> Runtime.getRuntime().halt(Main.INTERRUPTED)));
    }
}
