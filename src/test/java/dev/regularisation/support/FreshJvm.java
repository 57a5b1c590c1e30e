package dev.regularisation.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Runs a main class of these tests in another JVM, for what a library decides once in a process. */
public final class FreshJvm {

    private FreshJvm() {
    }

    /** What it prints on both streams, with those jars of this class path whose file names {@code jars} accepts. */
    public static String output(Class<?> main, Predicate<String> jars, String... flags) {
        Result result = run(List.of(flags), Map.of(), jars, main);
        assertThat(result.code()).as(result.output()).isZero();
        return result.output();
    }

    /**
     * How a program ended.
     *
     * @param code   its exit code
     * @param output what it printed on both streams
     */
    public record Result(int code, String output) {
    }

    /** Runs it to its end, with these variables added to the environment. */
    public static Result run(List<String> flags, Map<String, String> variables, Predicate<String> jars, Class<?> main,
            String... arguments) {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(".jar") || jars.test(Path.of(entry).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As the product starts its own second JVM: without these, Java 24 and later print warnings among the results.
        command.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(Jvm.BRIEF);
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(variables);
            Process java = builder.start();
            String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(java.waitFor(), output);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("no result from a fresh JVM", e);
        }
    }
}
